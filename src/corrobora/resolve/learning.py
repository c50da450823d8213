"""Learning where outlets are at home, from reports that nobody has labelled."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from corrobora.model import Findings, Text
from corrobora.resolve.atlas import open_atlas
from corrobora.resolve.gazetteer import Gazetteer
from corrobora.resolve.homes import Home, outlet_key
from corrobora.settings import Settings

# Fewer reports than these tell nothing of an outlet; so many countries and divisions are kept of each.
LEAST, _COUNTRIES, _DIVISIONS = 3, 3, 4

_Shares = defaultdict[str, defaultdict[str, float]]


def learn(
    read: Iterable[tuple[Text, Findings]], gazetteer: Gazetteer, settings: Settings
) -> tuple[int, Mapping[str, Home]]:
    """Return from how many reports was learned, and the homes of their outlets by key.

    `gazetteer` must know no homes, so that learning twice gives the same. Each report counts alike, whatever its
    length: the shares of its places that lie in a country or division are averaged over an outlet's reports.
    """
    reports: Counter[str] = Counter()
    countries: _Shares = defaultdict(lambda: defaultdict(float))
    divisions: _Shares = defaultdict(lambda: defaultdict(float))
    for text, findings in read:
        outlet = outlet_key(text.metadata.outlet)
        if outlet:
            reports[outlet] += 1
            atlas = open_atlas(text, findings, gazetteer, settings)
            chosen = [atlas.chosen(index) for index, name in enumerate(atlas.names) if name.start >= 0]
            entries = [candidate.entry for candidate in chosen if candidate]
            _add(countries[outlet], [e.country for e in entries])
            _add(divisions[outlet], [e.admin1 for e in entries])
    homes = {
        outlet: Home(_shares(countries[outlet], number, _COUNTRIES), _shares(divisions[outlet], number, _DIVISIONS))
        for outlet, number in sorted(reports.items())
        if number >= LEAST
    }
    return sum(reports[outlet] for outlet in homes), homes


def _add(shares: defaultdict[str, float], codes: list[str]) -> None:
    named = [code for code in codes if code]
    for code in named:
        shares[code] += 1 / len(named)


def _shares(counted: Mapping[str, float], reports: int, most: int) -> dict[str, float]:
    best = sorted(counted.items(), key=lambda each: (-each[1], each[0]))[:most]
    return {code: round(share / reports, 3) for code, share in best}
