"""Finds readers and doors by entry point, ours and others' alike, and loads them when they are needed."""

from collections.abc import Callable
from importlib.metadata import entry_points
from typing import Any

from corrobora.errors import MissingExtra, NotFound

READERS = "corrobora.readers"
DOORS = "corrobora.doors"


def load(group: str, name: str) -> Callable[..., Any]:
    """Return what `name` stands for in an entry-point group.

    Raises NotFound where no installed package offers it, MissingExtra where that package lacks a dependency.
    """
    offered = entry_points(group=group)
    if name not in offered.names:
        names = ", ".join(sorted(offered.names)) or "none"
        raise NotFound(f"no {group} is called {name!r}", hint=f"Installed: {names}.")
    try:
        loaded: Callable[..., Any] = offered[name].load()
    except ImportError as error:
        raise MissingExtra(
            f"{name} cannot be loaded: {error}", hint="Install what it needs, then try again."
        ) from error
    return loaded


def made_by(group: str, name: str) -> str:
    """Return the package that offers `name` in an entry-point group, with its version; '' where none does.

    >>> made_by(READERS, "grammar").split()[0], made_by(READERS, "no such reader")
    ('corrobora', '')
    """
    found = next((entry.dist for entry in entry_points(group=group, name=name) if entry.dist), None)
    return f"{found.name} {found.version}" if found else ""
