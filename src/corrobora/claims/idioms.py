"""Harms told by an idiom rather than by a word of harm: a toll, lives that were cost, people who were lost or held."""

from collections.abc import Callable, Iterator, Sequence

from spacy.tokens import Doc, Token

from corrobora.claims import wounds
from corrobora.claims.events import REFLEXIVE, Event, Figured
from corrobora.claims.lexicon import Lexicon, verb_forms
from corrobora.claims.syntax import actor, child, conjuncts, doer, passive, prepositional, subject
from corrobora.claims.wordlists import wordlist

Rule = Callable[[Token, Lexicon, Figured], Event | None]
REACH = wordlist("idioms.reach")
COST = wordlist("idioms.cost")
DEAD_BY = wordlist("events.dead_by")
STAYING = wordlist("idioms.staying")
SACRIFICE = wordlist("idioms.sacrifice")
KILLINGS = wordlist("ellipsis.killings")
UNDER = wordlist("idioms.under")
SURVIVED = wordlist("idioms.survived")


def idioms(doc: Doc, words: Lexicon, figured: Figured) -> Iterator[Event]:
    """Give the harms that idioms tell, in text order."""
    for i, lower in enumerate(doc.to_array("LOWER")):
        rule = RULES.get(doc.vocab.strings[lower])
        event = rule(doc[i], words, figured) if rule is not None else None
        if event is not None:
            yield event


def _toll(token: Token, words: Lexicon, figured: Figured) -> Event | None:
    """'the death toll rose to 31', 'bringing the toll to 31', 'a toll of 31', 'the toll lists 23 soldiers'."""
    harm = "injured" if any(c.lower_ in {"injury", "injured"} for c in token.children) else "killed"
    direct = next((n for n in prepositional(token, "of", "at", "to") if figured.carries(n)), None)
    direct = direct or next((c for c in token.rights if c.dep_ == "nummod" and figured.carries(c)), None)
    verb = token.head
    if direct is None and verb.pos_ in {"VERB", "AUX"} and verb.lemma_ in REACH:
        direct = _reached(verb, figured, token)
    if direct is None:
        return None
    told = (t for t in conjuncts(direct) if t == direct or not _of_another_harm(t, harm, words))
    return Event(token.i, harm, tuple(t.i for t in told), None, "toll")


def _of_another_harm(figure: Token, harm: str, words: Lexicon) -> bool:
    """'a toll of two dead and 20 wounded': the word right after a figure says what it counts."""
    after = figure.doc[figure.i + 1] if figure.i + 1 < len(figure.doc) else figure
    said = {w.harm for w in words.triggers.get(after.lower_, ()) if w.kind == "states"}
    return bool(said) and harm not in said


def _number(token: Token, words: Lexicon, figured: Figured) -> Event | None:
    """'put the number of dead at 120', 'the number of people killed has risen to 31', 'gave the number as six'."""
    verb = token.head
    if verb.pos_ not in {"VERB", "AUX"} or verb.lemma_ not in REACH:
        return None
    who = next(prepositional(token, "of"), None)
    beside = child(token, "acl")  # 'the number of people slain': the parser may hang the verb on the number
    harm = (_counted_harm(who, words) or (_counted_harm(beside, words) if beside else "")) if who is not None else ""
    if who is None or not harm:
        return None
    found = _reached(verb, figured, token) or next(
        (n for n in prepositional(token, "at", "to") if figured.carries(n)), None
    )
    return None if found is None else Event(token.i, harm, (found.i,), None, "toll", who.i)


def _put(token: Token, words: Lexicon, figured: Figured) -> Event | None:
    """'put the dead at six and the wounded at 14'."""
    verb = token.head
    if token.dep_ not in {"dobj", "conj"} or not {verb.lemma_, verb.head.lemma_} & {"put", "number", "estimate"}:
        return None
    given = (*prepositional(token, "at"), *(prepositional(verb, "at") if token.dep_ == "dobj" else ()))
    found = next((n for n in given if figured.carries(n)), None)
    harm = _counted_harm(token, words)
    return Event(token.i, harm, (found.i,), None, "toll", token.i) if found is not None and harm else None


