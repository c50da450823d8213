"""MiniLM-L6 in PyTorch, with heads for sentences, reports and mentions, its loss, and its export to 8-bit ONNX."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

WIDTH, ATTENTION, LAYERS = 384, 12, 6
FROZEN = 3  # layers that stay as they are: what they make of a text is worked out once
DROPOUT = 0.1
ROLES = ("victim", "doer", "org", "target", "weapon", "place")
KINDS = ("incident", "attack", "bombing", "kidnapping", "arson", "robbery")
FIRST, LAST = 101, 102  # the marks at the ends of what the encoder reads
WINDOW, LONGEST = 300, 508  # word pieces that are read together, and those that can be at all without the two marks


@dataclass(frozen=True, slots=True)
class Window:
    """Whole sentences as word pieces, `pieces`, with the marks at both ends.

    `sentences` are (first token, first piece, end), the pieces counted from the mark on.
    """

    pieces: tuple[int, ...]
    sentences: tuple[tuple[int, int, int], ...]


def windows(pieces: Sequence[int], words: Sequence[int], sentences: Sequence[tuple[int, int]]) -> list[Window]:
    """Divide a text into windows of whole sentences of about equal length; a sentence longer than all is cut off.

    `pieces` are the numbers of its word pieces, `words` the token of each, `sentences` the tokens (start, end) of each.
    """
    starts, ends = ({word: at for at, word in rows} for rows in (reversed([*enumerate(words)]), enumerate(words, 1)))
    goal = len(pieces) / max(1, ceil(len(pieces) / WINDOW))
    groups: list[list[tuple[int, int, int]]] = []
    for start, end in sentences:
        held = [word for word in range(start, end) if word in starts]
        if not held:
            continue
        first, last = starts[held[0]], ends[held[-1]]
        opened = groups[-1][0][1] if groups else 0
        if not groups or last - opened > WINDOW * 1.2 or first - opened >= goal:
            groups.append([])
        groups[-1].append((start, first, last))
    return [_window(pieces, group) for group in groups]


def _window(pieces: Sequence[int], group: Sequence[tuple[int, int, int]]) -> Window:
    low, high = group[0][1], min(group[-1][2], group[0][1] + LONGEST)
    inside = tuple((token, a - low + 1, min(b, high) - low + 1) for token, a, b in group if a < high)
    return Window((FIRST, *pieces[low:high], LAST), inside)


@dataclass(frozen=True, slots=True)
class Lesson:
    """A window with what the keys say of it.

    `mentions` are the (first piece, end, piece of its head) of each mention in it, `entities` their entities; `roles`
    give 1, 0 or .5 (not used) for each entity and role; `templates` are those that each mention's entity is a victim or
    target of, `told` the kinds of each sentence, `whole` those of the report; `first`: the report begins with it.
    """

    window: Window
    mentions: tuple[tuple[int, int, int], ...]
    entities: tuple[int, ...]
    roles: Mapping[int, tuple[float, ...]]
    templates: tuple[frozenset[int], ...]
    told: tuple[tuple[float, ...], ...]
    whole: tuple[float, ...]
    first: bool

    @property
    def relevant(self) -> bool:
        """Whether the report tells of a reportable incident."""
        return bool(self.whole[0])


class Layer(nn.Module):
    """One layer of BERT, with weights by their names in `known`."""

    def __init__(self, known: Mapping[str, Tensor], number: int) -> None:
        super().__init__()
        self._known, self._at = known, f"encoder.layer.{number}."
        names = ("self.query", "self.key", "self.value", "output.dense")
        self.query, self.key, self.value, self.out = (self._linear(f"attention.{name}") for name in names)
        self.wide, self.narrow = self._linear("intermediate.dense"), self._linear("output.dense")
        self.first, self.second = (
            norm(known, self._at + n) for n in ("attention.output.LayerNorm", "output.LayerNorm")
        )
        self.drop = nn.Dropout(DROPOUT)
        del self._known

    def _linear(self, name: str) -> nn.Linear:
        weight, bias = (self._known[f"{self._at}{name}.{part}"] for part in ("weight", "bias"))
        made = nn.Linear(weight.shape[1], weight.shape[0])
        made.weight.data, made.bias.data = weight.clone(), bias.clone()
        return made

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """What the layer makes of (texts, pieces, width)."""
        texts, pieces, _ = x.shape
        heads = [f(x).view(texts, pieces, ATTENTION, -1).transpose(1, 2) for f in (self.query, self.key, self.value)]
        seen = functional.scaled_dot_product_attention(*heads, attn_mask=mask).transpose(1, 2).reshape(x.shape)
        x = self.first(x + self.drop(self.out(seen)))
        return self.second(x + self.drop(self.narrow(functional.gelu(self.wide(x)))))


def norm(known: Mapping[str, Tensor], name: str) -> nn.LayerNorm:
    """A normalising layer with the weights of that name."""
    made = nn.LayerNorm(WIDTH, eps=1e-12)
    made.weight.data, made.bias.data = known[f"{name}.weight"].clone(), known[f"{name}.bias"].clone()
    return made


class Bert(nn.Module):
    """MiniLM-L6 from the file of its weights."""

    def __init__(self, weights: Path) -> None:
        super().__init__()
        known = load_file(weights)
        self.words = nn.Embedding.from_pretrained(known["embeddings.word_embeddings.weight"])
        places = known["embeddings.position_embeddings.weight"] + known["embeddings.token_type_embeddings.weight"][0]
        self.places = nn.Embedding.from_pretrained(places)
        self.norm = norm(known, "embeddings.LayerNorm")
        self.layers = nn.ModuleList(Layer(known, number) for number in range(LAYERS))

    def lower(self, pieces: Tensor, mask: Tensor | None = None) -> Tensor:
        """What the frozen layers make of (texts, pieces)."""
        x = self.norm(self.words(pieces) + self.places.weight[: pieces.shape[1]])
        for layer in self.layers[:FROZEN]:
            x = layer(x, mask)
        return x

    def upper(self, x: Tensor, mask: Tensor | None = None) -> Tensor:
        """What the trained layers make of that."""
        for layer in self.layers[FROZEN:]:
            x = layer(x, mask)
        return x


def _head(width: int, middle: int, out: int) -> nn.Sequential:
    return nn.Sequential(nn.Linear(width, middle), nn.GELU(), nn.Dropout(DROPOUT), nn.Linear(middle, out))


class Heads(nn.Module):
    """What is asked: roles of mentions, kinds of sentences and of reports, whether two mentions share an event."""

    def __init__(self) -> None:
        super().__init__()
        self.roles, self.told = _head(2 * WIDTH, 192, len(ROLES)), _head(WIDTH, 128, len(KINDS))
        self.whole = nn.Linear(WIDTH, len(KINDS))
        self.event, self.same = nn.Linear(2 * WIDTH, 96), _head(192, 48, 1)


def spans(x: Tensor, starts: Tensor, ends: Tensor) -> Tensor:
    """The mean of `x` (pieces, width) over each span."""
    sums = torch.cat([torch.zeros(1, WIDTH), x.cumsum(0)])
    return (sums[ends] - sums[starts]) / (ends - starts).unsqueeze(1)


def loss(x: Tensor, lesson: Lesson, heads: Heads) -> Tensor:
    """How far the heads are from what the keys say of a window, given its `x` (pieces, width)."""
    off = functional.binary_cross_entropy_with_logits
    marks = torch.tensor(lesson.window.sentences)
    total = (1.0 if lesson.first else 0.25) * off(heads.whole(x[0]), torch.tensor(lesson.whole))
    total = total + off(heads.told(spans(x, marks[:, 1], marks[:, 2])), torch.tensor(lesson.told))
    if lesson.relevant and lesson.mentions:
        at = torch.tensor(lesson.mentions)
        found = torch.cat([spans(x, at[:, 0], at[:, 1]), x[at[:, 2]]], 1)
        total = total + 3.0 * _role_loss(heads.roles(found), lesson) + 0.5 * _event_loss(found, lesson, heads)
    return total


def _role_loss(scores: Tensor, lesson: Lesson) -> Tensor:
    """Over entities: the odds of a role are the sum of the odds of its mentions."""
    known = sorted(set(lesson.entities))
    rows = [[i for i, e in enumerate(lesson.entities) if e == entity] for entity in known]
    odds = torch.stack([scores[row].logsumexp(0) for row in rows])
    truth = torch.tensor([lesson.roles[entity] for entity in known])
    used = (truth != 0.5).float()
    each = functional.binary_cross_entropy_with_logits(odds, (truth == 1.0).float(), reduction="none")
    return (each * used).sum() / used.sum().clamp(min=1)


def _event_loss(found: Tensor, lesson: Lesson, heads: Heads) -> Tensor:
    """Over pairs of victims and targets: whether they share a template."""
    held = [i for i, templates in enumerate(lesson.templates) if templates]
    if len(held) < 2:
        return torch.zeros(())
    events = heads.event(found[held])
    a, b = torch.triu_indices(len(held), len(held), 1)
    scores = heads.same(torch.cat([events[a] * events[b], (events[a] - events[b]).abs()], 1))[:, 0]
    shared = [float(bool(lesson.templates[held[i]] & lesson.templates[held[j]])) for i, j in zip(a, b, strict=True)]
    return functional.binary_cross_entropy_with_logits(scores, torch.tensor(shared))


def masked(lengths: Sequence[int]) -> Tensor:
    """The mask that keeps texts of these lengths from looking at what only fills their rows."""
    mask = torch.zeros(len(lengths), 1, 1, max(lengths))
    for row, length in enumerate(lengths):
        mask[row, ..., length:] = -1e9
    return mask


class _Reader(nn.Module):
    """Several trained encoders over the same frozen layers: the mean of their log-odds."""

    def __init__(self, trained: Sequence[tuple[Bert, Heads]]) -> None:
        super().__init__()
        self.berts = nn.ModuleList(bert for bert, _ in trained)
        self.heads = nn.ModuleList(heads for _, heads in trained)

    def forward(self, pieces: Tensor, opening: Tensor, closing: Tensor) -> tuple[Tensor, ...]:
        below = self.berts[0].lower(pieces)
        said = []
        for bert, heads in zip(self.berts, self.heads, strict=True):
            x = bert.upper(below)[0]
            said.append((heads.told(spans(x, opening, closing)), heads.whole(x[0])))
        return tuple(torch.stack(each).mean(0) for each in zip(*said, strict=True))


def write(path: Path, trained: Sequence[tuple[Bert, Heads]]) -> None:
    """Write encoders with their heads as one 8-bit ONNX, for one window at a time."""
    full = path.with_suffix(".full")
    example = tuple(torch.tensor(v) for v in ([[101, 2000, 2001, 102]], [1, 2], [2, 3]))
    many = {0: "sentences"}
    torch.onnx.export(
        _Reader(trained).eval(), example, str(full),
        input_names=["pieces", "opening", "closing"], output_names=["sentences", "document"],
        dynamic_axes={"pieces": {1: "pieces"}, "opening": many, "closing": many, "sentences": many},
        dynamo=False, opset_version=17,
    )  # fmt: skip
    quantize_dynamic(full, path, per_channel=True, reduce_range=True, weight_type=QuantType.QInt8)
    full.unlink()
    onnx.checker.check_model(onnx.load(path))


def batches(order: Sequence[int], lengths: Sequence[int], size: int) -> Iterator[list[int]]:
    """Batches of about equal length, from stretches of a shuffled order."""
    for start in range(0, len(order), size * 12):
        near = sorted(order[start : start + size * 12], key=lambda i: lengths[i])
        yield from (near[i : i + size] for i in range(0, len(near), size))
