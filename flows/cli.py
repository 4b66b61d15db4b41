"""The command line: what is typed in, the flow that runs.

Exit status: 0 done; 1 done in part, with what failed listed; 2 wrong use or unreadable configuration; 3 nothing could be done.
"""

from __future__ import annotations

import sys
from importlib import import_module

import click

from config.errors import ConfigError, MendableError
from flows.exits import Exit

COMMANDS = ("demo", "run", "add", "extract", "evaluate", "timeline", "show", "sql", "digest", "serve", "feeds", "doctor")


class _Commands(click.Group):
    """Each command lives in a module of its own, which is light to import: heavy libraries wait inside the command."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"flows.commands.{cmd_name}").command
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            raise click.UsageError(f"{error.message.rstrip('.')}. {nearest(args[0], COMMANDS)}", ctx) from error


def nearest(word: str, known: tuple[str, ...]) -> str:
    """Return "Did you mean ...?" for the known word most like `word`, or the list of all."""
    from difflib import get_close_matches

    close = get_close_matches(word, known, n=1)
    return f"Did you mean '{close[0]}'?" if close else f"There are: {', '.join(known)}"


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="tradewire", prog_name="tradewire")
def cli() -> None:
    """Read trade-war news in seventeen languages into a timeline of policy actions, each line with its evidence.

    Begin with: tradewire demo
    """


def main() -> None:
    """Run the command line; errors that the user can mend are told in a line, without a trace."""
    try:
        # outside of its standalone mode click returns the status of an Exit instead of raising it
        sys.exit(cli(standalone_mode=False))
    except click.exceptions.Abort:
        click.echo("stopped", err=True)
        sys.exit(Exit.NOTHING)
    except click.ClickException as error:
        error.show()
        sys.exit(Exit.USAGE)
    except MendableError as error:
        click.echo(str(error), err=True)
        sys.exit(Exit.USAGE if isinstance(error, ConfigError) else Exit.NOTHING)
    except BrokenPipeError:
        # "| head" has read enough; closing stderr keeps the interpreter from complaining at exit
        sys.stderr.close()
        sys.exit(Exit.DONE)


if __name__ == "__main__":
    main()
