"""``communique where``: what the gazetteer knows by a name (communique.places.lookup)."""

import click


@click.command()
@click.argument("name")
@click.option("--near", metavar="PLACE", help="A place or country, or a country's code: what lies there comes first.")
@click.option("--format", "form", type=click.Choice(["table", "jsonl"]), default="table", show_default=True)
def where(name: str, near: str | None, form: str) -> None:
    """Print the places that NAME may mean, first the one that a text would mean by it.

    \b
    communique where Tripoli
    communique where Springfield --near Illinois
    communique where Kiev --format jsonl
    """
    from communique.places import load
    from communique.places.lookup import readings

    found = readings(name, near=near, gazetteer=load())
    if form == "jsonl":
        import msgspec

        for reading in found:
            click.echo(msgspec.json.encode(reading).decode())
        return
    from rich.table import Table

    from communique.cli.output import console

    table = Table(pad_edge=False, box=None)
    for column in ("name", "kind", "precision", "country", "division", "lat", "lon", "population", "GeoNames"):
        right = column in {"lat", "lon", "population"}
        table.add_column(column, justify="right" if right else "left", overflow="fold")
    table.add_column("other names", overflow="fold", max_width=24)
    for reading in found:
        facts = (reading.name, reading.kind, reading.precision, reading.country, reading.division)
        numbers = (reading.lat, reading.lon, reading.population, reading.gazetteer_id)
        cells = ("" if value is None else str(value) for value in (*facts, *numbers))
        table.add_row(*cells, ", ".join(reading.other_names))
    console().print(table)
