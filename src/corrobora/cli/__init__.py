"""The command line: each command parses its words, calls one verb of a project, and prints what came of it.

Each module of this folder is a family of commands. They are found here, so that a new one is one function in one file.
A family imports nothing heavy: `corrobora --help` loads them all, and must answer at once.
"""

import pkgutil
import sys
from collections.abc import Iterable
from importlib import import_module

import click

from corrobora import __version__
from corrobora.cli.saying import say
from corrobora.errors import CorroboraError


class Commands(click.Group):
    """Turns an error that a user can meet into words and a status, without a traceback."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands, by name."""
        self._find()
        return super().list_commands(ctx)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of this name, None where there is none."""
        self._find()
        return super().get_command(ctx, cmd_name)

    def _find(self) -> None:
        if not self.commands:
            for family in pkgutil.iter_modules(__path__):
                if family.name.startswith("_"):
                    continue
                for command in _top(vars(import_module(f"{__name__}.{family.name}")).values()):
                    if command.name in self.commands:
                        raise RuntimeError(f"two commands are called {command.name}")
                    self.add_command(command)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; an error says what happened and what to do."""
        try:
            return super().invoke(ctx)
        except CorroboraError as error:
            say(f"Error: {error}", err=True)
            if error.hint:
                say(f"Hint: {error.hint}", err=True)
            sys.exit(1)
        except OSError as error:  # of a file that a user named, or a disk
            say(f"Error: {error.filename or 'a file'}: {error.strerror or error}", err=True)
            say("Hint: Is there space, and may you write and read there?", err=True)
            sys.exit(1)
        except KeyboardInterrupt:
            say("Stopped. What was kept stays; the same command goes on from here.", err=True)
            sys.exit(130)


def _top(values: Iterable[object]) -> list[click.Command]:
    """Return the commands of a family that stand alone: `gazetteer add` is its group's, and no `add`."""
    found = [value for value in values if isinstance(value, click.Command)]
    inner = {id(command) for group in found if isinstance(group, click.Group) for command in group.commands.values()}
    return [command for command in found if id(command) not in inner]


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="corrobora")
def main() -> None:
    """Read reports of violence and build a record that can be checked.

    Who says what happened, to whom, where, when and how many; where the accounts disagree; each figure tied to the
    words that say it. Everything stays on this machine.

    Start with:  corrobora run PROJECT FOLDER_OF_REPORTS   then:  corrobora serve PROJECT
    """
