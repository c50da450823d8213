"""Linear models: sums of named weights, read from and written to a file."""

import gzip
from math import isclose
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrobora import linear
from corrobora.errors import BadInput
from corrobora.linear import Linear, Weights

CUES = st.frozensets(st.sampled_from(["a", "b", "c", "d"]))
NUMBERS = st.floats(-50, 50).map(lambda x: round(x, 3))
ROWS = st.dictionaries(st.sampled_from(["a", "b", "c", "d"]), st.tuples(NUMBERS, NUMBERS))
MODELS = st.builds(Linear, st.just(("no", "yes")), st.tuples(NUMBERS, NUMBERS), ROWS, st.booleans())


def test_a_score_is_the_sum_of_the_weights_of_what_holds() -> None:
    model = Linear(("x", "y"), (1.0, 0.0), {"a": (2.0, -1.0), "b": (0.5, 4.0)}, exclusive=False)
    assert model.scores({"a", "b", "unknown"}) == {"x": 3.5, "y": 3.0}
    assert model.scores(set()) == {"x": 1.0, "y": 0.0}


def test_exclusive_classes_share_one_probability() -> None:
    model = Linear(("x", "y", "z"), (0.0, 0.0, 0.0), {"a": (3.0, 0.0, 0.0)}, exclusive=True)
    assert model.best({"a"})[0] == "x"
    assert isclose(model.probabilities(set())["z"], 1 / 3)


def test_other_classes_stand_alone() -> None:
    model = Linear(("x", "y"), (0.0, 0.0), {"a": (9.0, 9.0)}, exclusive=False)
    found = model.probabilities({"a"})
    assert min(found.values()) > 0.99


@given(MODELS, CUES)
def test_probabilities_are_probabilities(model: Linear, cues: frozenset[str]) -> None:
    found = model.probabilities(cues)
    assert all(0 <= p <= 1 for p in found.values())
    assert not model.exclusive or isclose(sum(found.values()), 1)


@given(MODELS, CUES)
def test_the_best_class_has_the_highest_score(model: Linear, cues: frozenset[str]) -> None:
    limit = 1e9 if model.exclusive else 30  # classes that stand alone are as good as certain beyond it
    scores = {name: max(-limit, min(limit, score)) for name, score in model.scores(cues).items()}
    name, _ = model.best(cues)
    assert isclose(scores[name], max(scores.values()))


@given(MODELS, CUES)
def test_more_of_a_cue_that_speaks_for_a_class_never_lowers_it(model: Linear, cues: frozenset[str]) -> None:
    for cue, weights in model.weights.items():
        if weights[1] >= 0:
            assert model.scores(cues | {cue})["yes"] >= model.scores(cues - {cue})["yes"] - 1e-9


@given(st.dictionaries(st.sampled_from(["m", "n"]), MODELS), st.dictionaries(st.sampled_from(["p"]), NUMBERS))
def test_what_is_written_is_what_is_read(
    tmp_path_factory: pytest.TempPathFactory, models: dict[str, Linear], numbers: dict[str, float]
) -> None:
    path = tmp_path_factory.mktemp("weights") / "weights.json.gz"
    weights = Weights("one", models, numbers)
    linear.write(path, weights)
    assert linear.read(path) == weights


def test_the_same_weights_give_the_same_bytes(tmp_path: Path) -> None:
    weights = Weights("one", {"m": Linear(("x",), (0.25,), {"b": (1.0,), "a": (2.0,)}, exclusive=False)}, {"p": 0.5})
    again = Weights("one", {"m": Linear(("x",), (0.25,), {"a": (2.0,), "b": (1.0,)}, exclusive=False)}, {"p": 0.5})
    linear.write(tmp_path / "a", weights)
    linear.write(tmp_path / "b", again)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


@pytest.mark.parametrize(
    "data",
    [b"", b"no gzip", gzip.compress(b"no json"), gzip.compress(b"[]"), gzip.compress(b'{"models": {"m": {}}}')],
    ids=["empty", "no gzip", "no json", "no map", "no model"],
)
def test_a_damaged_file_is_no_model_that_knows_nothing(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "weights.json.gz"
    path.write_bytes(data)
    with pytest.raises(BadInput, match="holds no weights"):
        linear.read(path)


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as raised:
        linear.read(tmp_path / "none.json.gz")
    assert raised.value.hint


def test_the_strongest_cues_come_first() -> None:
    model = Linear(("x", "y"), (0.0, 0.0), {"a": (0.1, 5.0), "b": (-3.0, 0.0), "c": (1.0, 0.0)}, exclusive=True)
    assert linear.top(model, "x", {"a", "b", "c", "unknown"}) == [("b", -3.0), ("c", 1.0), ("a", 0.1)]
    assert linear.top(model, "y", ["a", "a"], most=1) == [("a", 5.0)]
