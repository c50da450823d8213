"""Each page and its JSON twin, on a project made by hand."""

import io
import re
import zipfile
from html.parser import HTMLParser
from types import ModuleType
from typing import Any

import pytest
from lxml import html

from corrobora import project as projects
from corrobora.project import Project
from corrobora.web import app
from corrobora.web.drawing import MENU
from corrobora.web.routes import PAGES

PLAIN = [address for address in PAGES if "{" not in address]


def ids(project: Project) -> dict[str, list[str]]:
    record = project.record()
    return {
        "/documents/{id}": [line.document.id for line in record.documents],
        "/claims/{id}": [r.claim.id for r in record.readings],
        "/claims/{id}/parse": [record.readings[0].claim.id],
        "/incidents/{id}": [i.id for i in record.incidents],
    }


def every(project: Project) -> list[str]:
    return PLAIN + [page.replace("{id}", id_) for page, some in ids(project).items() for id_ in some]


def by_file(project: Project, file: str) -> str:
    return next(line.document.id for line in project.record().documents if line.document.file == file)


def main(page: str) -> str:
    return " ".join(" ".join(html.fromstring(page).xpath("//main//text()")).split())


@pytest.fixture(scope="module")
def walked(read_only: Project, visits: Any) -> dict[str, Any]:
    """Return the answer of every page, asked once."""
    visitor = visits(read_only)
    return {address: visitor.get(address) for address in every(read_only)}