def _counted_harm(who: Token, words: Lexicon) -> str:
    """Give the harm that people are counted by: 'killed pupils', 'people displaced by', 'the dead'; else ''.

    'the number of victims' is of the dead where the text tells of killing.
    """
    if who.lower_ == "victims":
        return "killed" if any(t.lower_ in KILLINGS for t in who.doc) else ""
    for token in who.subtree:
        for word in words.triggers.get(token.lower_, ()):
            if word.kind in {"states", "patients", "victims", "events"} and word.form in {"", "past"}:
                return word.harm
    return ""


def _to_death(token: Token, _: Lexicon, __: Figured) -> Event | None:
    """'were hacked to death', 'burned alive', 'put to death', 'were sent to hell'."""
    verb = token.head.head if token.head.lower_ == "to" else token.head
    ways = {"send", "dispatch"} if token.lower_ == "hell" else DEAD_BY | {"put"}
    if verb.lemma_ not in ways or (token.lower_ != "alive" and token.head.lower_ != "to"):
        return None
    victim = child(verb, "nsubjpass", "dobj") or (verb.head if verb.dep_ in {"acl", "relcl"} else None)
    by = doer(verb) or actor(verb)
    if victim is None:  # 'two children burned to death'
        victim, by = child(verb, "nsubj"), None
    if victim is None:
        return None
    return Event(verb.i, "killed", tuple(t.i for t in conjuncts(victim)), _index(by), "to-death")


def _index(token: Token | None) -> int | None:
    return None if token is None else token.i


def _reached(verb: Token, figured: Figured, toll: Token) -> Token | None:
    objects = [c for c in verb.children if c.dep_ in {"dobj", "attr", "npadvmod", "appos"} and c.i != toll.i]
    objects += list(prepositional(verb, "to", "at", "as", "past", "beyond", "above", "over"))
    objects += [n for c in objects for n in prepositional(c, "to", "at", "over")]
    return next((n for n in objects if figured.carries(n)), None)


def _lives(token: Token, words: Lexicon, figured: Figured) -> Event | None:
    """'cost 31 lives', 'claimed the lives of 31 people'; 'took his own life'; 'is fighting for her life'."""
    if token.dep_ == "pobj" and token.head.lower_ == "for" and token.head.head.lemma_ == "fight":
        return _of_subject(token.head.head, "injured", "fighting-for-life")
    if token.dep_ == "dobj" and token.head.lemma_ == "take" and any(c.lower_ == "own" for c in token.children):
        return _of_subject(token.head, "killed", "own-hand")
    if words.lemmas.get(token.head.lower_) not in COST or token.dep_ not in {"dobj", "nsubjpass"}:
        return None
    victim = next(prepositional(token, "of"), None)
    if victim is None and not figured.carries(token):
        return None
    return Event(token.i, "killed", tuple(t.i for t in conjuncts(victim or token)), None, "lives")


def _lose(token: Token, words: Lexicon, figured: Figured) -> Event | None:
    """'I lost eight people', 'she lost her two sons'."""
    object_ = child(token, "dobj")
    if object_ is None or not (words.is_person(object_.lower_) or object_.lower_ in words.kin):
        return None
    if object_.lower_ not in words.kin and not figured.carries(object_):
        return None
    if object_.lower_ in {"life", "lives"}:
        return None
    return Event(token.i, "killed", tuple(t.i for t in conjuncts(object_)), None, "lost")


def _of_subject(verb: Token, harm: str, rule: str) -> Event | None:
    who = subject(verb)
    return None if who is None else Event(verb.i, harm, tuple(t.i for t in conjuncts(who)), None, rule)


