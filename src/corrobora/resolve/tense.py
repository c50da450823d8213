"""Whether the words around a day look ahead: the tense and modality of the clause that it stands in.

'will open Friday', 'is scheduled for June 3', 'by Dec. 31' look ahead. 'would' and 'may' do not decide: they report
speech as often as they look ahead. A past verb between the cue and the day takes the cue back ('will study the raid
that took place on Friday').
"""

import re

_LOOKING = (
    r"will|won['’]t|shall|must|going\s+to|scheduled|slated|due|expected|expects?|plans?|planned|planning|intends?"
    r"|hopes?|hoping|aims?|agreed\s+to|likely|upcoming|forthcoming|set\s+(?:for|to)|ready\s+to|prepar(?:es|ing)\s+to"
    r"|(?:is|are|am)\s+to(?=\s)|to\s+be|wants?\s+to|until|deadline|effective|payable|begins?|starts?|opens?|ends?"
    r"|expires?|runs|arrives?|leaves|departs?|meets|convenes?|resumes?|takes?\s+effect|goes\s+into\s+effect|matures?"
    r"|(?:is|are)\s+(?:arriving|leaving|meeting|holding|visiting|returning|travell?ing|heading|flying|coming|going)"
    r"|(?:go(?:es)?|heads?)\s+to\s+the\s+polls|ahead\s+of|maturing|forecasts?|predicts?|projected|deliver(?:y|ies)\s+in|by(?=\s*(?:the\s+|late\s+|early\s+|mid-?)?$)"
)
_CUE = re.compile(rf"(?i)(?<![\w'-])(?:{_LOOKING})(?![\w-])|(?<=\w)['’]ll\b")
_FIRM = re.compile(
    r"(?i)(?<![\w'-])(?:will|won['’]t|shall|(?:is|are)\s+(?:to|due|scheduled|expected|slated|set)|plans?\s+to|expects?"
    r"|hopes?\s+to|intends?\s+to|begins?|starts?|opens?)(?![\w-])"
)
_BE = r"(?<!be )(?<!been )(?<!is )(?<!are )(?<!being )(?<!'re )(?<!stay )(?<!remain )(?<!keep )"
_PAST = re.compile(
    r"(?i)(?<![\w'-])(?:was|were|had|did|said|has|have|came|went|fell|rose|began|gave|saw|became|broke|ran|wrote|spoke"
    rf"|{_BE}(?:told|took|made|held|met|won|lost|left|got|found|sold|bought|paid|struck|shot|hit|sent|showed|stood|led"
    r"|\w{2,}ed))(?![\w-])"
)


def ahead(lead: str, tail: str) -> bool:
    """Tell whether a day looks ahead, from the words of its sentence before (`lead`) and after it (`tail`).

    >>> ahead("The court will hear the case on ", "."), ahead("The army said on ", " that it will leave.")
    (True, False)
    """
    cues = [m for m in _CUE.finditer(lead) if not _named(lead, m)]
    past = [m for m in _PAST.finditer(lead) if not _CUE.fullmatch(m[0])]
    if cues:
        last = cues[-1]
        return not any(m.start() >= last.end() for m in past)
    if past:
        return False
    firm, told = _FIRM.search(tail[:120]), next((m for m in _PAST.finditer(tail[:120])), None)
    return firm is not None and (told is None or firm.start() < told.start())


def past(lead: str) -> bool:
    """Tell whether the words before a day hold a past verb, and no cue that looks ahead after it."""
    return any(not _CUE.fullmatch(m[0]) for m in _PAST.finditer(lead)) and not ahead(lead, "")


def _named(lead: str, match: re.Match[str]) -> bool:
    """Tell whether a cue is a noun or part of a past tense: 'his will', 'the plan', 'had expected'."""
    left = lead[max(0, match.start() - 10) : match.start()].lower()
    word = match[0].lower()
    if word in {"expected", "scheduled", "planned", "due", "likely", "slated"}:
        return bool(re.search(r"\b(?:had|had been|than|as)\s$", left))
    return word in {
        "will",
        "plan",
        "plans",
        "due",
        "hope",
        "hopes",
        "end",
        "ends",
        "start",
        "starts",
        "forecast",
    } and bool(re.search(r"\b(?:the|a|his|her|its|their|my|free|at)\s$", left))
