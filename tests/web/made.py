"""A small project made by hand, of fictional reports: a real store and real links, without the time to read.

It holds what pages must show well: overlapping claims, right-to-left words, hidden and deleted words, furniture,
copies, accounts that disagree, a denial, open days, no days, no place, markup in words, a running toll by two voices.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from corrobora import project as projects
from corrobora.model import (
    Claim,
    Count,
    Document,
    Findings,
    Input,
    Metadata,
    Period,
    Perpetrator,
    Place,
    Reading,
    Segment,
    Span,
    Speaker,
    Text,
    Victims,
    content_id,
)
from corrobora.project import Project

KARVEL = ("Karvel", "project:Karvel", 12.61, 21.9, 6.0, "town")
OSTRAN = ("Ostran province", "project:Ostran", 13.4, 22.6, 90.0, "province")


@dataclass(frozen=True)
class Said:
    """One claim of a report, by its words; `figure` is (words, low, high, qualifier)."""

    quote: str
    figure: tuple[str, int | None, int | None, str] = ("", None, None, "none")
    harm: str = "killed"
    act: str = "shelling"
    victims: str = ""
    perpetrator: str = ""
    place: str = ""
    where: tuple[str, str, float, float, float, str] | None = None
    time: str = ""
    days: tuple[date | None, date | None] | None = None
    speakers: tuple[tuple[str, str], ...] = ()
    stance: str = "asserts"
    scope: str = "incident"


@dataclass(frozen=True)
class Report:
    """One report: paragraphs as (kind, words, flags)."""

    file: str
    outlet: str
    published: str
    title: str
    paragraphs: tuple[tuple[str, str, tuple[str, ...]], ...]
    said: tuple[Said, ...] = ()
    problems: tuple[str, ...] = ()


ON_SUNDAY = (date(2031, 5, 4), date(2031, 5, 4))
HOSPITAL = (("Karvel Hospital", "the Karvel Hospital"),)
GOVERNOR = "the governor of Ostran"
KILLED = (
    "Shelling killed eleven people, four of them children, in the market of Karvel on Sunday, the Karvel Hospital said"
)
CHILDREN = "four of them children, in the market of Karvel on Sunday"
RESIDENTS = "Between nine and twelve people were killed when shells hit Karvel on Sunday, residents said"
WATCH_1 = "At least 120 people have been killed in Ostran province since 1 May, the Ostran Watch said"
WATCH_2 = "Between 173 and 190 people have been killed in Ostran province since 1 May, the Ostran Watch said"
MINISTRY_1 = "The ministry put the dead at 40 since 1 May"
MINISTRY_2 = "The ministry now speaks of 61 dead since 1 May"
ARABIC = "قال شاهد إن مسلحين خطفوا ثلاثة معلمين في كارفل قبل 18 أيار"
DRIVER = "Several people were wounded in an ambush, a driver said"


def karvel(quote: str, figure: tuple[str, int | None, int | None, str], **more: Any) -> Said:
    """Return a claim on the shelling of Karvel."""
    parts = {"place": "Karvel", "time": "on Sunday"} if "on Sunday" in quote else {}
    return Said(quote, figure, where=KARVEL, days=ON_SUNDAY, **(parts | more))


def total(quote: str, figure: tuple[str, int | None, int | None, str], voice: tuple[str, str], day: int) -> Said:
    """Return a running total for Ostran, for the days from 1 May to `day`."""
    days = (date(2031, 5, 1), date(2031, 5, day))
    place = "Ostran province" if "Ostran province" in quote else ""
    more: dict[str, Any] = {"place": place, "where": OSTRAN, "time": "since 1 May", "days": days, "scope": "total"}
    return Said(quote, figure, speakers=(voice,), **more)


def residents(file: str, outlet: str, published: str) -> Report:
    """Return the dispatch that two outlets carry word for word."""
    said = karvel(
        RESIDENTS,
        ("Between nine and twelve", 9, 12, "exact"),
        victims="people",
        speakers=(("residents", "residents"),),
    )
    words = (("title", "Nine dead in Karvel", ()), ("paragraph", f"{RESIDENTS}.", ()))
    return Report(file, outlet, published, "Nine dead in Karvel", words, (said,))


REPORTS = (
    Report(
        "lantern.txt",
        "The Lantern",
        "2031-05-05",
        "Shells fall on the market of Karvel",
        (
            ("title", "Shells fall on the market of Karvel", ()),
            ("dateline", "KARVEL, 5 May", ()),
            ("paragraph", f"{KILLED}.", ()),
            ("paragraph", "The governor said at most six people died. He denied that the army had fired.", ()),
            ("paragraph", "Words that a <script>alert(1)</script> tag & an ampersand must not harm.", ()),
            ("paragraph", "A name was struck out here.", ("deleted",)),
            ("paragraph", "White words on white paper.", ("hidden",)),
            ("furniture", "More to read: recipes", ()),
        ),
        (
            karvel(KILLED, ("eleven", 11, 11, "exact"), victims="people", speakers=HOSPITAL),
            karvel(CHILDREN, ("four", 4, 4, "exact"), victims="children", speakers=((HOSPITAL[0][0], ""),)),
            karvel(
                "The governor said at most six people died",
                ("at most six", None, 6, "at_most"),
                victims="people",
                speakers=((GOVERNOR, "The governor"),),
            ),
            karvel(
                "He denied that the army had fired",
                ("", None, None, "none"),
                harm="",
                perpetrator="the army",
                speakers=((GOVERNOR, "He"),),
                stance="denies",
            ),
        ),
        ("The two readers of this file disagree on one line.",),
    ),
    residents("herald.html", "Ostran Herald", "2031-05-05"),
    residents("copy/mirror.html", "The Mirror of Ostran", "2031-05-06"),
    Report(
        "toll-1.txt",
        "The Lantern",
        "2031-05-08",
        "The toll in Ostran rises",
        (("paragraph", f"{WATCH_1}.", ()), ("paragraph", f"{MINISTRY_1}.", ())),
        (
            total(WATCH_1, ("At least 120", 120, None, "at_least"), ("Ostran Watch", "the Ostran Watch"), 8),
            total(MINISTRY_1, ("40", 40, 40, "exact"), ("the ministry", "The ministry"), 8),
        ),
    ),
    Report(
        "toll-2.txt",
        "Ostran Herald",
        "2031-05-12",
        "Watch counts 173 dead",
        (("paragraph", f"{WATCH_2}.", ()), ("paragraph", f"{MINISTRY_2}.", ())),
        (
            total(WATCH_2, ("Between 173 and 190", 173, 190, "exact"), ("Ostran Watch", "the Ostran Watch"), 12),
            total(MINISTRY_2, ("61", 61, 61, "exact"), ("the ministry", "The ministry"), 12),
        ),
    ),
    Report(
        "arabic.txt",
        "جريدة كارفل",
        "2031-05-20",
        "اختطاف في كارفل",
        (("title", "اختطاف في كارفل", ()), ("paragraph", f"{ARABIC}.", ())),
        (
            Said(
                ARABIC,
                ("ثلاثة", 3, 3, "exact"),
                harm="abducted",
                act="abduction",
                victims="معلمين",
                perpetrator="مسلحين",
                place="كارفل",
                where=KARVEL,
                time="قبل 18 أيار",
                days=(None, date(2031, 5, 17)),
                speakers=(("", "شاهد"),),
            ),
        ),
    ),
    Report(
        "nowhere.txt",
        "",
        "",
        "",
        (("paragraph", f"{DRIVER}.", ()),),
        (
            Said(
                DRIVER,
                ("Several", None, None, "vague"),
                harm="injured",
                act="ambush",
                victims="people",
                speakers=(("a driver", "a driver"),),
            ),
        ),
    ),
    Report(
        "weather.txt",
        "The Lantern",
        "2031-05-09",
        "Rain in Ostran",
        (("paragraph", "It rained for twelve days, and 300 sheep were moved.", ()),),
    ),
)


def make(path: Path, reports: Sequence[Report] = REPORTS) -> Project:
    """Make the project, with its incidents linked."""
    made = projects.new(path)
    made.title = "Ostran, May 2031"
    store = made.store
    lines = [document(report) for report in reports]
    store.put_documents([(d, Input(d.file, d.id, "waiting", "")) for d in lines])
    store.put_inputs(
        [
            Input("broken.pdf", "", "unreadable", "The file ends in the middle of a page."),
            Input("huge.zip", "", "refused", "It holds more than 20,000 entries."),
        ]
    )
    texts = [text(report, d) for report, d in zip(reports, lines, strict=True)]
    store.put_texts(texts)
    read = [
        (report, t, tuple(claim(t, said) for said in report.said)) for report, t in zip(reports, texts, strict=True)
    ]
    found = [
        (
            Findings(t.document, "hand 1", claims, ()),
            tuple(reading(report, c, said) for c, said in zip(claims, report.said, strict=True)),
            Input(report.file, t.document, "read" if claims else "no_claims", ""),
        )
        for report, t, claims in read
    ]
    store.put_readings(found, "hand 1", "hand 1")
    made.link()
    return made


def document(report: Report) -> Document:
    """Return a report's document."""
    given = Metadata(title=report.title, outlet=report.outlet, published=report.published)
    digest = "sha256:" + sha256(repr(report).encode()).hexdigest()
    at = datetime(2031, 6, 1, 9, 30, tzinfo=UTC)
    id_ = content_id("d", digest, report.file)
    return Document(id_, digest, report.file, f"/reports/{report.file}", "text/plain", 512, at, given, Metadata())


