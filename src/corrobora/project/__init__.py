"""The verbs that a user knows. The only place that knows rooms, store and run together.

They are loaded when first asked for: `corrobora --help` must not wait for seven rooms to compile their grammars.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from corrobora.project.verbs import (
        Project,
        Redact,
        demonstrate,
        forget,
        gazetteer,
        is_locked,
        new,
        open_project,
        restore,
        schema,
        unlock,
    )

__all__ = [
    "Project",
    "Redact",
    "demonstrate",
    "forget",
    "gazetteer",
    "is_locked",
    "new",
    "open_project",
    "restore",
    "schema",
    "unlock",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401  the verbs, whatever their types
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module("corrobora.project.verbs"), name)
