"""``communique serve``: the web reader (communique.web.app.application)."""

from pathlib import Path

import click

from communique.cli.options import grammar_option, model_option, ontology_option


@click.command()
@click.argument("archive", type=click.Path(dir_okay=False))
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="The port.")
@click.option("--name", "names", multiple=True, metavar="HOST", help="A further name by which browsers may ask.")
@click.option("--auth", is_flag=True, help="Have readers sign in; the first, by a code printed here, is the admin.")
@click.option("--no-sign-up", is_flag=True, help="With --auth: only an admin adds users after the first.")
@click.option("--language", "languages", multiple=True, type=click.Path(exists=True, dir_okay=False),
              help="A file with the words of the interface in a further language.")  # fmt: skip
@ontology_option
@grammar_option
@model_option
def serve(
    archive: str, host: str, port: int, names: tuple[str, ...], auth: bool, no_sign_up: bool,
    languages: tuple[str, ...], ontology: str | None, grammar_only: bool, model: str | None,
) -> None:  # fmt: skip
    """Open an archive in the browser, and to programs by an API; see docs/how-to/serve.md.

    Without --auth it listens on this machine alone, and whoever sits at it may do everything.

    \b
    communique serve news.db
    communique serve news.db --auth --host 0.0.0.0 --name news.example.org
    """
    from communique.cli.pages import tell
    from communique.errors import UsageError

    loopback = host in {"127.0.0.1", "::1", "localhost"}
    if not loopback and not auth:
        raise UsageError(f"others can reach {host}", remedy="add --auth, so that they have to sign in")
    try:
        import uvicorn

        from communique.web.app import application
        from communique.web.settings import LOOPBACK, Settings
    except ModuleNotFoundError as error:
        raise UsageError(f"the web reader needs {error.name}", remedy="pip install 'communique[web]'") from error
    app = application(
        Settings.of(
            archive,
            hosts=(*LOOPBACK, *names, *(() if host in {"0.0.0.0", "::"} else (host,))),
            auth=auth,
            sign_up=not no_sign_up,
            warm=True,
            languages=tuple(Path(file) for file in languages),
            model=model,
            trained=not grammar_only,
            ontology=Path(ontology) if ontology is not None else None,
        )
    )
    if host in {"0.0.0.0", "::"} and not names:
        tell("warning: browsers may ask for it by the name localhost alone; --name adds others")
    if auth and not app.state.communique.accounts.users():
        code = app.state.communique.first_code
        tell(f"nobody has signed up yet: the first who does is the admin, and needs the set-up code {code}")
    tell(f"{archive} is open on http://{'localhost' if loopback else host}:{port}; Ctrl+C ends it")
    uvicorn.run(
        app, host=host, port=port, log_level="warning", server_header=False, h11_max_incomplete_event_size=65_536
    )
