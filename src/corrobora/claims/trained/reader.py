"""The reader with a trained part: the grammar's claims, and those of roles learned from coded reports.

Choose it with `reader = "trained"` under `[reading]` in `corrobora.toml`. It finds more of who did what to whom in old
wire copy, and it is less sure of figures than the grammar alone: see `docs/model_card.md`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files

from corrobora import linear
from corrobora.claims.page import Page
from corrobora.claims.reader import VERSION, Reader, open_reader
from corrobora.claims.syntax import between
from corrobora.claims.trained import telling
from corrobora.claims.trained.candidates import Entity, Mention, entities, mentions
from corrobora.claims.trained.cues import Cues, sentence_cues
from corrobora.claims.trained.telling import Cast
from corrobora.model import Claim
from corrobora.settings import Settings

WEIGHTS = "roles.json.gz"


class Roles:
    """Casts the mentions of a text by `weights`, and tells claims from them."""

    def __init__(self, weights: linear.Weights) -> None:
        self._models = weights.models
        self._least = _numbers(weights, "least.")
        self._beside = _numbers(weights, "beside.")

    def __call__(self, page: Page, read: Sequence[Claim]) -> Sequence[Claim]:
        """Give the grammar's claims and the trained ones, which take the place of those on the same victims."""
        found = mentions(page.doc)
        cues = Cues(page.doc, found, read, page.words)
        groups = entities(page.doc, found)
        scores = [self._models["roles"].probabilities(cues.entity(group)) for group in groups]
        cast = self._cast(page, found, groups, scores, cues)
        acts = {s.start: self._models["act"].best(sentence_cues(s, page.words))[0] for s in page.doc.sents}
        told = list(telling.claims(page, found, cast, acts, read))
        kept = [c for c in read if not any(_replaces(t, c) for t in told)]
        heads = {
            page.doc[found[i].head].idx: score
            for group, score in zip(groups, scores, strict=True)
            for i in group.mentions
        }
        return [*(_doubted(c, heads) for c in kept), *told]

    def _cast(
        self,
        page: Page,
        found: Sequence[Mention],
        groups: Sequence[Entity],
        scores: Sequence[Mapping[str, float]],
        cues: Cues,
    ) -> Mapping[int, Cast]:
        cast: dict[int, Cast] = {}
        for group, score in zip(groups, scores, strict=True):
            roles = self._roles(score)
            if roles:
                seen = cues.entity(group)
                harm = self._models["harm"].best(seen)[0] if "victim" in roles else ""
                effect = self._models["effect"].best(seen)[0] if "target" in roles else ""
                told = {i for i in group.mentions if cues.violent(found[i])} or set(group.mentions[:1])
                founds = any(p >= self._least.get(role, 0.5) for role, p in roles.items())
                cast |= dict.fromkeys(told, Cast(roles, harm, effect, _name(page, found, group), founds))
        return cast

    def _roles(self, scores: Mapping[str, float]) -> dict[str, float]:
        """The roles that are probable enough beside a surer one; further ones of the same thing only if likely.

        A sentence tells a claim where one of its roles reaches `least`; then those that reach `beside` are parts of it.
        """
        roles = {role: p for role, p in scores.items() if p >= self._beside.get(role, self._least.get(role, 0.5))}
        best = max(roles, key=lambda role: roles[role] / self._least.get(role, 0.5), default="")
        return {role: p for role, p in roles.items() if role == best or p > 0.5}


def _numbers(weights: linear.Weights, start: str) -> dict[str, float]:
    return {name.removeprefix(start): number for name, number in weights.numbers.items() if name.startswith(start)}


def _name(page: Page, found: Sequence[Mention], group: Entity) -> str:
    """The longest name of a person or body that the text gives an entity; '' for what only a noun describes."""
    spans = [between(page.doc, found[i].start, found[i].end) for i in group.mentions if found[i].named]
    names = [" ".join(page.text.text[start:end].split()) for start, end in spans]
    return max(names, key=lambda name: (len(name.split()), len(name)), default="")


def _doubted(claim: Claim, heads: Mapping[int, Mapping[str, float]]) -> Claim:
    """The grammar's claim, no surer than the models are that its victims, or the things it hit, are that."""
    parts = [("victim", claim.victims)] if claim.victims else [("target", target) for target in claim.targets]
    known = [
        scores[role] for role, part in parts if part for at, scores in heads.items() if part.start <= at < part.end
    ]
    return replace(claim, confidence=round(min(claim.confidence, max(known)), 2)) if known else claim


def _replaces(told: Claim, read: Claim) -> bool:
    if told.victims is None or read.victims is None:
        return told.victims is read.victims and told.start <= read.start < told.end
    return told.victims.start < read.victims.end and read.victims.start < told.victims.end


@cache
def shipped() -> linear.Weights:
    """Return the weights that come with the package."""
    return linear.read(files(__package__).joinpath(WEIGHTS))


def open_trained(settings: Settings, weights: linear.Weights | None = None) -> Reader:
    """Load the parser and the weights, once. Raises BadInput where either cannot be read.

    The weights were fitted with the default pipelines; with others they are worth less.
    """
    known = weights or shipped()
    return open_reader(settings, Roles(known), f"{VERSION}, roles {known.version}")