def text(report: Report, of: Document) -> Text:
    """Return a report's words, its paragraphs set apart by empty lines."""
    segments, words = [], ""
    for kind, said, flags in report.paragraphs:
        segments.append(Segment(len(words), len(words) + len(said), kind, flags))
        words += said + "\n\n"
    metadata = Metadata(title=report.title, outlet=report.outlet, published=report.published, language="en")
    return Text(of.id, of.sha256, of.file, words, metadata, tuple(segments), "plain 1", problems=report.problems)


def at(whole: Text, words: str, within: tuple[int, int] | None = None) -> tuple[int, int]:
    """Return where words stand; (-1, -1) for no words."""
    if not words:
        return (-1, -1)
    start = whole.text.index(words, *(within or (0, len(whole.text))))
    return (start, start + len(words))


def claim(whole: Text, said: Said) -> Claim:
    """Return a claim with the spans of its parts."""
    start, end = at(whole, said.quote)
    inside = (start, end)
    words, low, high, qualifier = said.figure
    span = {name: at(whole, getattr(said, name), inside) for name in ("victims", "perpetrator", "place", "time")}
    return Claim(
        id=content_id("c", whole.sha256, start, end, said.harm),
        document=whole.document,
        start=start,
        end=end,
        quote=said.quote,
        act=said.act,
        harm=said.harm,
        count=Count(low, high, qualifier, words, *at(whole, words, inside)),
        victims=Victims(said.victims, "civilian", (), (), *span["victims"]) if said.victims else None,
        perpetrators=tuple(
            Perpetrator(name, name, "unknown", "asserted", "", *span["perpetrator"])
            for name in [said.perpetrator]
            if name
        ),
        targets=(),
        instruments=(),
        place=Span(*span["place"], said.place) if said.place else None,
        time=Span(*span["time"], said.time) if said.time else None,
        attribution=tuple(Speaker(name, words, "said", *at(whole, words, inside)) for name, words in said.speakers),
        stance=said.stance,
        modality="actual",
        scope=said.scope,
        evidence=(),
        mentions=(),
        part_of="",
        confidence=0.9,
        made_by=(("count", "hand:number"), ("victims", "hand:subject"), ("place", "hand:gazetteer")),
        reader="hand 1",
    )


def reading(report: Report, of: Claim, said: Said) -> Reading:
    """Return a claim with what its words are held to mean."""
    place = period = None
    if said.where:
        name, id_, lat, lon, radius, precision = said.where
        why = ("the only place of that name", "named in the dateline")
        place = Place(said.place, name, id_, lat, lon, radius, precision, "Ostran", "", "XO", -1, -1, why)
    if said.days:
        earliest, latest = said.days
        kind = "open" if None in said.days else "day" if earliest == latest else "days"
        rule = "weekday, nearest past to publication"
        period = Period(said.time, f"{earliest or '..'}/{latest or '..'}", earliest, latest, kind, rule, -1, -1)
    speakers = tuple(name for name, _ in said.speakers)
    published = date.fromisoformat(report.published) if report.published else None
    voice = speakers[0] if speakers else report.outlet
    return Reading(of, report.file, report.outlet, published, place, period, speakers, voice, ())
