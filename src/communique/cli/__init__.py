"""The command line: each command parses and prints; what it does is a function of the library that it names."""

import os
import sys

import click

from communique.cli.add import add
from communique.cli.code import code
from communique.cli.dyads import dyads
from communique.cli.evaluate import evaluate
from communique.cli.event import event
from communique.cli.explain import explain
from communique.cli.export import export
from communique.cli.list import list_records
from communique.cli.ontology import ontology
from communique.cli.pages import tell
from communique.cli.positions import positions
from communique.cli.scale import scale
from communique.cli.schema import schema
from communique.cli.search import search
from communique.cli.serve import serve
from communique.cli.show import show
from communique.cli.stories import stories
from communique.cli.timeline import timeline
from communique.cli.watch import watch
from communique.cli.where import where
from communique.cli.who import who
from communique.errors import CommuniqueError, UsageError


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="communique", prog_name="communique")
def commands() -> None:
    """Read the news and keep the record: who said and did what to whom, when and where, in which words.

    \b
    communique code page.html              the record of a page
    communique add news.db pages/          keep the records of a folder
    communique list news.db statements --speaker Lavrov
    """


for command in (
    code, add, scale, watch, serve, show, search, list_records, event, stories, timeline, dyads, positions, export,
    explain, evaluate, ontology, who, where, schema,
):  # fmt: skip
    commands.add_command(command)


def main() -> None:
    """Run the command line; expected errors are one line on stderr, exit code 1 for bad input and 2 for bad usage."""
    # Records are UTF-8 everywhere, whatever the terminal's language.
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr] # it is a text file here
    try:
        commands.main(standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Abort:
        tell("interrupted")
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except CommuniqueError as error:
        tell(error)
        sys.exit(2 if isinstance(error, UsageError) else 1)
    except UnicodeEncodeError as error:
        # What was typed: all that is read from pages is text.
        tell(f"{error.object!r} is no text in UTF-8")
        sys.exit(2)
    except BrokenPipeError:
        # Whoever read us has gone, as head does; what Python would still flush has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OSError as error:
        tell(f"{error.filename or 'output'}: {error.strerror or error}")
        sys.exit(1)
