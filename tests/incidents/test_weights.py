"""The weights of linking: a file with a version, read and written without loss."""

import pytest

from corrobora.errors import BadInput
from corrobora.incidents.weights import LEARNED_CUT, LEARNED_MISSING, Weights, learned, parsed, shipped, written


def test_the_shipped_weights_are_written_and_read_without_loss() -> None:
    assert parsed(written(shipped(), "shipped\nwith a note")) == shipped()


def test_more_in_common_never_weighs_less() -> None:
    fields = shipped().fields
    for field, levels in (("names", "123"), ("ages", "12"), ("streets", "12"), ("words", "0123456789")):
        weights = [fields[field][level] for level in levels]
        assert weights == sorted(weights), field
    assert fields["days"]["same"] > fields["days"]["next"] > fields["days"]["close"] > fields["days"]["apart"]
    assert fields["place"]["town"] > fields["place"]["near"] > fields["place"]["far"]
    assert fields["act"]["same"] > fields["act"]["other"]


def test_a_level_without_a_weight_falls_back_on_its_kind() -> None:
    weights = Weights("w", 0.0, 0.0, 0.0, 0.0, {"days": {"apart": -4.0, "apart 1": -2.0}})
    assert [weights.of("days", level) for level in ("apart 1", "apart 30", "same 1")] == [-2.0, -4.0, 0.0]
    assert weights.of("nothing", "1") == 0.0


def test_learned_weights_are_named_after_what_they_are() -> None:
    one = learned("em", 1.0, {"act": {"same": 1.0}}, shipped())
    other = learned("em", 1.0, {"act": {"same": 1.1}}, shipped())
    assert one.version.startswith("em w_")
    assert one.version != other.version
    assert one == learned("em", 1.0, {"act": {"same": 1.0}}, shipped())
    assert (one.cut, one.missing) == (LEARNED_CUT, LEARNED_MISSING)
    assert one.sure == shipped().sure


@pytest.mark.parametrize(
    "text",
    [
        "",
        "linking = 3",
        "[linking]\nversion = 1",
        "[[",
        '[linking]\nversion="a"\nprior="x"',
        '[linking]\nversion="a"\nprior=1\ncut=0\nmissing=0\nsure=0\n[usual]\nreports=inf',
        '[linking]\nversion="a"\nprior=1\ncut=0\nmissing=0\nsure=0\n[usual]\nreports=9\nwords=3',
    ],
)
def test_a_file_that_holds_no_weights_says_what_to_do(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        parsed(text)
    assert "corrobora link --learn" in caught.value.hint
