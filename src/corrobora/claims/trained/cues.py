"""What the role models look at: words, word classes, syntax, and what the grammar made of each mention."""

from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from corrobora.claims.lexicon import Lexicon
from corrobora.claims.trained.candidates import Entity, Mention, content
from corrobora.claims.trained.word_classes import shipped
from corrobora.model import Claim

CLIMB = 3  # words above a mention that are looked at
WINDOW = 3  # words on each side


class Cues:
    """Gives the cues of each entity of one parsed text, as strings that weights are looked up by."""

    def __init__(self, doc: Doc, mentions: Sequence[Mention], claims: Iterable[Claim], words: Lexicon) -> None:
        self._doc = doc
        self._mentions = mentions
        self._words = words
        self._sentence = {t.i: n for n, s in enumerate(doc.sents) for t in s}
        self._told = [self._classes(t for t in s) for s in doc.sents]
        self._whole = frozenset(c for told in self._told for c in told)
        self._parts = _parts(claims)

    def entity(self, entity: Entity) -> frozenset[str]:
        """Give the cues of all mentions of an entity together."""
        found = {cue for i in entity.mentions for cue in self._mention(self._mentions[i])}
        count = len({self._sentence.get(self._mentions[i].head, 0) for i in entity.mentions})
        found.add(f"count={min(count, 5)}")
        first = self._mentions[entity.mentions[0]]
        place = self._sentence.get(first.head, 0)
        found.add(f"first={0 if place == 0 else 1 if place <= 2 else 2 if place <= 6 else 3}")
        if entity.named:
            found.add("named")
        return frozenset(found)

    def _classes(self, tokens: Iterable[Token]) -> frozenset[str]:
        return frozenset(c for t in tokens for c in told_by(t.lower_, self._words))

    def _alike(self, place: str, word: str) -> Iterator[str]:
        """The classes of a word in this place: 'hB203'."""
        return (f"{place}{name}" for name in shipped().of(word, self._doc.vocab))

    def violent(self, mention: Mention) -> bool:
        """Say whether the sentence of a mention tells of violence at all."""
        return bool(self._told[self._sentence.get(mention.head, 0)])

    def kinds(self, token: Token) -> Iterator[str]:
        """Give the classes that the lexicon knows for a noun."""
        low = token.lower_
        words = self._words
        for name, table in (("v", words.victim_class), ("p", words.perpetrator_class), ("t", words.target_class)):
            if low in table:
                yield f"{name}:{table[low]}"
        if low in words.instrument_class:
            yield f"i:{words.instrument_class[low]}"
        for role in words.victim_role.get(low, ()):
            yield f"r:{role}"
        if low in words.people:
            yield "people"

    def _mention(self, mention: Mention) -> Iterator[str]:
        doc, head = self._doc, self._doc[mention.head]
        said = content(doc, mention)
        yield f"h={said[-1] if said else head.lower_}"
        yield f"l={head.lemma_.lower()}"
        yield f"e={head.ent_type_}"
        yield f"tag={head.tag_}"
        yield f"size={min(len(said), 4)}"
        if len(said) > 1:
            yield f"hh={said[-2]} {said[-1]}"
            yield f"w0={said[0]}"
        for word in said[:-1]:
            yield f"w={word}"
            yield from self._alike("w", word)
        yield from self._alike("h", said[-1] if said else head.lower_)
        kinds = [*self.kinds(head)]
        if mention.named:
            kinds.append("named:" + head.ent_type_)
        for kind in kinds:
            yield f"k={kind}"
        if mention.number >= 0:
            yield "numbered"
        if mention.title_of >= 0:
            yield "title"
        yield from self._syntax(head, mention, kinds)
        yield from self._around(mention, kinds)
        for part in self._read(mention):
            yield f"r={part}"

    def _syntax(self, head: Token, mention: Mention, kinds: Sequence[str]) -> Iterator[str]:
        doc = self._doc
        inside = range(mention.start, mention.end)
        token = next((doc[i] for i in inside if doc[i].head.i not in inside), head)
        while token.dep_ in {"conj", "appos"} and token.head.i != token.i:
            token = token.head
        path = [token.dep_]
        yield f"dep={token.dep_}"
        for _ in range(CLIMB):
            above = token.head
            if above.i == token.i:
                break
            lemma = above.lemma_.lower()
            way = ">".join(path)
            yield f"g{len(path)}={lemma}"
            if len(path) < CLIMB:
                yield from self._alike(f"g{len(path)}", lemma)
            yield f"gp={way}:{lemma}"
            for told in told_by(above.lower_, self._words):
                yield f"gv={way}:{told}"
                for kind in kinds:
                    yield f"gvk={way}:{told}:{kind}"
            path.append(above.lower_ if above.pos_ == "ADP" else above.dep_)
            token = above

    def _around(self, mention: Mention, kinds: Sequence[str]) -> Iterator[str]:
        doc = self._doc
        sentence = self._sentence.get(mention.head, 0)
        told = self._told[sentence]
        for harm in told:
            yield f"s={harm}"
            for kind in kinds:
                yield f"sk={harm}:{kind}"
        for harm in self._whole:
            for kind in kinds:
                yield f"dk={harm}:{kind}"
        if not told:
            yield "quiet"
        for step in range(1, WINDOW + 1):
            if mention.start - step >= 0:
                yield f"b{min(2, step)}={doc[mention.start - step].lower_}"
            if mention.end + step - 1 < len(doc):
                yield f"a{min(2, step)}={doc[mention.end + step - 1].lower_}"

    def _read(self, mention: Mention) -> Iterator[str]:
        """Give the roles that the grammar gave to words of this mention."""
        head = self._doc[mention.head].idx
        for start, end, part in self._parts:
            if start <= head < end:
                yield part


def _parts(claims: Iterable[Claim]) -> list[tuple[int, int, str]]:
    found = []
    for claim in claims:
        tail = f"{claim.modality}:{claim.scope}"
        if claim.victims is not None:
            found.append((claim.victims.start, claim.victims.end, f"victim:{claim.harm}:{claim.act}"))
            found.append((claim.victims.start, claim.victims.end, f"victim:{tail}"))
        for name, parts in (
            ("doer", claim.perpetrators),
            ("target", claim.targets),
            ("weapon", claim.instruments),
            ("voice", claim.attribution),
        ):
            found += [(p.start, p.end, f"{name}:{claim.act}") for p in parts]
            found += [(p.start, p.end, f"{name}:{claim.harm}:{tail}") for p in parts]
    return found


def sentence_cues(sentence: Tokens, words: Lexicon) -> frozenset[str]:
    """Give the cues by which the act of a sentence is known: its words, and what the lexicon makes of them."""
    found = set()
    for token in sentence:
        if token.is_alpha:
            found.add(f"w={token.lemma_.lower()}")
        found |= {f"s={told}" for told in told_by(token.lower_, words)}
        if token.lower_ in words.instrument_class:
            found.add(f"i={words.instrument_class[token.lower_]}")
    return frozenset(found)


def told_by(word: str, words: Lexicon) -> Iterator[str]:
    """Give what a word says of violence: the harm or the act that it tells."""
    for sense in words.triggers.get(word, ()):
        yield sense.harm
    for table in (words.act_verbs, words.act_nouns):
        if word in table:
            yield table[word]
