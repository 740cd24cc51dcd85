"""A table's rows beneath its header with its columns by field: the view that row rules and values share.

Where a holding spans several lines (custodians print the name, the ISIN and the account on three), `fold` sets those
lines side by side as one logical row, so that all rules read one row a holding; every line keeps its own number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, TypeVar

from cmic_screen.ingest import apart, columns, context, rowwords
from cmic_screen.ingest.cells import DASHES
from cmic_screen.ingest.content import NO_CODE, SAMPLE, Profile, profile
from cmic_screen.ingest.numbers import looks_number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cmic_screen.ingest.grid import Cell
    from cmic_screen.ingest.layout import Block
    from cmic_screen.ingest.sheet import Sheet
    from cmic_screen.intake import ColumnUse

_T = TypeVar("_T")
_TINY: Final = 12
_AMOUNTS: Final = 0.8
"""Share of numbers in a column of amounts, at least."""
_LISTED: Final = re.compile(r"[0-9]{1,6} (?:[A-Z]{2}|[CH][12])")
"""A code with its exchange, as it stands under a number of shares."""


@dataclass(slots=True)
class Body:
    """`uses` are the columns left to right (of every line, where a holding has several); `fields` maps a field to
    column
    indices of `sheet`; `rows` are the row indices of the body; `origin` maps a column index of `sheet` to (line of the
    holding, column index of the sheet as it stands); `lines` maps the first row of a holding to all its rows.
    """

    sheet: Sheet
    block: Block
    uses: Sequence[ColumnUse]
    fields: Mapping[str, list[int]]
    rows: Sequence[int]
    headers: tuple[str, ...]
    origin: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    lines: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    _amounts: dict[Sequence[str], list[list[str]]] = field(default_factory=dict)

    def columns(self, names: Sequence[str]) -> list[list[str]]:
        """The text columns mapped to any of these fields, in the order of the fields."""
        return [self.sheet.text[j] for name in names for j in self.fields.get(name, ())]

    def amounts(self, names: Sequence[str]) -> list[list[str]]:
        """The text columns of these fields without words: custodians print the currency or the code under a price."""
        if names not in self._amounts:
            self._amounts[names] = [_without_words(c, self.rows) for c in self.columns(names)]
        return self._amounts[names]

    def first(self, names: Sequence[str], i: int) -> str:
        """The first stated text of row `i` in these fields, "" where none."""
        for column in self.columns(names):
            if column[i] and column[i] not in DASHES:
                return column[i]
        return ""

    def codes(self, names: Sequence[str], i: int) -> list[str]:
        """Every code stated in row `i` in these fields."""
        return [c[i] for c in self.columns(names) if c[i] and c[i].upper() not in NO_CODE]

    def cells(self, i: int) -> list[str]:
        """The texts of row `i` within the table's columns, every line of the holding."""
        return [column[i] for column in self.sheet.text[self.block.left : self.block.right]]

    def header(self, j: int) -> str:
        """The header of column index `j`."""
        return self.headers[j - self.block.left]

    def header_of(self, names: Sequence[str]) -> str:
        """The header of the first column mapped to any of these fields, "" where none is."""
        return next((self.header(j) for name in names for j in self.fields.get(name, ())), "")

    def place(self, i: int, j: int) -> tuple[int, int]:
        """Row and column number in the file of the cell at row index `i`, column index `j`."""
        line, column = self.origin.get(j, (0, j))
        rows = self.lines.get(i, (i,))
        return self.sheet.numbers[rows[line] if line < len(rows) else i], column + 1


def picked(column: Sequence[_T], rows: Sequence[int]) -> Sequence[_T]:
    """The cells of these rows, which are in order."""
    if len(rows) and rows[-1] - rows[0] + 1 == len(rows):
        return column[rows[0] : rows[-1] + 1]
    return [column[i] for i in rows]


def _without_words(column: list[str], rows: Sequence[int]) -> list[str]:
    """A column of amounts with its words blank; a code (`0728 HK`) counts as one where other cells are plain numbers.
    What stands for nothing or for a failed formula stays.
    """
    whole = "".join(picked(column, rows))
    if whole.upper() == whole.lower():
        return column
    worded = {t for t in set(column) if t.upper() != t.lower() and t.upper() not in NO_CODE}
    coded = {t for t in worded if _LISTED.fullmatch(t)}
    if coded and not any(t not in worded and looks_number(t) for t in column if t):
        coded = set()
    lettered = coded | {t for t in worded if not any(map(str.isdigit, t)) and not looks_number(t)}
    return ["" if t in lettered else t for t in column] if lettered else column


def body_of(sheet: Sheet, block: Block, forced: Mapping[int, str] | None = None) -> Body:
    """The rows beneath a block's header, columns mapped. `forced` is column number in the file to field."""
    heads = set(block.header_rows)
    rows: Sequence[int] = range(block.start, block.stop)
    if not heads.isdisjoint(rows):
        rows = [i for i in rows if i not in heads]
    inside = {c - 1 - block.left: f for c, f in (forced or {}).items()}
    return _mapped(sheet, block, block.headers, rows, inside)


