"""What a page is: a template with its values, and the plain data of its JSON twin."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from corrobora.project import Project
from corrobora.web.ask import Ask


@dataclass(frozen=True, slots=True)
class View:
    """`template` drawn with `values`; `data` is what the same address with `.json` answers.

    `moved` is the address to go to instead, where a thing is known by another id now.
    """

    template: str
    values: Mapping[str, Any]
    data: Mapping[str, Any]
    moved: str = ""


Page = Callable[[Project, Ask], View]
