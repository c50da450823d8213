"""What reads, resolves and links, told by its own code and words, so that no change leaves old results standing."""

from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable

READING = ("corrobora.claims", "corrobora.model")
RESOLVING = ("corrobora.resolve", "corrobora.model")
LINKING = ("corrobora.incidents", "corrobora.review", "corrobora.model")
_KINDS = (".py", ".toml", ".tsv", ".json", ".gz", ".npz")


@cache
def version(packages: tuple[str, ...]) -> str:
    """Return a word that changes whenever code, tables or weights of these packages do.

    >>> len(version(RESOLVING)), version(READING) == version(RESOLVING)
    (8, False)
    """
    digest = sha256()
    for package in packages:
        top, *inner = package.split(".")  # only the top is imported: a reader's packages take seconds to
        for name, file in sorted(_files(files(top).joinpath(*inner), package), key=lambda each: each[0]):
            content = file.read_bytes()
            digest.update(f"{name} {len(content)}\n".encode())
            digest.update(content)
    return digest.hexdigest()[:8]


def _files(folder: Traversable, path: str) -> Iterator[tuple[str, Traversable]]:
    """Yield every file of a package that tells how it works, with its name, those of its own packages included."""
    for each in folder.iterdir():
        if each.is_dir() and each.name != "__pycache__":
            yield from _files(each, f"{path}/{each.name}")
        elif each.name.endswith(_KINDS):
            yield f"{path}/{each.name}", each