def _mapped(
    sheet: Sheet,
    block: Block,
    headers: tuple[str, ...],
    rows: Sequence[int],
    forced: Mapping[int, str],
    parts: Sequence[Sequence[str]] = (),
) -> Body:
    span = range(block.left, block.right)
    told = rows
    if len(rows) <= _TINY:  # of a few rows a title or a total says as much as all the others
        told = [i for i in rows if sheet.filled[i] > 1] or rows
    profiles = [_profile(sheet.text[j], told) for j in span]
    inside = {k: f for k, f in forced.items() if 0 <= k < len(span)}
    said = list(headers)
    for k, j in enumerate(span):
        if headers[k] and k not in inside and all(sheet.text[j][i] in {headers[k], ""} for i in rows):
            said[k], profiles[k] = "", Profile()  # its cells repeat its header: the name of a section (IBKR's lines)
    for k in _by_account(headers, profiles):
        said[k] = said[k] if k in inside else ""
    uses = [
        replace(u, column=u.column + block.left, header=h)
        for u, h in zip(columns.map_columns(said, profiles, inside, parts), headers, strict=True)
    ]
    uses = apart.told(sheet, rows, uses)
    fields: dict[str, list[int]] = {}
    for use in uses:
        if use.field:
            fields.setdefault(use.field, []).append(use.column - 1)
    return Body(sheet=sheet, block=block, uses=uses, fields=fields, rows=rows, headers=headers)


def _by_account(headers: Sequence[str], profiles: Sequence[Profile]) -> list[int]:
    """Columns of amounts, several of which are headed by an account each (`Acct 1001`, `Acct 1002`): they say how much
    an account holds, not which.
    """
    found = [
        k
        for k, (h, p) in enumerate(zip(headers, profiles, strict=True))
        if context.labels_one(h) and p.number >= _AMOUNTS
    ]
    return found if len(found) > 1 else []


def _profile(column: Sequence[str], rows: Sequence[int]) -> Profile:
    """What a column holds beneath the header, from a sample of the rows where there are many."""
    step = max(1, len(rows) // (SAMPLE * 2))
    found = profile([t for i in rows[::step] if not rowwords.lot(t := column[i])])  # `Lot 3` is no name of anything
    return found if found.filled >= SAMPLE // 4 or step == 1 else profile([column[i] for i in rows])


def fold(
    body: Body,
    lines: Mapping[int, tuple[int, ...]],
    stacked: Sequence[Sequence[str]],
    forced: Mapping[int, str] | None = None,
) -> Body:
    """The same table with the rows of each holding side by side. `lines` maps the first row of a holding to its rows;
    `forced` fixes columns of the first line. `stacked` has one row of headers a line where the header is as tall as
    the holdings, else the header serves each line.
    """
    block = body.block
    tall = max(map(len, lines.values()))
    width = block.right - block.left
    raw: list[Sequence[Cell]] = []
    text: list[list[str]] = []
    origin: dict[int, tuple[int, int]] = {}
    padded: dict[tuple[int, int], str] = {}
    for line in range(tall):
        for j in range(block.left, block.right):
            new = len(text)
            origin[new] = (line, j)
            raw.append(_line(body.sheet.raw[j], lines, line, None))
            text.append(_line(body.sheet.text[j], lines, line, ""))
            for i, rows in lines.items():
                if line < len(rows) and (was := body.sheet.padded.get((rows[line], j))) is not None:
                    padded[i, new] = was
    headers, each = _line_headers(
        body, stacked, [[any(text[line * width + k][i] for i in lines) for k in range(width)] for line in range(tall)]
    )
    others = {r for rows in lines.values() for r in rows[1:]}
    kept = [i for i in body.rows if i not in others]
    sheet = replace(body.sheet, raw=raw, text=text, padded=padded)
    wide = replace(block, left=0, right=width * tall, headers=tuple(headers), stacked=())
    first = {c - 1 - block.left: f for c, f in (forced or {}).items()}
    made = replace(_mapped(sheet, wide, tuple(headers), list(lines), first, each), rows=kept)
    uses = [_of_line(u, *origin[u.column - 1]) for u in made.uses]
    return Body(
        sheet=sheet,
        block=wide,
        uses=uses,
        fields=made.fields,
        rows=kept,
        headers=tuple(headers),
        origin=origin,
        lines=dict(lines),
    )


def _of_line(use: ColumnUse, line: int, column: int) -> ColumnUse:
    """A column's use with its number in the file, saying on which line of a holding it stands."""
    words = f"line {line + 1} of each holding; {use.reason}" if line else use.reason
    return replace(use, column=column + 1, reason=words)


def _line_headers(
    body: Body, stacked: Sequence[Sequence[str]], filled: Sequence[Sequence[bool]]
) -> tuple[list[str], list[tuple[str, ...]]]:
    """The header of every column on every line of a holding, and the single lines of headers it may mean.

    A column that holds something on as many lines as its header has says them in order, one that does on a single line
    has its whole header there; else each line has its own row of the header where it is as tall as the holding.
    """
    tall, width = len(filled), len(body.headers)
    headers: list[str] = []
    parts: list[tuple[str, ...]] = []
    for line in range(tall):
        for k in range(width):
            own = [s[k] for s in stacked if s[k]]
            used = [at for at in range(tall) if filled[at][k]]
            if len(own) > 1 and line in used and len(used) == len(own):
                headers.append(own[used.index(line)])
                parts.append(())
            elif len(used) == 1 or not stacked:
                headers.append(_line_header(body.headers[k], line, tall))
                parts.append(tuple(own))
            elif len(stacked) == tall:
                headers.append(stacked[line][k])
                parts.append(())
            else:
                headers.append(body.headers[k])
                parts.append(tuple(own))
    return headers, parts


def _line_header(header: str, line: int, tall: int) -> str:
    """The header of one line of a column: its own part of `Price / Cost`, else the header for every line."""
    parts = [p.strip() for p in re.split(r"\s*[/\n|]\s*", header)]
    return parts[line] if len(parts) == tall else header


def _line(column: Sequence[_T], lines: Mapping[int, tuple[int, ...]], line: int, blank: _T) -> list[_T]:
    """One line of every holding; a row that is no holding of several lines (a total) stands in each line alike."""
    out = list(column)
    for i, rows in lines.items():
        out[i] = column[rows[line]] if line < len(rows) else blank
    return out
