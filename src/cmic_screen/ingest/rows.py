"""What each row of a table is: position, continuation, set aside with a reason, or a problem; every row is exactly one.

Rows of the common kind (something to screen by, amounts, no suspicious word) are told column-wise; only the rest are
looked at one by one. A row that might name a company is kept as a position: a question is cheaper than a miss.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Final

from cmic_screen.ingest import rowwords
from cmic_screen.ingest.cells import DASHES
from cmic_screen.ingest.columns import CURRENCIES, DATES, IDS, NUMBERS, TICKERS, code_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cmic_screen.ingest.layout import Block, Sheet
    from cmic_screen.intake import ColumnUse

_NAME_FIELDS: Final = ("security_name", "issuer")
_ID_FIELDS: Final = tuple(sorted(IDS - {"lei", "underlying_id", "underlying_lei"}))
_COUNTED: Final = tuple(sorted(NUMBERS - {"fx_rate", "factor", "multiplier"}))


class Kind(Enum):
    """Where a row ends."""

    HEADER = "header"
    POSITION = "position"
    CONTINUATION = "continuation"
    ASIDE = "set aside"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class End:
    """A row's end: its kind, the reason in words where it is set aside or a problem, flags for a position, and for a
    continuation the row index of the position it belongs to.
    """

    kind: Kind
    reason: str = ""
    flags: tuple[str, ...] = ()
    of: int = -1


ORDINARY: Final = End(Kind.POSITION)


@dataclass(slots=True)
class Body:
    """A table's rows beneath its header, with its columns by field (column indices of the sheet)."""

    sheet: Sheet
    block: Block
    uses: Sequence[ColumnUse]
    fields: Mapping[str, list[int]]
    rows: list[int] = field(default_factory=list)

    def columns(self, names: Sequence[str]) -> list[list[str]]:
        """The text columns mapped to any of these fields, in the order of the fields."""
        return [self.sheet.text[j] for name in names for j in self.fields.get(name, ())]

    def first(self, names: Sequence[str], i: int) -> str:
        """The first stated text of row `i` in these fields, "" where none."""
        for column in self.columns(names):
            if column[i] and column[i] not in DASHES:
                return column[i]
        return ""

    def cells(self, i: int) -> list[str]:
        """The texts of row `i` within the table's columns."""
        return [column[i] for column in self.sheet.text[self.block.left : self.block.right]]


def classify(body: Body) -> dict[int, End]:
    """The end of every row of a body with a non-blank cell in the table's columns; blank rows are not in it."""
    ends: dict[int, End] = {}
    odd = _odd_rows(body, ends)
    judge = _Judge(body)
    for i in odd:
        ends[i] = judge.end(i)
    return ends


def _odd_rows(body: Body, ends: dict[int, End]) -> list[int]:
    """Fill in the ordinary rows; give back the others in order."""
    names, ids = body.columns(_NAME_FIELDS), body.columns((*_ID_FIELDS, *TICKERS))
    counted = body.columns(_COUNTED)
    width = body.block.right - body.block.left
    sole = width == 1 or not counted
    text = body.sheet.text[body.block.left : body.block.right]
    classes = body.columns(("asset_class", "security_type", "sector"))
    odd = []
    for i in body.rows:
        name = next((c[i] for c in names if c[i]), "")
        code = any(c[i] and c[i] not in DASHES for c in ids)
        amount = sole or any(c[i] for c in counted)
        if (name or code) and amount and not (_suspect(name) or any(rowwords.cash(c[i]) for c in classes if c[i])):
            ends[i] = ORDINARY
        elif any(c[i] for c in text):
            odd.append(i)
    return odd


def _suspect(name: str) -> bool:
    return bool(name) and (
        len(name) > 70
        or bool(rowwords.total(name))
        or rowwords.cash(name)
        or rowwords.speaks_of_cash(name)
        or rowwords.sentence(name)
    )


class _Judge:
    """Judges the rows that are not ordinary, one by one, in order."""

    def __init__(self, body: Body) -> None:
        self.body = body
        self.labels = [c for c in body.columns(_NAME_FIELDS)]
        self.lone = body.block.right - body.block.left == 1 or not body.columns(_COUNTED)
        header = [u.header for u in body.uses]
        self.header = [h for h in header if h]

    def end(self, i: int) -> End:
        """The end of one row with something in it."""
        body = self.body
        cells = [c for c in body.cells(i) if c]
        lead = cells[0]
        name = body.first(_NAME_FIELDS, i)
        codes = self._codes(i)
        amount = any(c[i] and c[i] not in DASHES for c in body.columns(_COUNTED))
        if cells == self.header:
            return End(Kind.HEADER)
        if not any(ch.isalnum() for c in cells for ch in c):
            return End(Kind.ASIDE, "no values")
        if (aside := self._total(i, name, lead, codes)) is not None:
            return aside
        if not codes and (rowwords.cash(name or lead)):
            return End(Kind.ASIDE, "cash")
        if len(cells) <= 2 and not codes and not amount and rowwords.sentence(lead):
            return End(Kind.ASIDE, "footer" if len(lead) < 70 else "disclaimer")
        if name or codes:
            return self._named(cells, name, codes, amount)
        return self._nameless(cells, amount)

    def _codes(self, i: int) -> list[str]:
        found = [c[i] for c in self.body.columns((*_ID_FIELDS, *TICKERS)) if c[i] and c[i] not in DASHES]
        return [c for c in found if c not in CURRENCIES]

    def _total(self, i: int, name: str, lead: str, codes: Sequence[str]) -> End | None:
        if any(code_of(c) for c in codes):
            return None
        label = name or lead
        says = rowwords.total(label) or rowwords.total(lead)
        priced = self.body.first(("quantity",), i) and self.body.first(("price",), i)
        if says == "pure" or (
            says == "maybe" and not priced and not codes and len(self.body.columns(("quantity", "price"))) >= 1
        ):
            return End(Kind.ASIDE, "total")
        return None

    def _named(self, cells: Sequence[str], name: str, codes: Sequence[str], amount: bool) -> End:
        if not amount and not codes and not self.lone:
            if rowwords.general(name) or name.endswith(":"):
                return End(Kind.ASIDE, "section title")
            if len(cells) == 1 and rowwords.sentence(name):
                return End(Kind.ASIDE, "footer")
        flags = ("CASH_LINE",) if rowwords.speaks_of_cash(name) else ()
        return End(Kind.POSITION, flags=flags)

    def _nameless(self, cells: Sequence[str], amount: bool) -> End:
        if not amount and len(cells) <= 2:
            return End(Kind.ASIDE, "section title" if len(cells[0]) < 60 else "footer")
        if not any(any(ch.isalpha() for ch in c) for c in cells):
            return End(Kind.ASIDE, "total")
        return End(Kind.PROBLEM, "nothing to screen by")


__all__ = ["DATES", "ORDINARY", "Body", "End", "Kind", "classify"]