class Strict(HTMLParser):
    """Notes every attribute that a strict content policy would ignore, and every doubled id."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.ids: list[str] = []
        self.headings: list[int] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "style" or name.startswith("on"):
                self.faults.append(f"{tag} {name}")
            if name in ("src", "href", "action") and re.match("[a-z]+://|//", value or ""):
                self.faults.append(f"{tag} {name}={value}")
            if name == "id":
                self.ids.append(str(value))
        if tag == "style" or (tag == "script" and "src" not in dict(attrs)):
            self.faults.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))


def test_every_page_and_twin_answers(looker: Any, walked: dict[str, Any]) -> None:
    for address, page in walked.items():
        assert page.status == 200, address
        assert page.headers["content-type"].startswith("text/html")
        twin = looker.get(f"{address}.json")
        assert twin.status == 200, address
        assert twin.headers["content-type"] == "application/json"
        assert isinstance(twin.json, dict)
        assert f'href="{address}.json"' in page.text


def test_every_page_is_well_built(walked: dict[str, Any]) -> None:
    for address, page in walked.items():
        found = Strict(page.text)
        assert not found.faults, address
        assert len(found.ids) == len(set(found.ids)), address
        assert found.headings[0] == 1, address
        assert found.headings.count(1) == 1, address
        steps = zip(found.headings, found.headings[1:], strict=False)
        assert all(after <= before + 1 for before, after in steps), address


def test_an_incident_counts_its_outlets_as_its_grade_does(walked: dict[str, Any]) -> None:
    """A report whose outlet is not known adds none."""
    told = {a: main(p.text) for a, p in walked.items() if a.startswith("/incidents/")}
    both = [re.findall(r"(?:documents?|reports?) by (\d+) outlets?", words) for words in told.values()]
    assert both
    assert all(len(found) == 2 and found[0] == found[1] for found in both)


def test_every_link_leads_somewhere(looker: Any, walked: dict[str, Any]) -> None:
    pages = {address: html.fromstring(page.text) for address, page in walked.items()}
    addresses = {link for page in pages.values() for link in page.xpath("//a/@href")}
    for address in addresses:
        path, _, anchor = str(address).partition("#")
        if path and path not in pages:
            assert looker.get(path).status == 200, address
        if path in pages and anchor:
            assert pages[path].xpath("//*[@id=$anchor]", anchor=anchor), address


def test_the_overview_says_what_is_there_and_what_is_left(looker: Any) -> None:
    said = main(looker.get("/").text)
    assert "Ostran, May 2031" in said
    assert "12 claims of 12 are as the machine read them" in said
    assert "broken.pdf could not be read The file ends in the middle of a page." in said
    assert "huge.zip refused for safety It holds more than 20,000 entries." in said
    data = looker.get("/.json").json
    assert (data["documents"], data["claims"], data["undecided"]) == (8, 12, 12)
    assert [i["file"] for i in data["not_read"]] == ["broken.pdf", "huge.zip"]


def test_an_empty_project_teaches(tmp_path: Any, looker: Any) -> None:
    empty = projects.new(tmp_path / "empty")
    visitor = type(looker)(app(empty, "t"))
    visitor.get("/?token=t")
    assert "Give the command a folder of reports" in visitor.get("/").text
    for address in PLAIN:
        assert visitor.get(address).status == 200
        assert visitor.get(f"{address}.json").status == 200
    empty.store.close()


def test_a_document_marks_its_claims_and_lists_them(looker: Any, read_only: Project, made: ModuleType) -> None:
    document = by_file(read_only, "lantern.txt")
    page = html.fromstring(looker.get(f"/documents/{document}").text)
    claims = [r.claim for r in read_only.record().readings if r.claim.document == document]
    for claim in claims:
        marked = page.xpath("//mark[contains(concat(' ', @data-claims, ' '), $id)]", id=f" {claim.id} ")
        assert "".join(m.text_content() for m in marked) == claim.quote
        assert page.xpath("//*[@id=$id]", id=claim.id)
        assert page.xpath("//article[@id=$id]", id=f"card-{claim.id}")
    both = page.xpath("//mark[contains(@class, 'many')]")
    assert [m.text_content() for m in both] == [made.CHILDREN]
    shown = "".join(b.text_content() for b in page.xpath("//section[@class='text']/div"))
    assert "<script>alert(1)</script> tag & an ampersand" in shown


def test_hidden_deleted_and_surrounding_words_are_shown_as_such(looker: Any, read_only: Project) -> None:
    page = html.fromstring(looker.get(f"/documents/{by_file(read_only, 'lantern.txt')}").text)
    told = {b.xpath("string(span[@class='flag'])"): b.text_content() for b in page.xpath("//div[span[@class='flag']]")}
    assert told["deleted in the source"].endswith("A name was struck out here.")
    assert told["hidden in the source"].endswith("White words on white paper.")
    assert told["around the report"].endswith("More to read: recipes")
    assert "The two readers of this file disagree" in page.text_content()


def test_right_to_left_words_carry_their_own_direction(looker: Any, read_only: Project) -> None:
    page = html.fromstring(looker.get(f"/documents/{by_file(read_only, 'arabic.txt')}").text)
    blocks = page.xpath("//section[@class='text']/div")
    assert blocks
    assert {b.get("dir") for b in blocks} == {"auto"}
    assert "on or before 17 May 2031" in page.text_content()


def test_a_document_without_words_says_why(looker: Any, read_only: Project, made: ModuleType) -> None:
    document = by_file(read_only, "weather.txt")
    assert "No claim was found in it" in looker.get(f"/documents/{document}").text
    assert made.REPORTS[-1].title in looker.get(f"/documents/{document}").text


def test_a_claim_shows_words_values_rules_and_reasons(looker: Any, read_only: Project, made: ModuleType) -> None:
    claim = next(r.claim for r in read_only.record().readings if r.claim.quote == made.KILLED)
    page = html.fromstring(looker.get(f"/claims/{claim.id}").text)
    quoted = "".join(page.xpath("//span[contains(concat(' ', @class, ' '), ' quote ')]/text()"))
    assert quoted == claim.quote
    parts = {row.xpath("string(th)").strip(): row for row in page.xpath("//table[contains(@class, 'parts')]/tbody/tr")}
    assert parts["Count"].xpath("string(td/q)") == "eleven"
    assert "hand:number" in parts["Count"].text_content()
    assert "weekday, nearest past to publication" in parts["Period"].text_content()
    said = main(looker.get(f"/claims/{claim.id}").text)
    assert "Places considered, the best first the only place of that name" in said
    assert "Not said in it: perpetrator, target, instrument and evidence" in said
    assert "Karvel Hospital (“said”) The Lantern (the outlet)" in said


def test_claims_of_a_document_lead_to_each_other(looker: Any, read_only: Project) -> None:
    document = by_file(read_only, "lantern.txt")
    order = [a["claim"] for a in looker.get(f"/documents/{document}.json").json["claims"]]
    page = html.fromstring(looker.get(f"/claims/{order[1]}").text)
    assert page.xpath("//a[@data-key='k']/@href") == [f"/claims/{order[0]}"]
    assert page.xpath("//a[@data-key='j']/@href") == [f"/claims/{order[2]}"]


def test_an_incident_puts_disagreements_first_and_accounts_side_by_side(looker: Any, read_only: Project) -> None:
    incident = max(read_only.record().incidents, key=lambda i: len(i.claims))
    page = html.fromstring(looker.get(f"/incidents/{incident.id}").text)
    assert page.xpath("//h2")[0].text == "Where the accounts disagree"
    assert page.xpath("//div[@class='dispute']")
    rows = page.xpath("//table[contains(@class, 'accounts')]/tbody/tr")
    assert len(rows) == len(incident.claims)
    disputed = ["disputed" in (row.get("class") or "") for row in rows]
    assert disputed == sorted(disputed, reverse=True)
    assert any(disputed)
    for row in rows:
        assert row.xpath("td[@data-label='Said by']//strong")[0].text_content()
        assert "/documents/" in row.xpath("td[@data-label='Words']//a/@href")[0]
    assert "They count as one voice" in page.text_content()
    assert "It does not say what is true" in page.text_content()


def test_a_former_id_leads_to_the_incident(visitor: Any, project: Project) -> None:
    incident = max(project.record().incidents, key=lambda i: len(i.claims))
    claims = [r.claim.id for r in project.record().readings if r.claim.id in incident.claims]
    visitor.decide("not_same", claims[:2])
    now = project.record().incidents
    renamed = [(old, i.id) for i in now for old in i.previous_ids]
    for old, new in renamed:
        answer = visitor.get(f"/incidents/{old}")
        if old in {i.id for i in now}:  # one part keeps the id
            assert answer.status == 200
        else:
            assert answer.headers["location"] == f"/incidents/{new}"
    assert visitor.get("/incidents/i_never").status == 404


def test_the_map_has_areas_and_a_list(looker: Any) -> None:
    data = looker.get("/map.json").json
    (place,) = data["places"]
    assert (place["short"], place["radius_km"], len(place["incidents"])) == ("Karvel", 6.0, 2)
    assert len(data["without_a_point"]) == 1
    said = main(looker.get("/map").text)
    assert "Karvel, Ostran, XO town, within about 6 km" in said
    assert "1 incident whose place is not said" in said


def test_the_timeline_draws_open_days_as_open(looker: Any) -> None:
    page = html.fromstring(looker.get("/timeline").text)
    drawn = {row.xpath("string(td[@data-label='When'])"): row.xpath(".//*[local-name()='rect']/@class")
             for row in page.xpath("//table/tbody/tr")}  # fmt: skip
    assert drawn["4 May 2031"] == ["bar"]
    assert drawn["on or before 17 May 2031"] == ["bar open-left"]
    assert "Without a day" in page.text_content()


def test_tolls_stand_by_voice_and_are_never_added(looker: Any) -> None:
    page = html.fromstring(looker.get("/tolls").text)
    rows = [" ".join(row.text_content().split()) for row in page.xpath("//table/tbody/tr")]
    assert len(rows) == 4
    assert any("Ostran Watch" in row and "173–190" in row and "12 May 2031" in row for row in rows)
    assert page.xpath("//svg[@role='img']/@aria-label")
    assert "213" not in page.text_content()


def test_search_finds_texts_and_claims(looker: Any) -> None:
    assert "governor" in main(looker.get("/search?q=governor").text)
    assert "Nothing holds these words" in looker.get("/search?q=zeppelin").text
    assert looker.get('/search?q=%22"%20OR%20*').status == 200
    assert "Each word must occur" in looker.get("/search").text


@pytest.mark.parametrize("page", ["/documents", "/claims", "/incidents", "/map", "/timeline", "/tolls", "/export"])
def test_one_question_filters_every_list(looker: Any, page: str) -> None:
    answer = looker.get(f"{page}?harm=abducted")
    assert answer.status == 200
    links = html.fromstring(answer.text).xpath("//nav[@aria-label='Pages']//a/@href")
    for address, _, filtered in MENU:
        assert f"{address}?harm=abducted" in links if filtered else address in links
    assert looker.get(f"{page}?earliest=soon").status == 400
    assert "Write a day as 2025-03-06" in looker.get(f"{page}?earliest=soon").text
    twin = looker.get(f"{page}.json?earliest=soon")
    assert (twin.status, twin.json["hint"]) == (400, "Write a day as 2025-03-06.")


def test_a_question_keeps_only_what_answers_it(looker: Any) -> None:
    assert [i["act"] for i in looker.get("/incidents.json?harm=abducted").json["incidents"]] == ["abduction"]
    assert looker.get("/documents.json?speaker=hospital").json["total"] == 1
    assert looker.get("/tolls.json?speaker=watch").json["total"] == 1
    assert looker.get("/map.json?country=SY").json["places"] == []
    assert looker.get("/timeline.json?latest=2031-05-04").json["total"] == 2
    assert looker.get("/claims.json?words=driver").json["total"] == 1


def test_export_downloads_what_answers_the_question(looker: Any, read_only: Project) -> None:
    answer = looker.get("/export.zip?to=jsonl&harm=abducted")
    assert answer.headers["content-disposition"] == 'attachment; filename="corrobora-jsonl.zip"'
    with zipfile.ZipFile(io.BytesIO(answer.body)) as archive:
        assert {"claims.jsonl", "documents.jsonl", "incidents.jsonl"} <= set(archive.namelist())
        assert archive.read("claims.jsonl").count(b"\n") == 1
    assert looker.get("/export.zip?to=exe").status == 400
    assert not list(read_only.path.glob(".export-*"))
    for form in ("csv", "geojson", "parquet"):
        assert looker.get(f"/export.zip?to={form}").status == 200


def test_what_is_not_there_is_said_to_be_missing(looker: Any) -> None:
    for address in ("/documents/d_0", "/claims/c_0", "/incidents/i_0", "/nowhere"):
        answer = looker.get(address)
        assert answer.status == 404
        assert "<h1>Not found</h1>" in answer.text
    assert looker.get("/claims/c_0.json").json["error"] == "There is no claim c_0 in this record."


def test_a_fault_tells_nothing_of_the_record(visitor: Any, project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> None:
        raise RuntimeError("secret of the record")

    monkeypatch.setattr(project, "record", fail)
    seen: list[Any] = []
    ask = visitor.asgi

    async def watched(scope: Any, receive: Any, send: Any) -> None:
        with pytest.raises(RuntimeError):
            await ask(scope, receive, send)
        seen.append(scope)

    visitor.asgi = watched
    answer = visitor.get("/claims")
    assert answer.status == 500
    assert "secret" not in answer.text
    assert seen


def test_long_lists_have_pages(made: ModuleType, tmp_path: Any, looker: Any) -> None:
    long = made.make(
        tmp_path / "long", [made.residents(f"r{n:03}.txt", f"Outlet {n}", "2031-05-05") for n in range(130)]
    )
    visitor = type(looker)(app(long, "t"))
    visitor.get("/?token=t")
    first = html.fromstring(visitor.get("/claims?harm=killed").text)
    assert len(first.xpath("//table/tbody/tr")) == 100
    (onward,) = first.xpath("//a[@rel='next']/@href")
    second = html.fromstring(visitor.get(f"/claims{onward}").text)
    assert len(second.xpath("//table/tbody/tr")) == 30
    assert second.xpath("//a[@rel='prev']/@href") == ["?harm=killed&page=1"]
    assert len(visitor.get("/documents.json?page=2").json["documents"]) == 30
    long.store.close()
