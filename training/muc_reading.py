"""Stage 1 of training: read the corpus once, and train the roles of the reader's trained part."""

import hashlib
import json
import pickle
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import linear_models as learn
import muc_labels as labels
from spacy.language import Language
from spacy.tokens import Doc

from corrobora import linear, resolve, text
from corrobora.claims import lexicon
from corrobora.claims.reader import Reader, open_reader
from corrobora.claims.reading import findings
from corrobora.claims.trained.candidates import Entity, Mention, entities, mentions
from corrobora.claims.trained.cues import Cues, sentence_cues
from corrobora.claims.trained.reader import Roles
from corrobora.model import Document, Findings, Metadata, Reading, Text
from corrobora.settings import Settings

SETTINGS = Settings()
BLOCKS = 5  # neighbouring documents retell the same events: blocks are contiguous
STRENGTH = {"roles": 0.1, "harm": 0.3, "effect": 0.3, "act": 0.3}
# How much more a role missed costs than one too many: where it founds a claim, and where it stands beside a surer one.
RECALL = {"least": 1.15, "beside": 2.2}


@dataclass(slots=True)
class Parsed:
    """One document of the corpus: its row, its text, its parse, and what the grammar found."""

    row: dict[str, Any]
    text: Text
    doc: Doc
    found: Findings


def parsed(documents: Path, cache: Path) -> list[Parsed]:
    """Parse and read the corpus with the grammar, once: the parses are kept in `cache`."""
    reader = open_reader(SETTINGS)
    if not cache.exists():
        cache.write_bytes(pickle.dumps(list(_parse(reader, documents))))
    kept = pickle.loads(cache.read_bytes())  # noqa: S301  our own file, written above
    return [Parsed(row, said, _unpacked(reader._nlp, doc), found) for row, said, doc, found in kept]


def _unpacked(nlp: Language, data: bytes) -> Doc:
    return Doc(nlp.vocab).from_bytes(data)


def _parse(reader: Reader, documents: Path) -> Iterator[tuple[dict[str, Any], Text, bytes, Findings]]:
    for line in documents.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        said = _text(row)
        doc = reader._nlp(reader._doc(said))
        yield row, said, doc.to_bytes(exclude=["tensor"]), reader._findings(doc, said)


def _text(row: dict[str, Any]) -> Text:
    data = row["text"].encode()
    sha = f"sha256:{hashlib.sha256(data).hexdigest()}"
    start = datetime(1970, 1, 1, tzinfo=UTC)
    document = Document(
        row["docid"],
        sha,
        row["docid"],
        row["docid"],
        "text/plain",
        len(data),
        start,
        Metadata(language="en"),
        Metadata(),
    )
    return text.extract(document, data)


