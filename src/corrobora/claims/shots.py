"""What became of people who were shot or stabbed, as the words right by the verb tell it, and whom headlines pair."""

from spacy.tokens import Token

from corrobora.claims import counted
from corrobora.claims.syntax import NEAR, child
from corrobora.claims.wordlists import wordlist

NOT_PEOPLE = wordlist("victims.not_people")


def aimed(verb: Token) -> bool:
    """'A man shot at them', 'officers were shot at': nobody is said to have been hit; not 'was shot at a party'."""
    after = verb.doc[verb.i + 1 : verb.i + 3]
    if verb.lemma_ != "shoot" or not len(after) or after[0].lower_ != "at":
        return False
    aim = child(after[0], "pobj")
    if aim is None or after[-1].lower_ == "by":
        return True
    return aim.pos_ == "PRON" or counted.noun_kind(aim) == "people" or aim.lower_ in NOT_PEOPLE


def to_death(verb: Token) -> bool:
    """'shot dead', 'fatally shot', 'stabbed to death', 'shot and killed'; not 'three were shot, one fatally'."""
    deadly = {"dead", "death", "fatally"}
    if verb.i + 1 < len(verb.doc) and verb.nbor(1).lower_ == "dead":
        return True
    for part in verb.children:
        inner = part.children if part.lower_ == "to" else ()
        if any(t.lower_ in deadly and abs(t.i - verb.i) <= NEAR for t in (part, *inner)):
            return not (part.lower_ == "fatally" and part.i > 0 and part.nbor(-1).like_num)
    return False


def paired(victim: Token) -> tuple[Token, ...]:
    """'Father, daughter found dead': both of two bare nouns that begin a headline; () where there is no such pair."""
    first = victim.sent.start
    pair = [t for t in victim.doc[first : first + 3] if t.text != ","]
    bare = len(pair) == len(("father", "daughter")) and victim in pair and victim.doc[first + 1].text == ","
    people = bare and all(t.tag_ in {"NN", "NNP"} and counted.noun_kind(t) == "people" for t in pair)
    return tuple(pair) if people else ()
