"""What can go wrong, in words that say what to do next.

Every error that a user can meet is a `CorroboraError`: `str(error)` says what happened, `error.hint` what to do.
Anything else that escapes is a fault of the software.
"""


class CorroboraError(Exception):
    """What happened, and in `hint` what the user can do about it.

    >>> error = BadInput("notes.txt is empty", hint="Leave it out, or add its text.")
    >>> str(error), error.hint
    ('notes.txt is empty', 'Leave it out, or add its text.')
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class NotFound(CorroboraError):
    """A project, file, document, claim, incident or decision that is not there."""


class BadInput(CorroboraError):
    """Input or an argument that cannot be used as it is."""


class Refused(BadInput):
    """Input that goes beyond a limit kept for safety: too large, too deep, too slow, encrypted."""


class Busy(CorroboraError):
    """Another run is writing to this project."""


class MissingExtra(CorroboraError):
    """An optional dependency that this needs is not installed."""


class StorageFailed(CorroboraError):
    """The disk is full, or fails. What was acknowledged before stays, and nothing is half written."""


class Locked(CorroboraError):
    """A project that is encrypted, and whose key this process was not given."""
