"""What many accounts say, as columns of numbers, so that pairs of them are looked at by the million.

A column holds any number of values for each account. Numbers stand for values only while one record is linked; values
are numbered in sorted order, so that sums come out alike, to the last digit, in whatever order reports were added.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Reals = NDArray[np.float64]
Value = TypeVar("Value", bound=Hashable)

CHUNK = 400_000  # pairs that are looked at together: bounds the memory
FEW, UNRATED = 4000, -1  # values of which all pairs' ratings have room in a table (16 MB)
MIX = np.uint64(0x9E3779B97F4A7C15)  # 2 ** 64 by the golden ratio: hashing by multiplication (Knuth 6.4)


@dataclass(frozen=True)
class Column:
    """For each account its values, as `sizes` and all values in a row; `many` is above every value."""

    sizes: Numbers
    values: Numbers
    many: int

    @cached_property
    def keys(self) -> Numbers:
        """A number for each value of each account, in order."""
        return self.rows * self.many + self.values

    @cached_property
    def _sieve(self) -> NDArray[np.bool_]:
        found = np.zeros(1 << (len(self.keys).bit_length() + 3), dtype=np.bool_)
        found[_digest(self.keys, len(found))] = True
        return found

    def may_hold(self, keys: Numbers) -> NDArray[np.bool_]:
        """False for most keys that no account has, by one look at a digest of them all (a Bloom filter of one hash)."""
        return self._sieve[_digest(keys, len(self._sieve))]

    @cached_property
    def starts(self) -> Numbers:
        """Where the values of each account start."""
        return np.cumsum(self.sizes) - self.sizes

    @cached_property
    def rows(self) -> Numbers:
        """The account of each value."""
        return np.repeat(np.arange(len(self.sizes)), self.sizes)

    def crossed(self, other: "Column") -> "Column":
        """Every value of this column with every value of the other, account by account.

        >>> one, two = (column([[1, 2]]), column([[5, 6]]))
        >>> one.crossed(two).values.tolist()
        [12, 13, 19, 20]
        """
        sizes = self.sizes * other.sizes
        rows = np.repeat(np.arange(len(sizes)), sizes)
        within = np.arange(len(rows)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        width = other.sizes[rows]
        mine = self.values[self.starts[rows] + within // np.maximum(1, width)]
        theirs = other.values[other.starts[rows] + within % np.maximum(1, width)]
        return Column(sizes, mine * other.many + theirs, self.many * other.many)

    def kept(self, wanted: NDArray[np.bool_]) -> "Column":
        """Only the values for which `wanted` is true."""
        sizes = np.bincount(self.rows[wanted], minlength=len(self.sizes))
        return Column(sizes, self.values[wanted], self.many)

    def rare(self, most: int) -> "Column":
        """Only the values that no more than `most` accounts hold, where each account holds a value once."""
        return self.kept(np.bincount(self.values, minlength=1)[self.values] <= most)


def _digest(keys: Numbers, size: int) -> NDArray[np.uint64]:
    """A number below `size`, a power of two, for each key."""
    return keys.view(np.uint64) * MIX >> np.uint64(65 - size.bit_length())


def column(values: Iterable[Iterable[int]]) -> Column:
    """A column of whole numbers that are not negative."""
    lists = [list(mine) for mine in values]
    sizes = np.array([len(mine) for mine in lists], dtype=np.int64)
    flat = np.fromiter((value for mine in lists for value in mine), dtype=np.int64, count=int(sizes.sum()))
    return Column(sizes, flat, int(flat.max(initial=0)) + 1)


def numbered(values: Sequence[Iterable[str]]) -> Column:
    """A column of words, numbered in alphabetical order."""
    number = {word: at for at, word in enumerate(sorted(set(chain.from_iterable(values))))}
    found, many = column([number[word] for word in mine] for mine in values), len(number) + 1
    return Column(found.sizes, np.sort(found.rows * many + found.values) % many, many)


def weighed(words: Column, weights: Iterable[float]) -> Reals:
    """The weights of a column's words, in its order, with each account's made to a length of 1."""
    raw = np.fromiter(weights, dtype=np.float64, count=len(words.values))
    length = np.sqrt(np.bincount(words.rows, raw * raw, minlength=len(words.sizes)))
    return raw / np.maximum(1e-9, length)[words.rows]


def shared(words: Column, a: Numbers, b: Numbers, weights: Reals | None = None) -> Reals:
    """For each pair of accounts, how many values both hold; with weights, the sum of the products of theirs.

    The values of each account must be sorted.
    """
    keys, starts = words.keys, words.starts
    found = np.zeros(len(a))
    for at in range(0, len(a) if len(keys) else 0, CHUNK):
        x, y = a[at : at + CHUNK], b[at : at + CHUNK]
        fewer = words.sizes[x] <= words.sizes[y]
        x, y = np.where(fewer, x, y), np.where(fewer, y, x)
        sizes = words.sizes[x]
        pair = np.repeat(np.arange(len(x)), sizes)
        mine = np.arange(len(pair)) - np.repeat(np.cumsum(sizes) - sizes, sizes) + starts[x][pair]
        wanted = y[pair] * words.many + words.values[mine]
        kept = np.flatnonzero(words.may_hold(wanted))
        pair, mine, wanted = pair[kept], mine[kept], wanted[kept]
        theirs = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        hit = keys[theirs] == wanted
        product = None if weights is None else weights[mine[hit]] * weights[theirs[hit]]
        found[at : at + CHUNK] = np.bincount(pair[hit], product, minlength=len(x))
    return found


def distinct(values: Numbers) -> Numbers:
    """Sorted values, each once; several times as fast as `np.unique` where few come twice."""
    found = np.sort(values)
    return found[np.r_[True, found[1:] != found[:-1]]] if len(found) else found


class Distinct:
    """Values of accounts of which many are alike: two are rated once, however many pairs hold them."""

    def __init__(self, values: Iterable[Value]) -> None:
        number: dict[Hashable, int] = {}
        self.of = np.array([number.setdefault(value, len(number)) for value in values], dtype=np.int64)
        self.values = list(number)
        few = len(self.values) <= FEW
        self._table = np.full(len(self.values) ** 2 if few else 0, UNRATED, dtype=np.int8)

    def rated(self, a: Numbers, b: Numbers, rate: Callable[[Value, Value], int]) -> Numbers:
        """The rating of each pair of accounts, 0 to 126; `rate` must be the same both ways, and always the same."""
        one, two = self.of[a], self.of[b]
        keys = np.minimum(one, two) * len(self.values) + np.maximum(one, two)
        if not len(self._table):
            known, at = np.unique(keys, return_inverse=True)
            return self._rate(known, rate)[at]
        ratings = self._table[keys]
        new = distinct(keys[ratings == UNRATED])
        if len(new):
            self._table[new] = self._rate(new, rate)
            ratings = self._table[keys]
        return np.asarray(ratings, dtype=np.int64)

    def _rate(self, keys: Numbers, rate: Callable[[Value, Value], int]) -> Numbers:
        values: list[Value] = self.values  # type: ignore[assignment]
        many = len(values)
        ratings = (rate(values[key // many], values[key % many]) for key in keys.tolist())
        return np.fromiter(ratings, dtype=np.int64, count=len(keys))


def components(many: int, a: Numbers, b: Numbers) -> Numbers:
    """For each of so many things the smallest one that pairs tie it to, however many steps away.

    >>> components(4, np.array([0, 2]), np.array([2, 3])).tolist()
    [0, 1, 0, 0]
    """
    label = np.arange(many)
    while True:
        before = label.copy()
        low = np.minimum(label[a], label[b])
        np.minimum.at(label, a, low)
        np.minimum.at(label, b, low)
        label = label[label]
        if (label == before).all():
            return label