def _own_hand(token: Token, _: Lexicon, __: Figured) -> Event | None:
    """'turned the gun on himself', 'committed suicide'."""
    verb = token.head
    turned = verb.lemma_ == "turn" and any(n.lower_ in REFLEXIVE for n in prepositional(verb, "on", "upon"))
    turned = turned or any(n.lower_ in REFLEXIVE for n in prepositional(token, "on", "upon"))
    if token.dep_ != "dobj" or not (turned or (token.lower_ == "suicide" and verb.lemma_ == "commit")):
        return None
    return _of_subject(verb, "killed", "own-hand")


def _loss(token: Token, words: Lexicon, figured: Figured) -> Event | None:
    """'the loss of four fighters', 'the loss of 21 lives'."""
    victim = next(prepositional(token, "of"), None)
    if victim is None or not figured.carries(victim):
        return None
    lives = victim.lower_ in {"life", "lives"}
    people = lives or words.is_person(victim.lower_) or victim.lower_ in words.kin
    return Event(token.i, "killed", tuple(t.i for t in conjuncts(victim)), None, "lost") if people else None


def _fatal(token: Token, _: Lexicon, __: Figured) -> Event | None:
    """'the fatal shooting of a man', 'a deadly stabbing of two guards by a stranger'."""
    victim = next(prepositional(token, "of"), None)
    fatal = any(c.lower_ in {"fatal", "deadly"} for c in token.lefts if c.dep_ in {"amod", "compound"})
    if victim is None or not fatal:
        return None
    return Event(token.i, "killed", tuple(t.i for t in conjuncts(victim)), _index(doer(token)), "noun-of")


def _buried(token: Token, words: Lexicon, figured: Figured) -> Event | None:
    """'we buried 35 people', '35 people were buried'; not under rubble, where they may live."""
    victim = child(token, "nsubjpass") if passive(token) else child(token, "dobj")
    if victim is None or not figured.carries(victim) or not _people(victim, words):
        return None
    if any(t.lower_ in UNDER for t in token.subtree) or child(token, "neg") is not None:
        return None
    return Event(token.i, "killed", tuple(t.i for t in conjuncts(victim)), None, "buried")


def _price(token: Token, _: Lexicon, __: Figured) -> Event | None:
    """'paid the supreme price', 'made the ultimate sacrifice'."""
    verb = token.head
    grave = any(c.lower_ in SACRIFICE for c in token.children)
    if not grave or token.dep_ != "dobj" or verb.lemma_ not in {"pay", "make"}:
        return None
    who = subject(verb)
    return None if who is None else Event(verb.i, "killed", tuple(t.i for t in conjuncts(who)), None, "phrase")


def _with_wounds(token: Token, words: Lexicon, _: Figured) -> Event | None:
    """'survived with serious injuries', 'was left with wounds'."""
    verb = next((a for a in token.ancestors if a.pos_ == "VERB"), token)
    if token.dep_ != "pobj" or token.head.lower_ not in {"with", "from"} or verb.lemma_ not in SURVIVED:
        return None
    if token.head.head.lower_ in {"dead", "deceased"}:
        return None  # 'found dead from gunshot wounds'
    harm = "killed" if any(c.lower_ == "fatal" for c in token.children) else "injured"
    who = (child(verb, "nsubjpass") if passive(verb) else None) or child(verb, "dobj") or subject(verb)
    if who is None or who.i == token.i or verb.lemma_ == "survive":
        who = subject(verb)
    if who is not None and verb.lemma_ == "suffer" and not words.is_person(who.lower_):  # 'taken away suffering from'
        who = child(token.sent.root, "nsubjpass", "nsubj")
    return None if who is None else Event(token.i, harm, tuple(t.i for t in conjuncts(who)), None, "with-wounds")


