"""``communique schema``: the JSON Schema of the records (communique.records.json_schema)."""

import json

import click


@click.command()
def schema() -> None:
    """Print the JSON Schema of one line of ``--format jsonl``.

    \b
    communique schema > record.schema.json
    """
    from communique.records import json_schema

    click.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))
