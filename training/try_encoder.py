#!/usr/bin/env python3
"""Train MiniLM-L6 beside the words of the trained reader, and say what it brings: it was tried, and is not shipped.

    .venv/bin/python training/try_encoder.py ../shared/data/muc4/dev.jsonl MINILM [--cache FOLDER] [--onnx FILE]

MINILM is a folder with `model.safetensors` and `tokenizer.json` of all-MiniLM-L6-v2 (Apache-2.0). Needs the dependency
groups `training` and `encoder-training`, and about 25 minutes of one core. One encoder is trained without each half of
the documents in turn: the upper three layers, three epochs, all heads at once. Printed are, for the halves left out,
the average precision of roles over the entities of relevant reports (by words, by the encoder, by both), and how well
relevant reports are told from others. FILE gets both encoders over their common lower layers as 8-bit ONNX. `SEED` is
fixed; another machine may round otherwise.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from pathlib import Path

import numpy as np
import torch
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, roc_auc_score
from tokenizers import Tokenizer
from torch import Tensor, nn

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "bench"), str(ROOT / "training")]

import encoder_model as model  # noqa: E402
import muc_labels as labels  # noqa: E402
import muc_reading as reading  # noqa: E402

from corrobora.claims.trained.candidates import Mention, entities, mentions  # noqa: E402

SEED, EPOCHS, BATCH, FOLDS = 0, 3, 6, 2
RATES = (1.5e-4, 1e-3)  # of the encoder's layers, and of the heads
WARMING = 0.1  # of all steps
Weights = tuple[model.Bert, model.Heads]


def lessons(one: reading.Parsed, tokenizer: Tokenizer) -> list[model.Lesson]:
    """The windows of a document with what its keys say of them."""
    found, keys = mentions(one.doc), labels.keys(one.row)
    of, roles, templates, told = {}, {}, {}, {}
    places = labels.place_words(one.row)
    for number, entity in enumerate(entities(one.doc, found)):
        spans = {(found[i].start, end, found[i].end) for i in entity.mentions for end in (found[i].end, found[i].whole)}
        texts = {(one.doc[a:b].text, one.doc[a:head].text) for a, b, head in spans}
        matched = {
            r: labels.match(texts, keys[r]) if keys[r] else (0.0, frozenset(), frozenset()) for r in labels.ROLES
        }
        named = float(any(labels.words(text) in places for text, _ in texts))
        roles[number] = (*(matched[role][0] for role in labels.ROLES), named)
        templates[number] = matched["victim"][1] | matched["target"][1]
        for i in entity.mentions:
            of[i] = number
            sentence = one.doc[found[i].head].sent.start
            for role in labels.ROLES:
                if role != "org" and matched[role][0] == 1.0:
                    told.setdefault(sentence, set()).update(matched[role][1])
    said = tokenizer.encode([t.lower_.strip() for t in one.doc], is_pretokenized=True, add_special_tokens=False)
    cut = model.windows(said.ids, said.word_ids, [(s.start, s.end) for s in one.doc.sents])
    at = spans_of(said.word_ids, [found[i] for i in sorted(of)])
    known = {n: labels.kinds(one.row, [n]) for n in range(len(one.row["templates"]))}
    whole = _kinds(known, known)
    held = [(span, of[i]) for i, span in zip(sorted(of), at, strict=True) if span]
    several = len(set().union(*templates.values())) > 1
    made = []
    for number, window in enumerate(cut):
        low = next(i for i, word in enumerate(said.word_ids) if word >= window.sentences[0][0])
        high = low + len(window.pieces) - 2
        inside = [
            ((a - low + 1, b - low + 1, h - low + 1), e) for (a, b, h), e in held if low <= a and b <= high and h < high
        ]
        sentences = tuple(_kinds(known, told.get(s[0], ())) for s in window.sentences)
        shared = tuple(frozenset(templates[e]) if several else frozenset() for _, e in inside)
        own = tuple(e for _, e in inside)
        spans = tuple(span for span, _ in inside)
        made.append(model.Lesson(window, spans, own, {e: roles[e] for e in own}, shared, sentences, whole, number == 0))
    return made


def spans_of(words: Sequence[int], found: Sequence[Mention]) -> list[tuple[int, int, int] | None]:
    """The first piece, the end, and the piece of the head of each mention; None for one without pieces."""
    pieces: dict[int, list[int]] = {}
    for at, word in enumerate(words):
        pieces.setdefault(word, []).append(at)
    spans = []
    for m in found:
        held = [p for word in range(m.start, m.end) for p in pieces.get(word, ())]
        spans.append((held[0], held[-1] + 1, pieces.get(m.head, held[-1:])[0]) if held else None)
    return spans


def _kinds(known: dict[int, set[str]], numbers: Sequence[int]) -> tuple[float, ...]:
    held = {kind.casefold() for number in numbers for kind in known[number]}
    return (float(bool(held)), *(float(kind in held) for kind in model.KINDS[1:]))


def frozen(bert: model.Bert, taught: Sequence[model.Lesson]) -> list[Tensor]:
    """What the frozen layers make of each window, in half precision."""
    bert.eval()
    with torch.no_grad():
        return [bert.lower(torch.tensor([one.window.pieces]))[0].half() for one in taught]


def _states(bert: model.Bert, held: Sequence[Tensor]) -> list[Tensor]:
    lengths = [len(x) for x in held]
    padded = nn.utils.rnn.pad_sequence([x.float() for x in held], batch_first=True)
    return [x[:n] for x, n in zip(bert.upper(padded, model.masked(lengths)), lengths, strict=True)]


def train(weights: Path, taught: Sequence[model.Lesson], held: Sequence[Tensor]) -> Weights:
    """Train the upper layers and the heads on these windows."""
    torch.manual_seed(SEED)
    rng = np.random.default_rng(SEED)
    bert, heads = model.Bert(weights), model.Heads()
    own = [list(bert.layers[model.FROZEN :].parameters()), list(heads.parameters())]
    steps = torch.optim.AdamW([{"params": p, "lr": r} for p, r in zip(own, RATES, strict=True)], weight_decay=0.01)
    used = [i for i, one in enumerate(taught) if one.relevant or one.first]
    many, done = EPOCHS * ceil(len(used) / BATCH), 0
    for epoch in range(EPOCHS):
        chunks = list(model.batches(rng.permutation(used).tolist(), [len(x) for x in held], BATCH))
        rng.shuffle(chunks)
        bert.train()
        heads.train()
        for batch in chunks:
            share = max(0.01, min(1.0, (done + 1) / (WARMING * many)) * (1 - done / many))
            for group, rate in zip(steps.param_groups, RATES, strict=True):
                group["lr"] = rate * share
            seen = _states(bert, [held[i] for i in batch])
            off = torch.stack([model.loss(x, taught[i], heads) for x, i in zip(seen, batch, strict=True)]).mean()
            steps.zero_grad()
            off.backward()
            nn.utils.clip_grad_norm_([p for part in own for p in part], 1.0)
            steps.step()
            done += 1
        print(f"epoch {epoch + 1}: loss of the last batch {float(off.detach()):.3f}")
    return bert, heads


@dataclass(slots=True)
class Seen:
    """What an encoder that never saw a document makes of it: log-odds of roles by entity, and of an incident."""

    roles: dict[int, Tensor]
    report: float
    surest: float


def see(trained: Weights, taught: Sequence[model.Lesson], held: Sequence[Tensor]) -> Seen:
    """What trained weights make of the windows of one document."""
    bert, heads = (part.eval() for part in trained)
    odds: dict[int, list[Tensor]] = {}
    told, wholes = [], []
    with torch.no_grad():
        for one, x in zip(taught, [_states(bert, [h])[0] for h in held], strict=True):
            if one.mentions:
                at = torch.tensor(one.mentions)
                found = torch.cat([model.spans(x, at[:, 0], at[:, 1]), x[at[:, 2]]], 1)
                for entity, scores in zip(one.entities, heads.roles(found), strict=True):
                    odds.setdefault(entity, []).append(scores)
            marks = torch.tensor(one.window.sentences)
            told.append(float(heads.told(model.spans(x, marks[:, 1], marks[:, 2]))[:, 0].max()))
            wholes.append(float(heads.whole(x[0])[0]))
    return Seen({e: torch.stack(rows).logsumexp(0) for e, rows in odds.items()}, wholes[0], max(told))


def compare(corpus: Sequence[reading.Parsed], seen: Sequence[Seen]) -> None:
    """Print what words, the encoder and both are worth, each document judged by what never saw it."""
    made = reading.examples(corpus)
    crossed, _ = reading.crossed(made, len(corpus))
    rows, entity = [], dict.fromkeys(range(len(corpus)), -1)
    for e in made.entities:
        entity[e.number] += 1
        if e.relevant and entity[e.number] in seen[e.number].roles:
            block = reading.block(e.number, len(corpus))
            told = crossed[block].models["roles"].scores(e.cues)
            rows.append((block, e.roles, told, seen[e.number].roles[entity[e.number]]))
    for place, role in enumerate(labels.ROLES):
        used = [
            (b, roles[role] == 1.0, told[role], float(odds[place]))
            for b, roles, told, odds in rows
            if roles[role] != 0.5
        ]
        blocks, truth, *both = (np.array(column) for column in zip(*used, strict=True))
        joined = np.zeros(len(used))
        for left in set(blocks.tolist()):
            here = blocks == left
            weighed = LogisticRegression().fit(np.stack(both, 1)[~here], truth[~here])
            joined[here] = weighed.decision_function(np.stack(both, 1)[here])
        worth = [average_precision_score(truth, scores) for scores in (*both, joined)]
        print(f"{role:7} words {worth[0]:.3f}  encoder {worth[1]:.3f}  both {worth[2]:.3f}")
    relevant = [bool(one.row["templates"]) for one in corpus]
    scores = [one.report + one.surest for one in seen]
    print(f"relevant reports: area under the curve {roc_auc_score(relevant, scores):.3f}")


def main() -> None:
    """Train without each half, and compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", type=Path)
    parser.add_argument("minilm", type=Path)
    parser.add_argument("--cache", type=Path, default=ROOT / "training" / ".cache")
    parser.add_argument("--onnx", type=Path)
    args = parser.parse_args()
    args.cache.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    weights = args.minilm / "model.safetensors"
    tokenizer = Tokenizer.from_file(str(args.minilm / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    corpus = reading.parsed(args.documents, args.cache / f"{args.documents.stem}.parsed")
    taught = [lessons(one, tokenizer) for one in corpus]
    bert = model.Bert(weights)
    held = [frozen(bert, some) for some in taught]
    half = [i * FOLDS // len(corpus) for i in range(len(corpus))]
    parts = []
    for left in range(FOLDS):
        others = [i for i in range(len(corpus)) if half[i] != left]
        parts.append(train(weights, [one for i in others for one in taught[i]], [x for i in others for x in held[i]]))
    compare(corpus, [see(parts[half[i]], taught[i], held[i]) for i in range(len(corpus))])
    if args.onnx:
        model.write(args.onnx, parts)


if __name__ == "__main__":
    main()
