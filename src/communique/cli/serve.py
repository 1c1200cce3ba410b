"""``communique serve``: the web reader (communique.web.app.application)."""

import click


@click.command()
@click.argument("archive", type=click.Path(dir_okay=False))
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="The port.")
def serve(archive: str, host: str, port: int) -> None:
    """Open an archive in the browser, and to programs by an API.

    \b
    communique serve news.db
    """
    import uvicorn

    from communique.cli.pages import tell
    from communique.web.app import application
    from communique.web.settings import Settings

    app = application(Settings.of(archive))
    tell(f"reading {archive} on http://{host}:{port}, Ctrl+C ends it")
    uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False)
