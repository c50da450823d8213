"""Small questions to a parsed sentence, asked by every rule: whose subject, which noun, which words of a phrase."""

from collections.abc import Iterator

from spacy.tokens import Doc, Token

RELATIVE = frozenset({"who", "whom", "that", "which"})
CLAUSE = frozenset({"advcl", "xcomp", "conj", "ccomp", "pcomp", "dep"})
# Words from a verb to what completes it.
NEAR = 6
# 'by accident': how, not by whom.
MANNER = frozenset({"accident", "mistake", "chance", "error", "force", "gunpoint", "knifepoint", "surprise"})
# 'accused the rebels of killing': the rebels did it, by what is said.
BLAMING = frozenset(
    {"accuse", "suspect", "blame", "convict", "charge", "acquit", "condemn", "denounce", "arrest", "detain"}
    | {"prosecute", "indict", "jail", "sentence", "fault", "criticise", "criticize", "sanction", "stop", "prevent"}
)
EXPLAINING = frozenset({"--", "–", "—", ":", "("})
INSIDE = frozenset(
    {"det", "amod", "compound", "nummod", "poss", "quantmod", "nmod", "predet", "case", "advmod", "punct", "neg"}
)


def child(token: Token, *deps: str) -> Token | None:
    """Return the first child that stands in one of these relations."""
    return next((c for c in token.children if c.dep_ in deps), None)


def prepositional(token: Token, *words: str) -> Iterator[Token]:
    """Give the nouns after these prepositions: 'of' of 'the killing of ten'."""
    for prep in token.children:
        if prep.dep_ in {"prep", "agent"} and prep.lower_ in words:
            yield from (c for c in prep.children if c.dep_ in {"pobj", "pcomp"})


def antecedent(token: Token) -> Token:
    """Give the noun that a relative pronoun stands for; any other token is itself."""
    if token.lower_ not in RELATIVE:
        return token
    clause = next((a for a in token.ancestors if a.dep_ in {"relcl", "acl"}), None)
    if clause is None:
        return token
    noun, told = clause.head, clause.head.head.head
    # 'the shelling of Orlin, which killed ten': a place does nothing.
    return told if noun.ent_type_ == "GPE" and noun.dep_ == "pobj" and told.pos_ == "NOUN" else noun


