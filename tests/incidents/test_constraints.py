from datetime import UTC, datetime, timedelta

from corrobora.incidents.constraints import constraints
from corrobora.model import Decision, Incident, content_id

KNOWN = {name: f"quote of {name}" for name in ("c_1", "c_2", "c_3", "c_4")}


def decided(number: int, verdict: str, *subjects: str, supersedes: str = "", quotes: tuple[str, ...] = ()) -> Decision:
    at = datetime(2031, 5, 4, tzinfo=UTC) + timedelta(minutes=number)
    return Decision(f"x_{number}", at, "Ada", verdict, subjects, (), "", supersedes, quotes)


def incident(name: str, *claims: str, once: tuple[str, ...] = ()) -> Incident:
    return Incident(name, "shooting", claims, (), None, None, (), (), once)


def test_same_joins_claims_through_others() -> None:
    found = constraints([decided(1, "same", "c_1", "c_2"), decided(2, "same", "c_2", "c_3")], (), KNOWN)
    assert found.groups(["c_1"]) == found.groups(["c_3"]) != frozenset()
    assert found.groups(["c_4"]) == frozenset()


def test_not_same_keeps_the_groups_apart() -> None:
    found = constraints([decided(1, "same", "c_1", "c_2"), decided(2, "not_same", "c_2", "c_3")], (), KNOWN)
    assert found.forbid(found.groups(["c_1"]), found.groups(["c_3"]))
    assert not found.forbid(found.groups(["c_1"]), found.groups(["c_4"]))


def test_an_undone_decision_does_not_count() -> None:
    taken = [decided(1, "same", "c_1", "c_2"), decided(2, "undo", "x_1", supersedes="x_1")]
    assert constraints(taken, (), KNOWN).group == {}
    again = [*taken, decided(3, "undo", "x_2", supersedes="x_2")]
    assert constraints(again, (), KNOWN).groups(["c_1", "c_2"]) != frozenset()


def test_of_two_that_contradict_each_other_the_later_holds() -> None:
    apart = constraints([decided(1, "same", "c_1", "c_2"), decided(2, "not_same", "c_1", "c_2")], (), KNOWN)
    assert apart.forbid(apart.groups(["c_1"]), apart.groups(["c_2"]))
    joined = constraints([decided(1, "not_same", "c_1", "c_2"), decided(2, "same", "c_1", "c_2")], (), KNOWN)
    assert joined.groups(["c_1"]) == joined.groups(["c_2"])


def test_an_incident_stands_for_its_claims() -> None:
    before = [incident("i_a", "c_1", "c_2"), incident("i_b", "c_3")]
    found = constraints([decided(1, "not_same", "i_a", "i_b")], before, KNOWN)
    assert found.forbid(found.groups(["c_2"]), found.groups(["c_3"]))


def test_incidents_that_are_one_by_now_are_parted_by_the_claims_that_named_them() -> None:
    names = content_id("i", "c_1"), content_id("i", "c_3")
    merged = [incident(names[0], "c_1", "c_2", "c_3", once=(names[1],))]
    found = constraints([decided(1, "not_same", *names)], merged, KNOWN)
    assert found.forbid(found.groups(["c_1"]), found.groups(["c_3"]))
    assert found.groups(["c_2"]) == frozenset()


def test_an_incident_id_holds_without_any_previous_run() -> None:
    found = constraints([decided(1, "same", content_id("i", "c_1"), content_id("i", "c_3"))], (), KNOWN)
    assert found.groups(["c_1"]) == found.groups(["c_3"])


def test_a_claim_whose_id_changed_is_found_by_its_words() -> None:
    taken = [decided(1, "same", "c_old", "c_2", quotes=("quote of c_1", "quote of c_2"))]
    found = constraints(taken, (), KNOWN)
    assert found.groups(["c_1"]) == found.groups(["c_2"]) != frozenset()


def test_decisions_about_claims_that_are_gone_do_no_harm() -> None:
    assert constraints([decided(1, "same", "c_9", "c_8"), decided(2, "accept", "c_1")], (), KNOWN).apart == set()
