"""How common words are in one project's reports, counted by an explicit command and kept with its learned weights.

In general English 'homicide' is a rare word; among reports of homicides it tells nothing of one rather than another. So
a project that learns its weights counts its own words as well (document frequency: Sparck Jones 1972). The table is a
part of the versioned weights: what two reports have in common never changes with the reports that are added later.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from math import log

from corrobora.incidents.accounts import Account
from corrobora.incidents.gist import Weighed, rarity

# Of fewer reports, a word may be common because of one event alone. A word of fewer than TOLD reports is not kept, so
# that the table holds no name of a person of whom few reports tell.
FEWEST, TOLD = 1000, 10
SELDOM = 1 / 400  # the share of reports below which a word tells no more than any other
PLAIN = 1 / 25  # the share from which it tells nothing


@dataclass(frozen=True, slots=True)
class Usual:
    """`words` by how many of so many `reports` have them; without reports, general English is all that is known."""

    reports: int = 0
    words: Mapping[str, int] = field(default_factory=dict)

    def tells(self, word: str) -> float:
        """How much a word tells of one event rather than another: the natural log of how much rarer than plain it is.

        >>> Usual(2500, {"gun": 500, "harbour": 25}).tells("gun")
        0.0
        >>> round(Usual(2500, {"gun": 500, "harbour": 25}).tells("harbour"), 2)
        1.39
        """
        share = max(SELDOM, self.words.get(word, 0) / max(1, self.reports))
        return max(0.0, log(PLAIN / share))

    def weigh(self, account: Account) -> Account:
        """The account, with its words weighed by this table; words that tell nothing are left out."""
        if not self.reports:
            return account
        gist = account.gist
        return replace(account, gist=replace(gist, said=self._weighed(gist.said), called=self._weighed(gist.called)))

    def _weighed(self, words: Weighed) -> Weighed:
        """How often the report has a word stays what it was, since a weight is a product of both."""
        return tuple((word, weight / rarity(word) * told) for word, weight in words if (told := self.tells(word)) > 0)


GENERAL = Usual()  # nothing is known but general English


def counted(accounts: Iterable[Account], origin: Mapping[str, str]) -> Usual:
    """Count in how many reports each word stands; copies, by their `origin`, are one. Empty of fewer than 1,000."""
    told: dict[str, set[str]] = {}
    for account in accounts:
        words = told.setdefault(origin.get(account.document, account.document), set())
        words.update(word for word, _ in account.gist.said)
    if len(told) < FEWEST:
        return GENERAL
    found = Counter(word for words in told.values() for word in words)
    least = max(TOLD, round(len(told) * SELDOM))
    return Usual(len(told), {word: found[word] for word in sorted(found) if found[word] >= least})
