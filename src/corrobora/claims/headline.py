"""Headings that name their source: `13 killed - police`, `Norran Rights Commission: 16 dead`."""

import re
from collections.abc import Collection, Sequence

from spacy.tokens import Token

from corrobora.claims.frame import Frame
from corrobora.claims.outline import Outline, Sentence
from corrobora.claims.reporting import Words

SOURCE_LAST = re.compile(r"^(?P<told>.{8,}?)\s+[-–—]\s+(?P<who>[^-–—:.]{2,60})$")
# `11:20 Governor Iryna Sava: 16 wounded`: a live page tells the hour first.
SOURCE_FIRST = re.compile(r"^(?:\d{1,2}[:.h]\d{2}\s+(?:[-–—]\s*)?)?(?P<who>[^:.,;\d]{2,50}):\s+(?P<told>.{8,})$")
# Of a whole sentence, only what begins with a figure is told by who stands before a colon.
FIGURE_FIRST = re.compile(r"^(?:\d{1,2}[:.h]\d{2}\s+(?:[-–—]\s*)?)?[^:.,;\d]{2,50}:\s+(?:at least |some |about )?\d")
# `Maria Quispe, 34, a teacher: "I saw ..."`: with more than a name only before a quotation.
SPEAKER_FIRST = re.compile(r"^(?P<who>[^:.;,]{2,50}),[^:.;]{1,60}:\s+(?P<told>[\"“‘«].{8,})$")
# `Nine dead, 12 hurt in shelling: mayor`
SOURCE_AFTER_COLON = re.compile(r"^(?P<told>[^:]{8,}):\s+(?P<who>[^-–—:.,;\d]{2,40})$")
# Longer lines are sentences that happen to have a colon or dash.
LONGEST_HEADING = 24


def heading_frames(outline: Outline, sentence: Sentence, words: Words, known: Collection[str]) -> list[Frame]:
    """Return the frame of a heading that names its source, if it does. `known` are abbreviations of speakers."""
    line = outline.text[sentence.start : sentence.end].rstrip()
    short = sentence.last - sentence.first <= LONGEST_HEADING and not line.rstrip().endswith((".", "!", "?"))
    if not short and sentence.start not in outline.headings and not FIGURE_FIRST.match(line):
        return []
    for pattern in (SOURCE_FIRST, SPEAKER_FIRST, SOURCE_LAST, SOURCE_AFTER_COLON):
        match = pattern.match(line)
        if match is None:
            continue
        first, last = (sentence.start + place for place in match.span("who"))
        tokens = [t for t in outline.doc[sentence.first : sentence.last] if first <= t.idx < last]
        if tokens and _is_voice(tokens, words, known):
            head = next((t for t in reversed(tokens) if _is_voice([t], words, known)), tokens[-1])
            start, end = (sentence.start + place for place in match.span("told"))
            return [Frame(head.i, tokens[0].i, tokens[-1].i, head.i, "", "heading", start, end, mid=True)]
    return []


def _is_voice(tokens: Sequence[Token], words: Words, known: Collection[str]) -> bool:
    """Tell whether a heading's few words name someone who speaks, and not the place that it is about."""
    voices = words["person"] | words["body"]
    if any(t.lemma_.lower() in voices for t in tokens) or (len(tokens) == 1 and tokens[0].text in known):
        return True
    return all(t.ent_type_ in {"PERSON", "ORG"} for t in tokens)
