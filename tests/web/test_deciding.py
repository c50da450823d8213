"""Decisions by the forms of the pages."""

from types import ModuleType
from typing import Any

import pytest
from lxml import html
from starlette.datastructures import FormData

from corrobora.model import Claim
from corrobora.project import Project
from corrobora.web.forms import corrections, read_preferences, safe_back


@pytest.fixture
def claim(project: Project, made: ModuleType) -> Claim:
    return next(r.claim for r in project.record().readings if r.claim.quote == made.KILLED)


def filled(visitor: Any, claim: Claim) -> dict[str, str]:
    """Return the form that corrects a claim, as a browser would send it untouched."""
    page = html.fromstring(visitor.get(f"/claims/{claim.id}").text)
    (form,) = [f for f in page.forms if f.get("aria-label") == "Correct this claim"]
    return {k: v or "" for k, v in form.fields.items()}


def test_accepting_is_one_post_that_leads_back(visitor: Any, project: Project, claim: Claim) -> None:
    answer = visitor.decide("accept", claim.id, back=f"/claims/{claim.id}", reason="read it twice")
    assert (answer.status, answer.headers["location"]) == (303, f"/claims/{claim.id}")
    (decision,) = project.record().decisions
    assert (decision.verdict, decision.subjects, decision.reason) == ("accept", (claim.id,), "read it twice")
    page = visitor.get(f"/claims/{claim.id}").text
    assert "Accepted" in page
    assert "read it twice" in page
    assert visitor.get("/claims.json?decided=accepted").json["total"] >= 1


def test_a_correction_stands_beside_what_the_machine_read(visitor: Any, project: Project, claim: Claim) -> None:
    form = filled(visitor, claim) | {"high": "12", "speaker": "Dr Vela", "earliest": "2031-05-03", "reason": "misread"}
    answer = visitor.post("/decide", form | {"verdict": "correct"})
    assert answer.status == 303, answer.text
    (decision,) = project.record().decisions
    assert dict(decision.values) == {
        "figure": '{"low": 11, "high": 12, "qualifier": "exact"}',
        "speaker": "Dr Vela",
        "earliest": "2031-05-03",
    }
    page = html.fromstring(visitor.get(f"/claims/{claim.id}").text)
    rows = {r.xpath("string(th)").strip(): r for r in page.xpath("//table[contains(@class, 'parts')]/tbody/tr")}
    assert rows["Count"].xpath("string(td[@data-label='The machine read'])") == "11"
    assert rows["Count"].xpath("string(td[@data-label='Decided'])") == "11–12"
    assert "3–4 May 2031" in rows["Period"].text_content()
    assert "Dr Vela" in visitor.get("/claims").text
    assert "11–12" in visitor.get("/decisions").text


def test_a_form_sent_untouched_changes_nothing(visitor: Any, project: Project, claim: Claim) -> None:
    answer = visitor.post("/decide", filled(visitor, claim) | {"verdict": "correct"})
    assert answer.status == 400
    assert "correction without a value" in answer.text
    assert project.record().decisions == ()


def test_rejecting_and_undoing(visitor: Any, project: Project, claim: Claim) -> None:
    visitor.decide("reject", claim.id)
    assert claim.id not in {r.claim.id for r in project.record().readings}
    page = visitor.get(f"/claims/{claim.id}")
    assert page.status == 200
    assert "Rejected" in page.text
    assert f"card-{claim.id}" in visitor.get(f"/documents/{claim.document}").text
    rejected = visitor.get("/claims?decided=rejected").text
    assert f"/claims/{claim.id}" in rejected
    (decision,) = project.record().decisions
    visitor.decide("undo", [], standing=decision.id)
    assert claim.id in {r.claim.id for r in project.record().readings}
    assert "undone" in visitor.get(f"/claims/{claim.id}").text
    assert len(project.record().decisions) == 2


def test_a_script_gets_the_card_and_what_to_say(visitor: Any, claim: Claim) -> None:
    answer = visitor.decide("accept", claim.id, script="true")
    assert answer.status == 200
    (card,) = html.fragments_fromstring(answer.text)
    assert (card.tag, card.get("id")) == ("article", f"card-{claim.id}")
    assert card.get("data-told") == "Accepted. 3 left to decide in this document."
    assert card.xpath(".//button[@value='undo']")