def _in_hospital(token: Token, words: Lexicon, figured: Figured) -> Event | None:
    """'11 people remained in hospital', 'two are in critical condition'."""
    verb = token.head.head
    if token.dep_ != "pobj" or token.head.lower_ not in {"in", "at"} or verb.lemma_ not in STAYING:
        return None
    if token.lower_ in {"condition", "care"} and not any(c.lower_ in CONDITION for c in token.children):
        return None
    who = subject(verb)
    if who is None or not (figured.carries(who) and _people(who, words)):
        return None
    return Event(token.i, "injured", tuple(t.i for t in conjuncts(who)), None, "in-hospital")


CONDITION = wordlist("idioms.condition")


def _taken(token: Token, words: Lexicon, figured: Figured) -> Event | None:
    """'taken to hospital', 'forcibly taken', 'taken hostage', 'taken into custody', 'rounded up'."""
    after = {t.lower_ for t in token.subtree if t.i >= token.i}
    around = {c.lower_ for c in token.children}
    victim = child(token, "nsubjpass") if passive(token) else child(token, "dobj")
    if victim is None and token.dep_ == "acl":
        victim = token.head
    agent = doer(token) if passive(token) else subject(token)
    if victim is None:
        return None
    victims = tuple(t.i for t in conjuncts(victim))
    by = None if agent is None else agent.i
    if around & {"hostage", "captive", "hostages"}:
        return Event(token.i, "abducted", victims, by, "taken-hostage")
    if "custody" in after:
        return Event(token.i, "detained", victims, by, "taken-custody")
    if "forcibly" in around or (
        "away" in around and victim.ent_type_ in {"", "PERSON"} and words.is_person(victim.lower_)
    ):
        return Event(token.i, "abducted", victims, by, "taken-by-force")
    return wounds.to_hospital(token, words, figured)


def _held(token: Token, words: Lexicon, figured: Figured) -> Event | None:
    """'holding 214 people', 'held hostage': only with a figure, or the word hostage."""
    captive = next((c for c in token.children if c.lower_ in {"hostage", "captive", "hostages"}), None)
    hostage = captive is not None
    victim = child(token, "nsubjpass") if passive(token) else child(token, "dobj")
    if victim is None and captive is not None:
        victim = subject(captive)  # 'have held eight workers captive'
    if victim is None or not (hostage or (figured.carries(victim) and _people(victim, words))):
        return None
    agent = doer(token) if passive(token) else subject(token)
    return Event(token.i, "abducted", tuple(t.i for t in conjuncts(victim)), None if agent is None else agent.i, "held")


def _seized(token: Token, words: Lexicon, _: Figured) -> Event | None:
    """'a priest was seized by armed men', 'captured 60 fighters', 'picked up two lawyers': people, no town or gun."""
    if token.lemma_ == "pick" and not any(c.dep_ == "prt" and c.lower_ == "up" for c in token.children):
        return None
    victim = child(token, "nsubjpass") if passive(token) else child(token, "dobj")
    agent = doer(token) if passive(token) else subject(token)
    if victim is None or agent is None or not _people(victim, words):
        return None
    if token.lemma_ in {"pick", "grab"} and agent.lower_ not in words.perpetrator_class:
        return None  # a mother picks up her children
    return Event(token.i, "abducted", tuple(t.i for t in conjuncts(victim)), agent.i, "seized")


def _let_go(token: Token, _: Lexicon, figured: Figured) -> Event | None:
    """'five were let go on Monday', 'the gunmen let two of them go'."""
    going = next((c for c in token.children if c.lower_ == "go" and c.dep_ in {"xcomp", "ccomp"}), None)
    if going is None:
        return None
    victim = child(token, "nsubjpass") if passive(token) else child(going, "nsubj") or child(token, "dobj")
    if victim is None or not figured.carries(victim):
        return None
    return Event(token.i, "freed", tuple(t.i for t in conjuncts(victim)), None, "let-go")