def subject(verb: Token, depth: int = 4) -> Token | None:
    """Give the head of the verb's subject: its own, its noun's (a participle), or the verb's that it leans on."""
    own = [c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass", "csubj"}]
    if own:  # of two that the parser gives one verb, the nearer one before it is its own
        return antecedent(max(own, key=lambda c: (c.i < verb.i, c.i if c.i < verb.i else -c.i)))
    if depth == 0 or verb.head.i == verb.i:
        return None
    if verb.dep_ in {"acl", "relcl"}:
        return verb.head
    upper = verb.head.head if verb.dep_ == "pcomp" else verb.head  # 'before turning the gun on himself'
    if verb.dep_ == "pcomp" and (accused := blamed(verb.head)) is not None:
        return accused
    return subject(upper, depth - 1) if verb.dep_ in CLAUSE and upper.pos_ in {"VERB", "AUX"} else None


def blamed(prep: Token) -> Token | None:
    """`accused the rebels of killing`, `were blamed for the attack`: who is said to have done what follows."""
    verb = prep.head if prep.head.dep_ != "pobj" else prep.head.head  # 'accused by the army of'
    verb = verb.head if verb.dep_ in {"dobj", "agent", "prep"} else verb
    noun = child(verb, "nsubjpass", "dobj") if verb.lemma_ in BLAMING else None
    return None if noun is None else antecedent(noun)


def doer(verb: Token) -> Token | None:
    """Give the noun after 'by' of a passive or of a noun of action."""
    for prep in verb.children:
        if prep.dep_ in {"agent", "prep"} and prep.lower_ == "by":
            found = child(prep, "pobj")
            if found is not None and found.lower_ not in MANNER:
                return found
    return None


def passive(verb: Token) -> bool:
    """Say whether a verb is in the passive: 'were killed', 'killed by', or a participle after its noun."""
    if child(verb, "auxpass", "nsubjpass", "agent") is not None:
        return True
    return verb.dep_ in {"acl", "amod"} and verb.tag_ in {"VBN", "VBD"}


def conjuncts(head: Token) -> tuple[Token, ...]:
    """Give the head of a list and its further members, in text order; verbs that a parser mixed in are left out."""
    members = [head]
    for member in members:
        members += [c for c in member.children if _joined(member, c)]
        if any(t.text in EXPLAINING for t in member.doc[member.i + 1 : member.i + 3]):
            continue  # 'three people -- Ada Lorn, Josef Lunt and ...': who the three were
        for named in (c for c in member.children if c.dep_ == "appos"):
            if _listed(member, named):
                members.append(named)
            elif named.ent_type_ == "PERSON" and member.tag_ not in {"NNS", "NNPS"}:
                # 'the head, Sani Bako, his two wives and five others'; not 'two cousins, Ali and Omar Hassan'
                members += [c for c in named.children if c.dep_ == "conj" and c.pos_ not in {"VERB", "AUX", "ADV"}]
    return tuple(sorted(members, key=lambda t: t.i))


def _joined(member: Token, other: Token) -> bool:
    """Tell a further member: not a verb, nor one of 'ten dead, including two boys and a girl' given to the ten."""
    if other.dep_ != "conj" or other.pos_ in {"VERB", "AUX", "ADV"}:
        return False
    between = other.doc[member.i : max(member.i, other.left_edge.i)]
    if any(t.text in {"–", "—"} for t in between):
        return False  # 'wounding 12 people – eight guards and four farmers'
    parts = any(t.lower_ in {"including", "among"} and t.nbor(-1).text == "," for t in between[1:])
    return not (parts and other.nbor(-1 - other.i + other.left_edge.i).lower_ == "and")


def _listed(first: Token, second: Token) -> bool:
    """Tell a list from an explanation: 'six traders, four drivers and ...', 'Anna Perel, Josef Lunt and ...'."""
    if child(second, "conj") is None or any(t.lower_ in {"among", "including"} for t in second.lefts):
        return False
    if first.ent_type_ == second.ent_type_ == "PERSON":
        return True
    counted = first.like_num or child(first, "nummod", "poss") is not None
    return counted and child(second, "nummod", "poss") is not None


def actor(verb: Token) -> Token | None:
    """Give the subject of an active verb as the one who does it; who suffers a passive verb is none, but if blamed."""
    found = subject(verb)
    return None if found is None or (found.dep_ == "nsubjpass" and found.head.lemma_ not in BLAMING) else found


def companions(verb: Token) -> tuple[Token, ...]:
    """Give those who shared it: 'was killed along with her husband and two children'."""
    for prep in verb.subtree:
        if prep.lower_ == "with" and prep.i > verb.i and prep.nbor(-1).lower_ in {"along", "together"}:
            noun = child(prep, "pobj")
            return () if noun is None else conjuncts(noun)
    return ()


def phrase(head: Token) -> tuple[int, int]:
    """Give the token range of a noun phrase: what stands before its head, and its 'of' part, without its clauses.

    >>> # "the two members of the ministry who ..." -> "the two members of the ministry"
    """
    start, end = head.i, head.i + 1
    for left in reversed(list(head.lefts)):
        if left.dep_ not in INSIDE or (left.dep_ == "punct" and left.text not in {"-", '"', "“", "‘", "'"}):
            break
        start = left.left_edge.i
    for right in head.rights:
        if right.dep_ == "prep" and right.lower_ in {"of", "from"} and right.i <= end + 1:
            inner = child(right, "pobj")
            if inner is not None:
                end = max(end, phrase(inner)[1])
    return start, end


def between(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """Give the characters of tokens `start` to `end` (exclusive)."""
    last = doc[end - 1]
    return doc[start].idx, last.idx + len(last.text)


def compact(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """Drop quotation marks and spaces from both ends of a token range; it never becomes empty."""
    while end - start > 1 and (doc[start].is_space or doc[start].is_quote or doc[start].text in {"–", "-", ","}):
        start += 1
    while end - start > 1 and (doc[end - 1].is_space or doc[end - 1].is_quote or doc[end - 1].text == ","):
        end -= 1
    return start, end


def reach(trigger: Token) -> tuple[int, int]:
    """Give the tokens without which a trigger says nothing: 'lost their lives', 'opened fire', 'left ... dead'."""
    inside = [trigger.i]
    if trigger.pos_ in {"VERB", "AUX"}:
        needed = [
            c for c in trigger.children if c.dep_ in {"prt", "acomp", "oprd"} or (c.dep_ == "dobj" and c.pos_ == "NOUN")
        ]
        inside += [i for c in needed if abs(c.i - trigger.i) <= NEAR for i in (phrase(c)[0], phrase(c)[1] - 1)]
    elif trigger.dep_ in {"oprd", "acomp", "ccomp", "xcomp"} and trigger.head.pos_ in {"VERB", "AUX"}:
        inside.append(trigger.head.i)
    return min(inside), max(inside) + 1
