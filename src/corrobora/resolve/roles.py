"""What a place name does in its sentence: sets the scene, gives a route, says where somebody spoke."""

import re

from corrobora.model import Text
from corrobora.resolve.toponyms import Toponym

# A scene is set by these words before the name; 'from X' and 'to X' tell ways, not places.
_SCENE = re.compile(
    r"\b(?:in|at|near|outside|on|around|inside|within|across|throughout)\s+(?:the\s+)?(?-i:[a-z’'-]+\s+){0,4}(?:of\s+)?$"
    r"|\b(?:attack(?:s|ed|ing)?|assault|raid(?:s|ed)?|strikes?|invad(?:ed|ing)|storm(?:ed|ing)|struck|hit|shell(?:ed|ing)"
    r"|bomb(?:ed|ing)|fell)\s+(?:on\s+)?(?:the\s+)?(?-i:[a-z’'-]+\s+){0,3}(?:of\s+)?$",
    re.IGNORECASE,
)
_ROUTE_BEFORE = re.compile(
    r"\b(?:bound\s+for|en\s+route\s+to|on\s+(?:its|their|his|her|the)\s+way\s+(?:to|from)|head(?:ed|ing)\s+(?:to|for|from)"
    r"|travel+(?:ed|ing|s)?\s+(?:to|from|between)|depart(?:ed|ing)?(?:\s+from)?|flown\s+to|taken\s+to|transferred\s+to"
    r"|evacuated\s+to|fled\s+(?:to|from)|return(?:ed|ing)?\s+(?:to|from)|arriv(?:ed|ing)\s+(?:in|at|from)|came\s+from"
    r"|from)\s+(?:the\s+)?(?-i:[a-z’'-]+\s+){0,2}(?:of\s+)?$",
    re.IGNORECASE,
)
_FROM_BEFORE = re.compile(r"\bfrom\b[^.;\n]{1,60}\s+to\s+(?:the\s+)?$", re.IGNORECASE)
_SPOKE = re.compile(
    r"\b(?:told|tell|speaking|spoke|addressing|briefing|briefed|statement|interview\w*|conference|reporters|newsmen"
    r"|journalists|summit|meeting|met|visit\w*|protest\w*\s+(?:was\s+)?held|embassy|ambassador|administration|government"
    r"|officials?|authorities|ministry|headquarters|based|office|court|hospitals?)\s+(?-i:[a-z’'-]+\s+){0,3}"
    r"(?:in|at|from|of|to)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_ACTOR = re.compile(r"\bby\s+(?:the\s+)?$", re.IGNORECASE)
_ADJECTIVE = re.compile(
    r"^-(?:based|born|backed|led|linked|aligned|allied|style|controlled|held|funded|sponsored|trained)\b"
)
# Where somebody is at home, which need not be where something befell them: 'a Datur man', 'two men from Datur'.
_PEOPLE = (
    r"(?:wo)?m[ae]n|boys?|girls?|(?:fe)?males?|teen(?:ager)?s?|youths?|residents?|people|persons?|couples?|fathers?"
    r"|mothers?|students?|toddlers?"
)
_PERSON = re.compile(rf"^\s+(?:{_PEOPLE}|child|family)\b")
_COMES_FROM = re.compile(rf"\b(?:{_PEOPLE}|natives?)\s+(?:from|of)\s+(?:the\s+)?$|,\s+of\s+$", re.IGNORECASE)
_NAMED_AFTER = re.compile(
    r"^\s+(?:[A-Z][\w.’'-]+\s+){0,2}(?:Hospital|Medical|University|College|Elementary|School|Apartments)\b"
)
_TO_AFTER = re.compile(r"^\s*(?:,\s*[^,.;\n]{1,40},?)?\s+to\s+(?:the\s+)?[A-Z]")
_PLACE = re.compile(r"\b(?:road|highway|train|bus|line|route|way|flight|convoy|travel\w*|journey)\b", re.IGNORECASE)


def role(text: Text, name: Toponym) -> str:
    """Return what a name does: title, body, site, dateline, adjective, route, speech, origin, scene or plain."""
    if name.start < 0:
        return name.source if name.source in {"body", "site", "scene"} else "title"
    if any(s.kind == "title" and s.start <= name.start < s.end for s in text.segments):
        return "title"
    if name.source == "dateline" or any(s.kind == "dateline" and s.start <= name.start < s.end for s in text.segments):
        return "dateline"
    before, after = text.text[max(0, name.start - 80) : name.start], text.text[name.end : name.end + 60]
    if _ADJECTIVE.match(after) or _ACTOR.search(before):
        return "adjective"
    if _SPOKE.search(before) or _NAMED_AFTER.match(after):
        return "speech"
    if _COMES_FROM.search(before) or _PERSON.match(after):
        return "origin"
    if _ROUTE_BEFORE.search(before) and not before.rstrip().lower().endswith(
        ("km from", "kilometres from", "miles from")
    ):
        return "route"
    if _FROM_BEFORE.search(before) or (_PLACE.search(before) and _TO_AFTER.match(after)):
        return "route"
    return "scene" if _SCENE.search(before) else "plain"