def test_a_script_is_told_of_a_mistake(visitor: Any) -> None:
    answer = visitor.decide("accept", "c_nothing", script="true")
    assert answer.status == 404
    assert answer.headers["hx-retarget"] == "#notice"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"verdict": "believe"}, "is no verdict"),
        ({"verdict": "correct", "low": "ten", "was_low": "11"}, "is not a whole number"),
        ({"verdict": "correct", "low": "20", "was_low": "11", "high": "11"}, "runs downwards"),
        ({"verdict": "correct", "earliest": "soon", "was_earliest": ""}, "is not a day"),
        ({"verdict": "accept", "reason": "x" * 2001}, "more than 2000 characters"),
        ({"verdict": "same"}, "two different"),
    ],
)
def test_a_mistake_is_answered_with_what_to_do(
    visitor: Any, project: Project, claim: Claim, fields: dict[str, str], words: str
) -> None:
    form = {"form_token": visitor.form_token(), "subject": claim.id} | fields
    answer = visitor.post("/decide", form)
    assert answer.status == 400
    assert words in answer.text
    assert project.record().decisions == ()


def test_two_accounts_can_be_parted_and_two_incidents_joined(visitor: Any, project: Project, made: ModuleType) -> None:
    record = project.record()
    shelling = next(i for i in record.incidents if i.act == "shelling")
    ambush = next(i for i in record.incidents if i.act == "ambush")
    visitor.decide("same", [shelling.id, ambush.id], reason="the driver spoke of Karvel")
    together = next(i for i in project.record().incidents if set(ambush.claims) <= set(i.claims))
    assert set(shelling.claims) <= set(together.claims)
    assert "the driver spoke of Karvel" in visitor.get(f"/incidents/{together.id}").text
    lone = next(r.claim.id for r in record.readings if r.claim.quote == made.DRIVER)
    visitor.decide("undo", [], standing=project.record().decisions[0].id)
    assert any(i.claims == (lone,) for i in project.record().incidents)


def test_decisions_are_signed_with_the_kept_name(visitor: Any, project: Project, claim: Claim) -> None:
    kept = {"form_token": visitor.form_token(), "who": "Zoë Ōta; x", "theme": "dark", "keys": "off", "back": "/help"}
    answer = visitor.post("/preferences", kept)
    assert answer.headers["location"] == "/help"
    page = visitor.get("/help").text
    assert '<html lang="en" data-theme="dark">' in page
    assert 'data-keys="off"' in page
    visitor.decide("accept", claim.id)
    assert project.record().decisions[0].who == "Zoë Ōta; x"


def test_orphaned_decisions_are_shown(visitor: Any, project: Project, made: ModuleType) -> None:
    alone = next(r.claim for r in project.record().readings if r.claim.quote == made.DRIVER)
    visitor.decide("accept", alone.id, reason="heard it")
    with project.store._write("state") as db:
        db.execute("DELETE FROM reading WHERE claim = ?", (alone.id,))
    project.link()
    assert "no longer read as a claim" in visitor.get("/").text
    assert made.DRIVER in visitor.get("/decisions").text
    assert len(visitor.get("/decisions.json").json["orphaned"]) == 1


@pytest.mark.parametrize("back", ["https://evil.test/", "//evil.test", "/\\evil.test", "evil", "/a\r\nX: y", ""])
def test_a_form_never_leads_away(back: str) -> None:
    assert safe_back(FormData({"back": back})) == "/"


def test_figures_take_the_qualifier_that_fits() -> None:
    was = {"was_low": "5", "was_high": "5", "was_qualifier": "exact"}
    told = {"low": "5", "high": "5", "qualifier": "exact"}
    cases = {
        '{"low": 5, "high": null, "qualifier": "at_least"}': {"high": ""},
        '{"low": null, "high": 5, "qualifier": "at_most"}': {"low": ""},
        '{"low": null, "high": null, "qualifier": "none"}': {"low": "", "high": ""},
        '{"low": 5, "high": 5, "qualifier": "about"}': {"qualifier": "about"},
        '{"low": 0, "high": 5, "qualifier": "exact"}': {"low": "0"},
    }
    for expected, change in cases.items():
        assert corrections(was | told | change) == {"figure": expected}


def test_preferences_that_make_no_sense_are_ignored() -> None:
    assert read_preferences({"corrobora_theme": "<b>", "corrobora_keys": "?"}).theme == ""
    assert read_preferences({}).keys == "on"
