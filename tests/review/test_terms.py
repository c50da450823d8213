import tomllib
from importlib import resources

from corrobora.review import values
from corrobora.review.figures import RULES


def test_the_values_that_can_be_corrected_are_the_fixed_terms() -> None:
    terms = tomllib.loads(resources.files("corrobora.model").joinpath("terms.toml").read_text(encoding="utf-8"))
    assert frozenset(terms["harm"]) == values.HARMS
    assert frozenset(terms["scope"]) == values.SCOPES
    assert frozenset(terms["qualifier"]) == values.QUALIFIERS
    assert frozenset(terms["victim_class"]) == values.VICTIM_CLASSES
    assert frozenset(terms["place_precision"]) == values.PRECISIONS


def test_every_rule_names_itself_and_its_source() -> None:
    for name, (rule, _) in RULES.items():
        assert rule.__doc__ is not None
        assert rule.__doc__.startswith(f"'{name}'")
