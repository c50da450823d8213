"""A worker may crash, hang or eat memory: it costs its own item alone."""

import os
import time
from collections.abc import Callable

import pytest

from corrobora import run
from corrobora.errors import BadInput, CorroboraError, Refused


def behave(item: str) -> str:
    if item == "crash":
        os._exit(3)
    if item == "hang":
        time.sleep(60)
    if item == "eat":
        return str(len(bytearray(3 << 30)))
    if item == "deep":
        raise RecursionError
    if item == "known":
        raise BadInput("no", hint="do that")
    if item == "fault":
        raise ValueError("odd")
    return item.upper()


def room() -> Callable[[str], str]:
    return behave


def test_here_keeps_order_and_turns_faults_into_results() -> None:
    results = list(run.here(room, ["a", "known", "fault", "b"]))
    assert [item for item, _ in results] == ["a", "known", "fault", "b"]
    assert results[0][1] == "A"
    known, fault = results[1][1], results[2][1]
    assert isinstance(known, BadInput)
    assert known.hint == "do that"
    assert isinstance(fault, CorroboraError)
    assert "ValueError: odd" in str(fault)


def test_workers_give_every_item_one_result() -> None:
    items = [f"i{n}" for n in range(23)]
    results = dict(run.workers(room, items, 2))
    assert results == {item: item.upper() for item in items}


def test_a_bad_item_costs_itself_alone() -> None:
    items = ["a", "crash", "b", "hang", "c", "eat", "d", "known", "e"]
    results = dict(run.workers(room, items, 2, run.Limit(memory_mb=700, seconds=1.5)))
    assert set(results) == set(items)
    assert [results[i] for i in "abcde"] == list("ABCDE")
    assert isinstance(results["hang"], Refused)
    assert "longer than 1.5 s" in str(results["hang"])
    assert isinstance(results["eat"], Refused)
    assert "memory" in str(results["eat"])
    assert isinstance(results["crash"], BadInput)
    known = results["known"]
    assert isinstance(known, BadInput)
    assert known.hint == "do that"


def no_room() -> Callable[[str], str]:
    raise BadInput("there is no model", hint="install it")


def test_a_room_that_cannot_start_is_said_once() -> None:
    with pytest.raises(BadInput, match="there is no model"):
        list(run.workers(no_room, ["a", "b", "c"], 2))


def test_nothing_to_do_starts_nothing() -> None:
    assert list(run.workers(room, [], 2)) == []


def test_workers_end_when_the_caller_stops() -> None:
    results = run.workers(room, ["a", "b", "hang"], 1)
    assert next(results) == ("a", "A")
    started = time.monotonic()
    results.close()  # type: ignore[attr-defined]  # a generator
    assert time.monotonic() - started < 10


@pytest.mark.parametrize("error", [BadInput("what", hint="how"), Refused("what", hint="how")])
def test_errors_survive_the_way_between_processes(error: CorroboraError) -> None:
    import pickle  # noqa: PLC0415

    again = pickle.loads(pickle.dumps(error))  # noqa: S301
    assert (type(again), str(again), again.hint) == (type(error), "what", "how")
