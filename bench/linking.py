#!/usr/bin/env python3
"""Link made-up readings, 10,000 to 1,000,000 of them, and tell time, memory and how well the events were told apart.

    .venv/bin/python bench/linking.py 10000 100000 1000000 [--seed 0]

The readings are fictional: a war of three years in 3,000 places, of which few see most of it (Zipf), in waves of
days; one to sixty reports of an event, most of it by few; figures, days and places that differ from report to report.
Prints a table row for each size, as `docs/benchmarks.md` records it.
"""

import argparse
import random
import re
import resource
import time
from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from corrobora import incidents
from corrobora.model import Claim, Count, Linked, Period, Perpetrator, Place, Reading, Span, Speaker, Victims

START, DAYS = date(2029, 1, 1), 1100
ACTS = ("shelling", "air_strike", "drone_strike", "shooting", "armed_clash", "abduction", "bombing", "raid", "landmine")
HARMS = ("killed", "injured", "abducted", "detained")
SYLLABLES = re.findall("..", "bakelomirustavodrakunezuphatorelganoshmirtalbresundafe")
PLAIN = re.findall(r"\w+", "people were killed and others hurt as the town came under fire late in the day he said")
OUTLETS, VOICES, FORCES = 240, 400, 12
TWO_CLAIMS = 0.6


@dataclass(frozen=True, slots=True)
class Event:
    """What happened, as nobody reports it whole."""

    place: int
    day: int
    act: str
    harm: str
    number: int
    names: tuple[str, ...]
    street: str
    force: str


class Country:
    """A fictional country: its places, its papers and its voices, all made from one seed."""

    def __init__(self, seed: int, places: int = 3000) -> None:
        self.random = random.Random(seed)  # noqa: S311  not a secret
        self.words = sorted({self._word() for _ in range(200_000)})
        self.random.shuffle(self.words)
        provinces = [self._word() for _ in range(24)]
        self.places = [self._place(number, provinces) for number in range(places)]
        self.weights = list(accumulate(1 / (rank + 3) for rank in range(places)))
        waves = [self.random.expovariate(1.0) ** 2 for _ in range(DAYS)]
        self.waves = list(accumulate(0.3 + waves[day] for day in range(DAYS)))

    def _word(self) -> str:
        return "".join(self.random.choice(SYLLABLES) for _ in range(self.random.randint(2, 4))).capitalize()

    def _place(self, number: int, provinces: Sequence[str]) -> Place:
        province = self.random.randrange(len(provinces))
        lat, lon = 30 + province % 6 + self.random.random(), 10 + province // 6 + self.random.random()
        name = self._word()
        reach, admin1 = 2.0 + 12 / (number + 1), provinces[province]
        return Place(name, name, f"project:{number}", lat, lon, reach, "town", admin1, "", "XA", 0, 9)

    def _one(self, totals: Sequence[float]) -> int:
        return bisect(totals, self.random.random() * totals[-1])

    def event(self) -> Event:
        """Make one event: where and when it is likelier in the places and days that see much."""
        draw = self.random
        return Event(
            place=self._one(self.weights),
            day=self._one(self.waves),
            act=draw.choice(ACTS),
            harm=draw.choice(HARMS[: draw.randint(1, 4)]),
            number=max(1, int(draw.paretovariate(1.1))),
            names=tuple(f"{draw.choice(self.words)} {draw.choice(self.words)}" for _ in range(draw.randint(0, 2))),
            street=draw.choice(self.words),
            force=f"{self.words[draw.randrange(FORCES)]} Front",
        )

    def reports(self) -> int:
        """How many reports tell of an event: one of most, dozens of few."""
        return min(60, int(self.random.paretovariate(1.3)))

    def tell(self, event: Event, document: str) -> Iterator[Reading]:
        """Tell an event as one report does: one or two claims, some of it left out or wrong."""
        draw = self.random
        day = START + timedelta(days=event.day + (draw.random() < 0.08))
        at = self.places[event.place] if draw.random() > 0.05 else self.places[self._one(self.weights)]
        period = Period("", day.isoformat(), day, day, "day", "stated", 0, 9) if draw.random() > 0.1 else None
        voice = f"{self.words[OUTLETS + draw.randrange(VOICES)]} Office" if draw.random() < 0.5 else ""
        number = event.number if draw.random() < 0.8 else event.number + draw.randint(1, 3)
        outlet = f"The {self.words[draw.randrange(OUTLETS)]} Post"
        named = event.names if draw.random() < 0.6 else ()
        quote = " ".join([at.name, *draw.sample(PLAIN, 9), *named, "near", event.street, "Street"])
        for part in range(1 + (draw.random() < TWO_CLAIMS)):
            said = Claim(
                id=f"c_{document}{part}",
                document=document,
                start=part * 200,
                end=part * 200 + len(quote),
                quote=quote,
                act=event.act if draw.random() < 0.9 else "other",
                harm=event.harm if not part else "injured",
                count=Count(number + part, number + part, "exact"),
                victims=Victims("", "civilian", (), named, 0, 1),
                perpetrators=(Perpetrator(event.force, event.force, "armed_group", "asserted", "", 0, 1),),
                targets=(),
                instruments=(),
                place=Span(0, 1, at.name),
                time=None,
                attribution=(Speaker(voice, voice, "said", 0, 1),) if voice else (),
                stance="asserts",
                modality="actual",
                scope="incident",
                evidence=(),
                mentions=(),
                part_of="",
                confidence=0.9,
                made_by=(),
                reader="made up",
            )
            published = START + timedelta(days=event.day + min(400, int(draw.paretovariate(0.9))))
            yield Reading(
                said,
                f"{document}.txt",
                outlet,
                published,
                at,
                period,
                (voice,) if voice else (),
                voice or outlet,
                (event.force,),
            )


def readings(number: int, seed: int = 0) -> tuple[list[Reading], dict[str, int]]:
    """Make so many readings, and tell of which event each document is. The same seed makes the same record."""
    country = Country(seed)
    found: list[Reading] = []
    truth: dict[str, int] = {}
    told = 0
    while len(found) < number:
        event = country.event()
        for _ in range(country.reports()):
            document = f"{len(truth):07x}"
            truth[document] = told
            found += country.tell(event, document)
        told += 1
    return found[:number], truth


def fits(linked: Linked, truth: dict[str, int]) -> float:
    """B-cubed F of the events found, over documents."""
    home = {document: number for number, incident in enumerate(linked.incidents) for document in incident.documents}
    both = Counter((home[document], truth[document]) for document in home)
    ours, theirs = Counter(home.values()), Counter(truth[document] for document in home)
    precision = sum(n * n / ours[a] for (a, _), n in both.items()) / len(home)
    recall = sum(n * n / theirs[b] for (_, b), n in both.items()) / len(home)
    return 2 * precision * recall / (precision + recall)


def main() -> None:
    """Make, link, tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", type=int, nargs="+")
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    print("| readings | seconds | of processor | GB | incidents | B-cubed F |")
    for size in args.sizes:
        made, truth = readings(size, args.seed)
        started, cpu = time.monotonic(), time.process_time()
        linked = incidents.link(made, ())
        taken, used = time.monotonic() - started, time.process_time() - cpu
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
        share = fits(linked, truth)
        print(
            f"| {size:,} | {taken:.1f} | {used:.1f} | {memory:.2f} | {len(linked.incidents):,} | {share:.3f} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
