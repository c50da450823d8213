"""Another event that a report recalls beside its own: `the shooting follows one last week that left a man dead`."""

from spacy.tokens import Token

from corrobora.claims.wordlists import wordlist

EVENTS = wordlist("earlier.events")
AFTER = wordlist("earlier.after")
ANSWER = wordlist("earlier.answer")
FORMER = wordlist("earlier.former")


def recalled(trigger: Token) -> str:
    """Return the rule by which what a word tells belongs to an earlier event; '' where nothing says so.

    >>> recalled(left)  # "The incident follows a shooting last week that left a man dead"  # doctest: +SKIP
    'recalled shooting'
    """
    for token in (trigger, *trigger.ancestors):
        event = token.head
        if token.dep_ in {"relcl", "acl"} and (event.lower_ in EVENTS or event.lower_ == "one") and _before(event):
            return f"recalled {event.lower_}"
        after = any(c.dep_ == "mark" and c.lower_ == "after" for c in token.lefts)
        if token.dep_ == "advcl" and after and _comes(event):
            return "recalled after"
    return ""


def _before(event: Token) -> bool:
    """Say whether the event stands for what came before the one that is told: `follows`, `in revenge for`."""
    if any(c.lower_ in FORMER for c in event.lefts):
        return True
    upper = event.head
    if event.dep_ == "dobj":
        return upper.lemma_ == "follow"
    if event.dep_ != "pobj":
        return False
    told = upper.lower_ == "after" and _comes(upper.head)
    return told or (upper.lower_ in {"for", "to"} and upper.head.lower_ in ANSWER)


def _comes(verb: Token) -> bool:
    """`The attack came after`, `the shooting happened a day after`: an event that is told by its time alone."""
    return verb.lemma_ in AFTER and any(c.dep_ == "nsubj" and _event(c) for c in verb.children)


def _event(noun: Token) -> bool:
    return noun.lower_ in EVENTS - {"killing", "killings"} or noun.lower_ in {"it", "this"}