def _out_of_reach(token: Token, words: Lexicon, figured: Figured) -> Event | None:
    """'ten people are still out of contact'."""
    out = token.head.head
    if token.dep_ != "pobj" or token.head.lower_ != "of" or out.lower_ != "out" or out.head.lemma_ not in STAYING:
        return None
    who = subject(out.head)
    if who is None or not (figured.carries(who) and _people(who, words)):
        return None
    return Event(token.i, "missing", tuple(t.i for t in conjuncts(who)), None, "out-of-contact")


def _sexually(token: Token, _: Lexicon, __: Figured) -> Event | None:
    """'had been sexually assaulted by soldiers', 'sexually abused two girls'."""
    verb = token.head
    if verb.lemma_ not in {"assault", "abuse", "attack", "molest", "torture"}:
        return None
    victim = child(verb, "nsubjpass") if passive(verb) else child(verb, "dobj")
    agent = doer(verb) if passive(verb) else subject(verb)
    if victim is None:
        return None
    victims = tuple(t.i for t in conjuncts(victim))
    return Event(verb.i, "sexual_violence", victims, None if agent is None else agent.i, "sexually")


def _people(token: Token, words: Lexicon) -> bool:
    return words.is_person(token.lower_) or token.like_num


def _treated(token: Token, words: Lexicon, figured: Figured) -> Event | None:
    """'the hospital treated 107 people', '46 were hospitalised'."""
    victim = child(token, "nsubjpass") if passive(token) else child(token, "dobj")
    if victim is None or not figured.carries(victim) or not _people(victim, words):
        return None
    return Event(token.i, "injured", tuple(t.i for t in conjuncts(victim)), None, "treated")


def _forced(token: Token, _: Lexicon, __: Figured) -> Event | None:
    """'forced from their homes', 'driven from the area'."""
    if not any(p.dep_ == "prep" and p.lower_ in {"from", "out"} for p in token.children):
        return None
    victim = child(token, "nsubjpass") if passive(token) else child(token, "dobj")
    home = any(t.lower_ in {"home", "homes", "house", "houses", "village", "villages", "land"} for t in token.subtree)
    if victim is None or not home:
        return None
    return Event(token.i, "displaced", tuple(t.i for t in conjuncts(victim)), None, "forced")


def _table() -> dict[str, Rule]:
    rows: Sequence[tuple[Sequence[str], Rule]] = (
        (("toll", "tolls", "tally"), _toll),
        (("number", "count"), _number),
        (("dead", "wounded", "injured", "deaths", "fatalities", "missing"), _put),
        (("death", "alive", "hell"), _to_death),
        (("life", "lives"), _lives),
        (verb_forms("lose"), _lose),
        (("gun", "weapon", "rifle", "pistol", "handgun", "suicide"), _own_hand),
        (("hit", "hitting", "struck", "strikes", "striking", "grazed", "grazing"), wounds.struck),
        (("transported", "airlifted", "flown", "hurried"), wounds.to_hospital),
        (("suffering",), wounds.suffering),
        (("old",), wounds.aged),
        (("loss", "losses"), _loss),
        (("shooting", "stabbing", "beating"), _fatal),
        (("buried", "bury"), _buried),
        (("price", "sacrifice"), _price),
        (("wounds", "injuries", "wound", "injury"), _with_wounds),
        (("hospital", "condition", "care"), _in_hospital),
        ((*verb_forms("take"), *verb_forms("round"), "dragged", "drag", "rushed", "brought"), _taken),
        (verb_forms("hold"), _held),
        (("let",), _let_go),
        (("contact", "touch"), _out_of_reach),
        (("sexually",), _sexually),
        ((*verb_forms("seize"), *verb_forms("capture"), *verb_forms("grab"), *verb_forms("pick")), _seized),
        (verb_forms("treat"), _treated),
        ((*verb_forms("force"), "driven", "drove"), _forced),
    )
    return {form: rule for forms, rule in rows for form in forms}


RULES = _table()
