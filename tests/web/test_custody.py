"""The custody page: the head, what stamped it, the latest events; and the same as JSON."""

import json
from typing import Any

from corrobora.model import Anchor
from corrobora.project import Project


def test_the_head_and_the_events_are_shown(visitor: Any, project: Project) -> None:
    page = visitor.get("/custody")
    assert page.status == 200
    root = project.head().note.splitlines()[2]
    assert root in page.text.replace("&#43;", "+").replace("&#61;", "=")
    assert "none: nobody was asked" in page.text
    assert "not yet: corrobora verify" in page.text
    assert ">Custody</a>" in page.text


def test_the_twin_says_the_same(visitor: Any, project: Project) -> None:
    told = json.loads(visitor.get("/custody.json").text)
    assert told["head"] == project.head().note
    assert told["total"] == len(project.log().events)
    assert told["events"][0]["position"] == told["total"] - 1
    assert told["anchors"] == []
    assert told["verified"] is None
    assert {"what", "at", "who", "software", "about", "rows"} <= set(told["events"][0])


def test_what_authorities_said_and_the_last_verification_are_shown(visitor: Any, project: Project) -> None:
    head = project.head()
    project.store.put_anchor(
        Anchor(head.size, "https://tsa.example/<b>", "failed", "2031-01-01", head.note, reason="did not answer")
    )
    project.store.log("verify")
    page = visitor.get("/custody").text
    assert "failed" in page
    assert "did not answer" in page
    assert "https://tsa.example/&lt;b&gt;" in page
    assert "not yet: corrobora verify" not in page
    told = json.loads(visitor.get("/custody.json").text)
    assert told["anchors"][0]["state"] == "failed"
    assert told["verified"]


def test_long_logs_are_paged(visitor: Any, project: Project) -> None:
    for number in range(130):
        project.store.log("export", [("to", str(number))])
    first, second = (json.loads(visitor.get(f"/custody.json?page={n}").text)["events"] for n in (1, 2))
    assert len(first) == 100
    assert first[-1]["position"] - 1 == second[0]["position"]