def block(number: int, of: int) -> int:
    """Which of the contiguous blocks a document belongs to."""
    return min(number * BLOCKS // of, BLOCKS - 1)


@dataclass(slots=True)
class Example:
    """One entity of a document with its cues and what the key says of it."""

    number: int
    relevant: bool
    cues: frozenset[str]
    roles: dict[str, float]
    harm: str
    effect: str


@dataclass(slots=True)
class Examples:
    """Everything that the reader's models learn from."""

    entities: list[Example]
    sentences: list[tuple[int, frozenset[str], str]]


def examples(corpus: Sequence[Parsed]) -> Examples:
    """Label the entities and sentences of the corpus by its keys."""
    words = lexicon.load(Settings())
    made = Examples([], [])
    for number, one in enumerate(corpus):
        found = mentions(one.doc)
        cues = Cues(one.doc, found, one.found.claims, words)
        keys = labels.keys(one.row)
        told: dict[int, set[int]] = {}
        for entity in entities(one.doc, found):
            made.entities.append(_example(number, one, entity, found, cues, keys, told))
        for sentence in one.doc.sents:
            kinds = labels.kinds(one.row, told.get(sentence.start, ()))
            if len(kinds) == 1:
                made.sentences.append((number, sentence_cues(sentence, words), kinds.pop()))
    return made


def _example(
    number: int,
    one: Parsed,
    entity: Entity,
    found: Sequence[Mention],
    seen: Cues,
    keys: dict[str, list[labels.Key]],
    told: dict[int, set[int]],
) -> Example:
    spans = {(m.start, end, m.end) for i in entity.mentions for m in [found[i]] for end in (m.end, m.whole)}
    texts = {(one.doc[start:end].text, one.doc[start:head].text) for start, end, head in spans}
    roles, harm, effect = {}, "", ""
    for role, wanted in keys.items():
        best, templates, values = labels.match(texts, wanted) if wanted else (0.0, frozenset(), frozenset())
        roles[role] = best
        if best == 1.0 and role != "org":
            for i in entity.mentions:
                told.setdefault(one.doc[found[i].head].sent.start, set()).update(templates)
        if best == 1.0 and role == "victim":
            harm = labels.effect(one.row, templates, values, "hum_tgt_effect")
        if best == 1.0 and role == "target":
            effect = labels.effect(one.row, templates, values, "phys_tgt_effect")
    return Example(number, bool(one.row["templates"]), seen.entity(entity), roles, harm, effect)


ACT = {
    "ATTACK": "raid", "BOMBING": "bombing", "KIDNAPPING": "abduction", "ARSON": "arson", "ROBBERY": "robbery",
    "HIJACKING": "robbery", "FORCED WORK STOPPAGE": "work_stoppage",
}  # fmt: skip


def train(made: Examples, used: Sequence[bool], numbers: dict[str, float], version: str) -> linear.Weights:
    """Train the models of the reader on the documents that `used` marks."""
    here = [e for e in made.entities if used[e.number] and e.relevant]
    hurt = [e for e in here if e.roles["victim"] == 1.0]
    hit = [e for e in here if e.roles["target"] == 1.0]
    told = [(held, ACT[kind]) for number, held, kind in made.sentences if used[number]]
    truth = {role: [e.roles[role] for e in here] for role in labels.ROLES}
    models = {
        "roles": learn.yes_or_no([e.cues for e in here], truth, STRENGTH["roles"]),
        "harm": learn.one_of([e.cues for e in hurt], [e.harm for e in hurt], STRENGTH["harm"]),
        "effect": learn.one_of([e.cues for e in hit], [e.effect for e in hit], STRENGTH["effect"]),
        "act": learn.one_of([held for held, _ in told], [kind for _, kind in told], STRENGTH["act"]),
    }
    return linear.Weights(version, models, numbers)


def crossed(made: Examples, of: int) -> tuple[list[linear.Weights], dict[str, float]]:
    """Train without each block in turn; return these weights, and the cuts that are best over all blocks together."""
    scores: dict[str, list[float]] = {role: [] for role in labels.ROLES}
    truth: dict[str, list[bool]] = {role: [] for role in labels.ROLES}
    trained = []
    for left in range(BLOCKS):
        weights = train(made, [block(n, of) != left for n in range(of)], {}, f"without {left}")
        trained.append(weights)
        for e in made.entities:
            if block(e.number, of) == left and e.relevant:
                found = weights.models["roles"].probabilities(e.cues)
                for role in labels.ROLES:
                    if e.roles[role] != 0.5:
                        scores[role].append(found[role])
                        truth[role].append(e.roles[role] == 1.0)
    cuts = {
        f"{name}.{role}": round(learn.best_cut(scores[role], truth[role], weight), 3)
        for name, weight in RECALL.items()
        for role in labels.ROLES
    }
    for name, cut in cuts.items():
        role = name.partition(".")[2]
        said = [s >= cut for s in scores[role]]
        right = sum(s and t for s, t in zip(said, truth[role], strict=True))
        print(f"{name:15} {cut:.3f}  P {right / max(1, sum(said)):.3f}  R {right / sum(truth[role]):.3f}")
    return [linear.Weights(w.version, w.models, cuts) for w in trained], cuts


def readings(corpus: Sequence[Parsed], weights: Sequence[linear.Weights]) -> list[tuple[Reading, ...]]:
    """Read and resolve the corpus with the trained part, each block by the weights that never saw it."""
    settings = SETTINGS
    words = lexicon.load(settings)
    saying = open_reader(settings)._saying
    resolver = resolve.open_resolver(settings, resolve.default_path())
    made = []
    for number, one in enumerate(corpus):
        roles = Roles(weights[block(number, len(corpus)) if len(weights) > 1 else 0])
        found = findings(one.doc, one.text, words, settings, saying, "trained", roles)
        made.append(resolver.resolve(one.text, found))
    return made
