"""What each row of a table is: position, continuation, set aside with a reason, or a problem; every row is exactly one.

Rows of the common kind (something to screen by, amounts, no suspicious word) are told column-wise; only the rest are
looked at one by one. A row that might name a company is kept as a position: a question is cheaper than a miss.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

from cmic_screen.actions import parse
from cmic_screen.ingest import context, lots, ordinary, pages, rowwords, subtotals
from cmic_screen.ingest.cells import DASHES, NO_VALUE
from cmic_screen.ingest.content import CURRENCIES, NO_CODE, code_like, schemes_of
from cmic_screen.ingest.ends import ORDINARY, End, Kind, Sums, Told, fills
from cmic_screen.ingest.fields import KINDS, MONEY_CODES, OWNERS
from cmic_screen.ingest.records import CODES, COUNTED, NAMES
from cmic_screen.markets import is_line
from cmic_screen.model import Action

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cmic_screen.ingest.body import Body

_DULL: Final = KINDS | OWNERS | MONEY_CODES | {"ignore", "trade_time", "custodian", "broker", "counterparty"}
"""Fields whose text never names the security of a row."""
_DEALS: Final = frozenset({Action.BUY, Action.SELL, Action.SELL_SHORT, Action.BUY_TO_COVER})
_LEADING: Final = 4
"""Cells at the left of a row in which statements say that it is a total."""
_TITLE: Final = 60
_TITLES: Final = 2  # lines that may stand between a title and the rows it leads
_LONG: Final = 18
"""A name of fewer letters was not cut off for want of room."""
_PAR: Final = re.compile(r"1(?:[.,]0+)?")
_LABELLED: Final = re.compile(r"[^\W\d_][\w .#/&'-]{0,30}[:：]\s*\S")


def classify(body: Body) -> Told:
    """The end of every row of a body with something in its columns; blank rows are not in it."""
    told = Told()
    odd = ordinary.fill(body, told.ends)
    judge = _Judge(body, told)
    for i in odd:
        told.ends[i] = judge.end(i)
        if told.ends[i].reason == "section title":
            told.titles.append((i, " ".join(dict.fromkeys(c for c in body.cells(i) if c))))
    for i, rows in body.lines.items():
        told.ends.update({r: End(Kind.CONTINUATION, of=i) for r in rows[1:] if told.ends[i].kind is Kind.POSITION})
        told.ends.update({r: told.ends[i] for r in rows[1:] if told.ends[i].kind is not Kind.POSITION})
    lots.join(body, told)
    subtotals.put_aside(body, told)
    return told


class _Judge:
    """Judges the rows that are not ordinary, one by one, in order."""

    def __init__(self, body: Body, told: Told) -> None:
        self.body, self.told = body, told
        self.plain = body.block.right - body.block.left == 1 or not body.columns(COUNTED)
        self.header = [h for h in body.block.headers if h]
        self.sums = Sums(body, told)
        named = [j for f in (*NAMES, *CODES) for j in body.fields.get(f, ())]
        self.margin = max(1, min(named, default=body.block.left) - body.block.left)
        self.pages = pages.above(body)
        self.days: list[list[str]] | None = None
        self.marks = ordinary.marks(body)

    def _place(self, i: int) -> int:
        """Which of the body's rows, which are in order, a row is."""
        return bisect_left(self.body.rows, i)

    def end(self, i: int) -> End:
        """The end of one row with something in it."""
        body = self.body
        cells = [c for c in body.cells(i) if c]
        name = body.first(NAMES, i)
        name = "" if ordinary.AMOUNT.fullmatch(name) else name  # a total's amount, shifted beneath the names
        codes = [c for c in body.codes(CODES, i) if c.upper() not in CURRENCIES and any(map(str.isalnum, c))]
        worded = "" if name else next((c for c in codes if not code_like(c) and sum(map(str.isalpha, c)) > 3), "")
        amount = any(c[i] and c[i] not in DASHES for c in body.amounts(COUNTED))
        if cells == self.header:
            return End(Kind.HEADER)
        if broken := self._broken(i):
            return End(Kind.PROBLEM, broken)
        end = (
            self._printed_again(cells, codes, amount=amount)
            or self._total(i, name or cells[0], codes)
            or self._money(i, name or worded or cells[0], codes, amount=amount)
            or self._prose(cells, codes, amount=amount)
        )
        if end is not None:
            return end
        if name or worded or any(code_like(c) for c in codes):
            end = self._named(i, cells, name or worded, [c for c in codes if c != worded], amount=amount)
            return replace(end, name=worded) if worded and end.kind is Kind.POSITION else end
        return self._nameless(i, cells, amount=amount)

    def _printed_again(self, cells: Sequence[str], codes: Sequence[str], *, amount: bool) -> End | None:
        """A line without letters or digits, or one that stands above the header as well."""
        blank = not any(ch.isalnum() for c in cells for ch in c)
        if (blank := blank or rowwords.filters(cells)) or self.pages.again(cells):
            return End(Kind.ASIDE, "no values" if blank else "page header")
        if not amount and self.pages.labelled(cells) and not any(schemes_of(c) for c in codes):
            return End(Kind.ASIDE, "section title")
        return None

    def _broken(self, i: int) -> str:
        """The code of the problem where a name or an identifier is a failed formula or one without a value."""
        texts = {c[i] for c in self.body.columns((*NAMES, *CODES))}
        if NO_VALUE in texts:
            return "FORMULA_WITHOUT_VALUE"
        nothing = "#N/A" in texts and not self.body.first((*NAMES, *CODES), i)
        return "ERROR_CELL" if nothing or texts & ordinary.FAILED else ""

    def _total(self, i: int, label: str, codes: Sequence[str]) -> End | None:
        if any(schemes_of(c) for c in codes):
            return None
        lead = next(c for c in self.body.cells(i) if c)
        says = rowwords.total(label) or rowwords.total(lead)
        if says == "pure" or any(ordinary.says_total(c[i]) for c in self.marks):
            return End(Kind.ASIDE, "total")
        if says != "maybe":
            return None
        text = label if rowwords.total(label) else lead
        beside = rowwords.beside_total(text)
        known = any(beside and beside in rowwords.beside_total(t) for _, t in self.told.titles)
        priced = self.body.first(("quantity",), i) and self.body.first(("price",), i)
        alone = not priced and self.body.columns(("price",)) != []
        counted = bool(self.body.first(("quantity",), i)) or not self.body.columns(("quantity",))
        sums = self.sums.match(i, least=2 if counted else 1)
        return End(Kind.ASIDE, "total") if known or beside in self.groups or alone or sums else None

    @cached_property
    def groups(self) -> frozenset[str]:
        """What the rows are grouped by: every owner and kind that stands in them."""
        return frozenset(t.casefold() for c in self.body.columns((*OWNERS, *KINDS)) for t in c if t)

    def _money(self, i: int, label: str, codes: Sequence[str], *, amount: bool) -> End | None:
        """A line of money with nothing in it that could be a company."""
        if not amount and not self.plain:
            return None
        par = all(_PAR.fullmatch(c[i]) for c in self.body.columns(("price",)) if c[i])
        if not all(
            rowwords.cash(c) or ((rowwords.money_code(c) or (par and c.isdigit())) and not schemes_of(c)) for c in codes
        ):
            return None
        bare = not self.body.first(("quantity", "price"), i)
        said = bare or any(rowwords.cash(c[i]) for c in self.body.columns(("asset_class", "security_type")) if c[i])
        said = said or any(c.upper() in CURRENCIES for c in self.body.codes(CODES, i))
        money = rowwords.money(label) or (rowwords.general(label) and rowwords.speaks_of_cash(label))
        return End(Kind.ASIDE, "cash") if rowwords.cash(label) or rowwords.coin(label) or (said and money) else None

    def _prose(self, cells: Sequence[str], codes: Sequence[str], *, amount: bool) -> End | None:
        text = max(cells, key=len)
        if amount or len(cells) > 3 or any(schemes_of(c) for c in codes):
            return None
        written = not self.plain and len(cells) == 1 and rowwords.remark(text)
        if not (rowwords.sentence(text) or written):
            return None
        if self.plain and len(text) > 70 and not rowwords.prose(text):
            return None  # in a list of names a long line may be a long name; only what is written as prose is none
        return End(Kind.ASIDE, "footer" if len(text) <= 70 else "disclaimer")

    def _named(self, i: int, cells: Sequence[str], name: str, codes: Sequence[str], *, amount: bool) -> End:
        coded = any(schemes_of(c) or is_line(c) or (not name and " " in c and code_like(c)) for c in codes)
        if not amount and not self.plain and not coded:
            if (of := self._wraps(i, cells, name)) >= 0:
                self.told.wraps.setdefault(of, []).append(name)
                return End(Kind.CONTINUATION, of=of)
            if self._is_title(i, cells, name):
                return End(Kind.ASIDE, "section title")
            if not name and len(cells) == 1:
                return End(Kind.ASIDE, "section title" if context.account(cells[0]) else "side note")
        elif self.plain and name[-1:] == ":" and len(cells) == 1:
            return End(Kind.ASIDE, "section title")
        whole = self.body.first(("quantity",), i) and self.body.first(("price",), i)
        cash = rowwords.cash(name) or (rowwords.speaks_of_cash(name) and not whole)
        return End(Kind.POSITION, flags=("CASH_LINE",) if cash else ())

    def _wraps(self, i: int, cells: Sequence[str], name: str) -> int:
        """The position whose long name this line ends (its legal form stands here, not there), -1 where none."""
        before = self.body.rows[self._place(i) - 1] if self._place(i) else -1
        if len(cells) != 1 or not name or self.told.ends.get(before) is not ORDINARY:
            return -1
        first = self.body.first(NAMES, before)
        ends = rowwords.ends_legal(name) and not rowwords.ends_legal(first) and len(first) >= _LONG
        return before if ends or (name[:1].islower() and not rowwords.sentence(name)) else -1

    def _is_title(self, i: int, cells: Sequence[str], name: str) -> bool:
        """A line of text alone in a table of amounts: a heading, unless lines without a name of their own follow it."""
        if len(set(cells)) > 2 or len(cells[0]) > _TITLE:
            return False
        text = name or cells[0]
        if rowwords.general(text) or text.endswith(":") or _LABELLED.match(text) or context.account(text):
            return True
        return len(set(cells)) == 1 and (self._heads_page(i) or self._leads(i))

    def _leads(self, i: int) -> bool:
        """Whether ordinary rows follow a line, other lines of text alone (titles beneath it) between them at most."""
        lines = 0
        for r in self.body.rows[self._place(i) + 1 : self._place(i) + 6]:
            if self.told.ends.get(r) is ORDINARY:
                return True
            stated = {c for c in self.body.cells(r) if c}
            lines += bool(stated)
            if len(stated) > 1 or lines > _TITLES:
                break
        return False

    def _heads_page(self, i: int) -> bool:
        """Whether nothing but blank lines stands between a line and a header: printed again, or the next table's."""
        filled = self.body.sheet.filled
        following = next((r for r in range(i + 1, len(filled)) if filled[r]), -1)
        return following in self.body.block.header_rows or (following >= 0 and following == self.body.block.stop)

    def _nameless(self, i: int, cells: Sequence[str], *, amount: bool) -> End:
        if len(cells) == 1 and context.titles_account(cells[0]):  # where the leading column is one of amounts
            return End(Kind.ASIDE, "section title")
        if not amount and self.plain and len(cells) > 1 and (text := self._other_text(i)):
            return End(Kind.POSITION, flags=("NAME_FROM_TEXT",), name=text)
        if not amount:
            first = next(k for k, c in enumerate(self.body.cells(i)) if c)
            short = len(set(cells)) <= 2 and len(cells[0]) <= _TITLE and first <= self.margin
            return End(Kind.ASIDE, "section title" if short and not self.plain else "side note")
        dated = bool(self.body.first(("acquired_date",), i)) or self._dated(i)
        if not dated and (self.sums.match(i) or rowwords.sums(cells)):
            return End(Kind.ASIDE, "total")
        if not dated and (text := self._other_text(i)):
            return End(Kind.POSITION, flags=("NAME_FROM_TEXT",), name=text)
        return self._amounts_alone(i, dated=dated)

    def _amounts_alone(self, i: int, *, dated: bool) -> End:
        """A row of amounts that nothing names: a total, money, a lot of the position above, or a problem."""
        if not dated and any(c.casefold() in rowwords.TOTAL for c in self.body.cells(i)[:_LEADING]):
            return End(Kind.ASIDE, "total")
        if self._is_money(i):
            return End(Kind.ASIDE, "cash")
        if (of := self._lot_of(i, dated=dated)) >= 0:
            return End(Kind.CONTINUATION, of=of)
        return End(Kind.PROBLEM, "NOTHING_TO_SCREEN_BY")

    def _is_money(self, i: int) -> bool:
        """Whether a row of amounts without a name is money. Where a holding's units are counted, or a purchase or sale
        is stated, a currency alone does not say so: a holding whose name is missing has one too.
        """
        if self.body.fields.get("transaction_type"):
            done = parse(self.body.first(("transaction_type",), i), self.body.first(("side",), i))
            return done not in _DEALS or not self._counts(i)
        counted = self._counts(i)
        return any(rowwords.cash(t) for t in self._dull(i) if not (counted and t.upper() in CURRENCIES))

    def _counts(self, i: int) -> bool:
        return any(c in "123456789" for c in self.body.first(("quantity",), i))

    def _lot_of(self, i: int, *, dated: bool) -> int:
        """The position that a row of amounts without a name is a lot of: the one before it, where lots are dated or the
        parent line has no amounts of its own.
        """
        rows = self.body.rows
        for k in range(self._place(i) - 1, -1, -1):
            r = rows[k]
            end = self.told.ends.get(r)
            if end is None:
                continue
            if end.kind is Kind.CONTINUATION:
                return end.of
            bare = not any(c[r] and c[r] not in DASHES for c in self.body.amounts(COUNTED))
            return r if end.kind is Kind.POSITION and (bare or dated) else -1
        return -1

    def _dated(self, i: int) -> bool:
        """Whether the row has a date of its own where rows differ in theirs: a lot's day, not the report's."""
        if self.days is None:
            columns = self.body.columns(("as_of_date",))
            self.days = [c for c in columns if len({c[r] for r in self.body.rows} - {""}) > 1]
        return any(c[i] for c in self.days) or fills(self.body, i)

    def _dull(self, i: int) -> list[str]:
        return [t for f in sorted(_DULL) for c in self.body.columns((f,)) if (t := c[i])]

    def _other_text(self, i: int) -> str:
        """Text of a row in columns that could still say what is held: notes and columns without a field."""
        out = []
        for j, use in enumerate(self.body.uses, self.body.block.left):
            if use.field in {"", "ignore", "notes", "transaction_desc", "underlying_name"}:
                text = self.body.sheet.text[j][i]
                if (
                    sum(1 for c in text if c.isalpha()) > 2
                    and text.upper() not in NO_CODE
                    and not rowwords.general(text)
                ):
                    out.append(text)
        return " ".join(dict.fromkeys(out))
