"""From the roles of mentions to claims: one for each group of victims that a sentence names, or one for its act."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from corrobora.claims import doers, place_time
from corrobora.claims.manner import BY_WEAPON
from corrobora.claims.modality import modality
from corrobora.claims.page import Page
from corrobora.claims.scope import scope
from corrobora.claims.syntax import between
from corrobora.claims.trained.candidates import Mention
from corrobora.claims.trained.cues import told_by
from corrobora.claims.victims import NOTHING, victim_class
from corrobora.claims.wordlists import wordlist
from corrobora.model import Claim, Count, Instrument, Perpetrator, Target, Victims, content_id

RULE = "trained:roles"
NEAR = 14  # tokens between a name and its title that are still one phrase
PLURAL = frozenset({"NNS", "NNPS"})
COURTESY = wordlist("trained.courtesy")


@dataclass(frozen=True, slots=True)
class Cast:
    """What the models made of a mention: its roles with their probabilities, its `harm` and what became of a thing.

    `name` is the longest name that the text gives the one it stands for, '' for none; `founds` says that a role is
    sure enough for its sentence to tell a claim, rather than only to be a part of one.
    """

    roles: Mapping[str, float]
    harm: str
    effect: str
    name: str
    founds: bool


def claims(
    page: Page,
    mentions: Sequence[Mention],
    cast: Mapping[int, Cast],
    acts: Mapping[int, str],
    read: Sequence[Claim],
) -> Iterator[Claim]:
    """Give the claims of a text, sentence by sentence.

    `cast` holds the mentions that play a role, `acts` the act of each sentence by its first token, `read` what the
    grammar found: where it read the same victims, its figure, harm, modality and voice stand.
    """
    by_sentence: dict[int, list[int]] = {}
    for i in sorted(cast):
        by_sentence.setdefault(page.doc[mentions[i].head].sent.start, []).append(i)
    for sentence in page.doc.sents:
        here = by_sentence.get(sentence.start)
        if here and any(cast[i].founds for i in here):
            yield from _Sentence(page, sentence, mentions, cast, here, acts.get(sentence.start, "other"), read).claims()


class _Sentence:
    def __init__(
        self,
        page: Page,
        sentence: Tokens,
        mentions: Sequence[Mention],
        cast: Mapping[int, Cast],
        here: Sequence[int],
        act: str,
        read: Sequence[Claim],
    ) -> None:
        self._page = page
        self._sentence = sentence
        self._mentions = mentions
        self._cast = cast
        self._here = here
        self._act = act
        self._start, self._end = between(page.doc, *_inner(page.doc, sentence))
        self._read = [c for c in read if self._start <= c.start < self._end]

    def claims(self) -> Iterator[Claim]:
        victims = list(self._victims())
        for place, (mention, name) in enumerate(victims):
            yield self._claim(place, mention, name)
        if not victims:
            yield self._claim(0, None, None)

    def _playing(self, role: str) -> list[int]:
        """The mentions that play a role, the surest of those that overlap, in text order."""
        sure = sorted((i for i in self._here if role in self._cast[i].roles), key=lambda i: -self._cast[i].roles[role])
        kept: list[int] = []
        for i in sure:
            if all(not _overlap(self._mentions[i], self._mentions[k]) for k in kept):
                kept.append(i)
        return sorted(kept, key=lambda i: self._mentions[i].start)

    def _victims(self) -> Iterator[tuple[int, int | None]]:
        """Each victim once: (mention, its name's mention); a title and its name are one."""
        playing = self._playing("victim")
        names = {i for i in playing if self._cast[i].name and self._one(i)}
        titles: dict[int, int] = {}
        for i, mention in enumerate(self._mentions):
            words = self._page.doc[mention.start : mention.end].text.lower().strip(".")
            if mention.title_of in names and self._near(i, mention.title_of) and words not in COURTESY:
                titles.setdefault(mention.title_of, i)
        for i in playing:
            if i in names:
                yield titles.get(i, i), i
            elif self._mentions[i].title_of not in names or i not in titles.values():
                yield i, None

    def _one(self, i: int) -> bool:
        """Whether a mention reads as the name of one person: not of a people, an order or a party."""
        head = self._page.doc[self._mentions[i].head]
        mention = self._mentions[i]
        place = (
            head.ent_type_ in {"GPE", "LOC"} and mention.end - mention.start == 1
        )  # many a full name is taken for one
        return mention.named and head.tag_ != "NNPS" and head.ent_type_ != "NORP" and not place

    def _near(self, i: int, j: int) -> bool:
        return abs(self._mentions[i].head - self._mentions[j].head) <= NEAR

    def _claim(self, place: int, victim: int | None, name: int | None) -> Claim:
        page, doc = self._page, self._page.doc
        found = self._same(victim)
        trigger = self._trigger(victim)
        said = page.attributor.of(self._start, self._end)
        figure = next((f for f in page.figures if victim is not None and self._counts(f.start, f.unit, victim)), None)
        told, told_rule = modality(doc, trigger.i)
        wide, wide_rule = scope(doc, trigger.i, figure)
        key = victim if name is None else name
        harm = "" if key is None else self._cast[key].harm
        doing = tuple(self._doers())
        weapons = tuple(self._weapons())
        made = Claim(
            id=content_id("c", page.text.sha256, page.text.file, "trained", self._start, place),
            document=page.text.document, start=self._start, end=self._end,
            quote=page.text.text[self._start : self._end],
            act=self._how(weapons), harm=harm,
            count=NOTHING if victim is None else self._count(victim, name, figure.count if figure else None),
            victims=None if victim is None else self._people(victim, name),
            perpetrators=doing, targets=tuple(self._things()), instruments=weapons,
            place=place_time.govern(doc, place_time.places(self._sentence), trigger, page.reporting),
            time=place_time.govern(doc, place_time.times(self._sentence), trigger, page.reporting),
            attribution=said.chain, stance=said.stance, modality=told, scope=wide, evidence=said.evidence,
            mentions=(), part_of="", confidence=self._confidence(victim, name),
            made_by=(
                ("roles", RULE), *self._sure(victim, name),
                ("modality", told_rule), ("scope", wide_rule), ("attribution", said.rule),
            ),
            reader=page.reader, flags=("scare_quotes",) if said.scare_quotes else (),
        )  # fmt: skip
        return made if found is None else _with(made, found)

    def _sure(self, victim: int | None, name: int | None) -> Iterator[tuple[str, str]]:
        """How sure the models are of each part, in the order of the parts: ('targets', 'trained 0.61 0.35')."""
        if victim is not None:
            yield "victims", f"trained {self._suffers(victim, name):.2f}"
        for part, roles in (("perpetrators", ("doer", "org")), ("targets", ("target",)), ("instruments", ("weapon",))):
            found = [f"{self._cast[i].roles[role]:.2f}" for role in roles for i in self._playing(role)]
            if found:
                yield part, " ".join(("trained", *found))

    def _same(self, victim: int | None) -> Claim | None:
        """What the grammar read of the same victims; of an act alone, what it read of it."""
        if victim is None:
            return next((c for c in self._read if c.victims is None), None)
        at = self._page.doc[self._mentions[victim].head].idx
        return next((c for c in self._read if c.victims and c.victims.start <= at < c.victims.end), None)

    def _trigger(self, victim: int | None) -> Token:
        """The word of violence nearest to the victim in the tree, then in the sentence; its main verb without one."""
        words, doc = self._page.words, self._page.doc
        violent = [t for t in self._sentence if any(told_by(t.lower_, words))]
        if not violent:
            return self._sentence.root
        if victim is None:
            return violent[0]
        head = doc[self._mentions[victim].head]
        above = [a.i for a in head.ancestors]
        return min(violent, key=lambda t: (above.index(t.i) if t.i in above else len(above) + 5, abs(t.i - head.i)))

    def _counts(self, start: int, unit: int | None, victim: int) -> bool:
        mention = self._mentions[victim]
        inside = unit is not None and mention.start <= unit < mention.end
        return unit == mention.head or start == mention.number or inside

    def _count(self, victim: int, name: int | None, said: Count | None) -> Count:
        if said is not None:
            return said
        head = self._page.doc[self._mentions[victim if name is None else name].head]
        span = between(self._page.doc, head.i, head.i + 1)
        many = head.tag_ in PLURAL or head.lower_ in self._page.words.groups
        return NOTHING if many and name is None else Count(1, 1, "exact", "", *span)

    def _extent(self, i: int, j: int | None) -> tuple[int, int]:
        parts = [self._mentions[k] for k in (i, j) if k is not None]
        ends = [m.end if m.named else m.whole for m in parts]
        return between(self._page.doc, min(m.start for m in parts), max(ends))

    def _people(self, victim: int, name: int | None) -> Victims:
        doc, words = self._page.doc, self._page.words
        start, end = self._extent(victim, name)
        inside = [t.lower_ for t in doc[self._mentions[victim].start : self._mentions[victim].whole]]
        roles = tuple(dict.fromkeys(r for w in inside for r in words.victim_role.get(w, ())))
        names = () if name is None else (self._cast[name].name,)
        class_ = victim_class(doc[self._mentions[victim].head].lower_, inside, words)
        return Victims("", class_, roles, names, start, end)

    def _doers(self) -> Iterator[Perpetrator]:
        """Who did it, and for whom: an organisation keeps its name, a person said by a name theirs."""
        doc, words = self._page.doc, self._page.words
        for role in ("doer", "org"):
            for i in self._playing(role):
                mention = self._mentions[i]
                start, end = self._extent(i, None)
                class_ = doers.perpetrator_class(doc[mention.head], words) or "unknown"
                around = {t.lower_ for t in doc[max(0, mention.start - 4) : mention.end + 2]}
                status = "suspected" if around & doers.SUSPECTED else self._status(mention)
                name = self._cast[i].name if role == "org" or mention.named else ""
                name = name or (self._page.text.text[start:end].replace("\n", " ") if role == "org" else "")
                if role == "org" and class_ in {"unknown", "civilians"}:
                    class_ = "armed_group"
                if role == "doer" and name:
                    class_ = "unknown"
                yield Perpetrator("", name, class_, status, "", start, end)

    def _status(self, mention: Mention) -> str:
        """What the grammar made of the same doer's part: claimed, denied, suspected; asserted where nothing is said."""
        at = self._page.doc[mention.head].idx
        known = [p.status for c in self._read for p in c.perpetrators if p.start <= at < p.end]
        return known[0] if known else "asserted"

    def _things(self) -> Iterator[Target]:
        doc, words = self._page.doc, self._page.words
        for i in self._playing("target"):
            mention = self._mentions[i]
            start, end = self._extent(i, None)
            inside = [t.lower_ for t in doc[mention.start : mention.whole]]
            class_ = next((c for w in reversed(inside) if (c := words.target_class.get(w))), "other")
            figure = next((f for f in self._page.figures if self._counts(f.start, f.unit, i)), None)
            yield Target("", class_, figure.count.low if figure else None, self._cast[i].effect, start, end)

    def _weapons(self) -> Iterator[Instrument]:
        doc, words = self._page.doc, self._page.words
        for i in self._playing("weapon"):
            mention = self._mentions[i]
            start, end = self._extent(i, None)
            inside = [t.lower_ for t in doc[mention.start : mention.end]]
            pairs = [f"{a} {b}" for a, b in pairwise(inside)]
            class_ = next((c for w in (*pairs, *reversed(inside)) if (c := words.instrument_class.get(w))), "other")
            yield Instrument("", class_, start, end)

    def _how(self, weapons: Sequence[Instrument]) -> str:
        if self._act != "other":
            return self._act
        return next((BY_WEAPON[w.class_] for w in weapons if w.class_ in BY_WEAPON), "other")

    def _suffers(self, victim: int, name: int | None) -> float:
        """How probable it is that these are victims, by their title or by their name."""
        return max(self._cast[i].roles.get("victim", 0.0) for i in (victim, name) if i is not None and i in self._cast)

    def _confidence(self, victim: int | None, name: int | None) -> float:
        """As sure as of its victims; without any, as of the surest part."""
        if victim is not None:
            return round(self._suffers(victim, name), 2)
        return round(max(p for i in self._here for p in self._cast[i].roles.values()), 2)


def _with(made: Claim, read: Claim) -> Claim:
    """The claim with what the grammar read of the same victims or act; whom it names is the models' to say."""
    own = tuple(m for m in made.made_by if m[1].startswith("trained"))
    return replace(
        made,
        harm=made.harm or read.harm,
        act=made.act if read.act == "other" or made.act != "other" else read.act,
        count=read.count if read.count.qualifier != "none" else made.count,
        modality=read.modality, scope=read.scope, place=read.place or made.place, time=read.time or made.time,
        attribution=read.attribution, stance=read.stance, evidence=read.evidence,
        made_by=(*own, *(m for m in read.made_by if m[0] not in dict(own))),
    )  # fmt: skip


def _overlap(a: Mention, b: Mention) -> bool:
    return a.start < b.end and b.start < a.end


def _inner(doc: Doc, sentence: Tokens) -> tuple[int, int]:
    """The tokens of a sentence without white space at its ends."""
    start, end = sentence.start, sentence.end
    while end - start > 1 and doc[start].is_space:
        start += 1
    while end - start > 1 and doc[end - 1].is_space:
        end -= 1
    return start, end
