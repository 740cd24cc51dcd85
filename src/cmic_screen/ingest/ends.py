"""Where rows end, and the running sums by which a total is told: values and arithmetic, no judgement of words."""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from itertools import chain, compress, count
from typing import TYPE_CHECKING, Final

from cmic_screen.ingest import numbers

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from cmic_screen.ingest.body import Body

VALUES: Final = ("market_value", "market_value_base", "market_value_local", "net_amount")
"""Fields whose values a total sums, best first."""
_CENT: Final = Decimal("0.05")


class Kind(Enum):
    """Where a row ends."""

    HEADER = "header"
    POSITION = "position"
    CONTINUATION = "continuation"
    ASIDE = "set aside"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class End:
    """A row's end: its kind; the reason where it is set aside, the code where it is a problem; flags of a position; the
    row index of the position a continuation belongs to; the name to use where the name column has none.
    """

    kind: Kind
    reason: str = ""
    flags: tuple[str, ...] = ()
    of: int = -1
    name: str = ""


ORDINARY: Final = End(Kind.POSITION)


class Ends(MutableMapping[int, End]):
    """The ends of rows by row index: a mark for each ordinary row, the end itself for each of the others (`special`);
    an entry a row would take more memory than the row's cells in most books.
    """

    def __init__(self) -> None:
        self.special: dict[int, End] = {}
        self._usual = bytearray()

    def ordinary(self, rows: Sequence[int], but: Collection[int]) -> None:
        """Mark these rows, which are in order, as ordinary, all but some."""
        self._usual.extend(bytes(max(0, (rows[-1] if rows else -1) + 1 - len(self._usual))))
        if isinstance(rows, range):
            self._usual[rows.start : rows.stop] = b"\1" * len(rows)
        else:
            for i in rows:
                self._usual[i] = 1
        for i in but:
            self._usual[i] = 0

    def held(self, rows: Sequence[int]) -> Sequence[int]:
        """Those of some rows that are positions."""
        marks = self._usual.ljust(max(rows, default=-1) + 1, b"\0")
        for i, end in self.special.items():
            if i < len(marks):
                marks[i] = end.kind is Kind.POSITION
        if isinstance(rows, range) and rows:
            first, last = marks.find(1, rows.start, rows.stop), marks.rfind(1, rows.start, rows.stop)
            if first < 0 or marks.count(1, first, last) == last - first:
                return range(first, last + 1) if first >= 0 else range(0)
        return [i for i in rows if marks[i]]

    def ordinary_from(self, first: int, stop: int) -> int:
        """The first row from `first` on that is no ordinary one, at most `stop`."""
        other = self._usual.find(0, first, stop)
        return max(first, min(stop, len(self._usual))) if other < 0 else other

    @property
    def count_ordinary(self) -> int:
        """How many rows are ordinary."""
        return self._usual.count(1)

    def _is_usual(self, i: object) -> bool:
        return isinstance(i, int) and 0 <= i < len(self._usual) and self._usual[i] == 1

    def __getitem__(self, i: int) -> End:
        if self._is_usual(i):
            return ORDINARY
        return self.special[i]

    def __setitem__(self, i: int, end: End) -> None:
        if end is ORDINARY:
            self.special.pop(i, None)
            self.ordinary([i], ())
            return
        if self._is_usual(i):
            self._usual[i] = 0
        self.special[i] = end

    def __delitem__(self, i: int) -> None:
        if self._is_usual(i):
            self._usual[i] = 0
        else:
            del self.special[i]

    def __contains__(self, i: object) -> bool:
        return self._is_usual(i) or i in self.special

    def __iter__(self) -> Iterator[int]:
        return chain(compress(count(), self._usual), self.special)

    def __len__(self) -> int:
        return self.count_ordinary + len(self.special)


@dataclass(slots=True)
class Told:
    """The ends of a body's rows by row index, the section titles with the row index under which each
    begins, and the lines that end the long name of a position above them.
    """

    ends: Ends = field(default_factory=Ends)
    titles: list[tuple[int, str]] = field(default_factory=list)
    wraps: dict[int, list[str]] = field(default_factory=dict)


class Sums:
    """Whether a row's value is the sum of the rows above it, since the last total, the last title, or from the top; one
    pass, in order.
    """

    def __init__(self, body: Body, told: Told) -> None:
        self.body, self.told = body, told
        self.columns: list[list[str | None]] | None = None
        self.at = 0
        self.near: list[Decimal] = []
        self.titled: list[Decimal] = []
        self.every: list[Decimal] = []
        self.seen = 0

    def match(self, i: int, least: int = 2) -> bool:
        """Whether the first amount stated in row `i` equals what it would sum, to five cents or a millionth, where at
        least so many rows stand above it.
        """
        self._advance(i)
        for k, column in enumerate(self.columns or ()):
            stated = column[i]
            if stated and Decimal(stated):
                sums = (self.near[k], self.titled[k], self.every[k])
                return self.seen >= least and any(_equal(Decimal(stated), ours) for ours in sums)
        return False

    def _advance(self, i: int) -> None:
        if self.columns is None:
            self.columns = [numbers.stated(c, numbers.style_of(c)) for c in self.body.columns(VALUES)]
            self.near = [Decimal(0)] * len(self.columns)
            self.titled, self.every = list(self.near), list(self.near)
        rows, ends = self.body.rows, self.told.ends
        while self.at < len(rows) and rows[self.at] < i:
            r = rows[self.at]
            following = ends.ordinary_from(r, min(i, rows.stop)) - r if isinstance(rows, range) else 0
            self.at += following or 1
            if following:
                self._add(r, r + following)
            elif (end := ends.get(r)) is None:
                continue
            elif end.reason in {"total", "section title"}:
                self.titled = [Decimal(0)] * len(self.columns)
                self.near = list(self.titled) if end.reason == "total" else self.near
            elif end.kind is Kind.POSITION or end.reason == "cash" or adds(self.body, end, r):
                self._add(r, r + 1)

    def _add(self, first: int, stop: int) -> None:
        self.seen += stop - first
        for k, column in enumerate(self.columns or ()):
            values = [Decimal(text or 0) for text in column[first:stop]]
            more = sum(values, Decimal(0))
            self.near[k], self.titled[k], self.every[k] = (
                self.near[k] + more,
                self.titled[k] + more,
                self.every[k] + more,
            )


def adds(body: Body, end: End, i: int) -> bool:
    """Whether a lot stands beside its parent's amounts rather than within them: both have a day of their own, so that
    the parent line is itself the first lot (portfolio systems print the name on the first only).
    """
    if end.kind is not Kind.CONTINUATION:
        return False
    return any(c[i] and c[end.of] for c in body.columns(("acquired_date", "as_of_date"))) or fills(body, i)


def fills(body: Body, i: int) -> bool:
    """Whether a row is a further fill of the order above: a time of its own, and no action where rows state theirs."""
    deals = body.columns(("transaction_type", "side"))
    return bool(deals and body.first(("trade_date",), i)) and not any(c[i] for c in deals)


def _equal(a: Decimal, b: Decimal) -> bool:
    return abs(a - b) <= max(_CENT, abs(b) / 1_000_000)
