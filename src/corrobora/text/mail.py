"""DOCX to text (first version below)."""

from corrobora.errors import BadInput
from corrobora.text.draft import Draft


def read(data: bytes) -> Draft:
    raise BadInput("not read yet")
