"""The texts of cells that are not read for what is held: under a heading nobody knows, shifted into another column, or
headings themselves; it judges none of them.

A second table beside the first, a guarantor, a name where the ISIN belongs, a column for each security: elsewhere.py
compares these texts with the list, so that none of them hides a holding (architecture §1.2).
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from cmic_screen.ingest import context, dates, rowwords, vocabulary
from cmic_screen.ingest.body import picked
from cmic_screen.ingest.content import code_like, sure_code
from cmic_screen.ingest.ends import Kind
from cmic_screen.ingest.fields import IDS, KINDS, NAME_FIELDS, NAMES, OWNERS, TICKERS
from cmic_screen.ingest.numbers import looks_number
from cmic_screen.intake import UnreadText
from cmic_screen.markets import is_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cmic_screen.ingest.body import Body
    from cmic_screen.ingest.parts import Part, Table

_ELSEWHERE: Final = frozenset(
    {"issuer_group", "issuer_group_id", "custodian", "broker", "counterparty", "advisor", "other_manager", "source"}
)
"""Fields of companies that are none held: whom the row belongs to, or who stands above the issuer (the 50 percent rule
does not apply)."""
_LETTERED: Final = re.compile(
    r"^(?!(?!(?:.{7}|.{9}|.{12}|.{20})$)[A-Za-z]{0,5}[-_/]?[0-9]+[A-Za-z]{0,3}$)(?=.*[^\W\d_].*[^\W\d_]).{2,80}$",
    re.MULTILINE,
)
"""A line of two letters and more that is no remark, nor the reference of a trade or a firm's own code (`REF12345`): one
as long as a SEDOL, CUSIP, ISIN, FIGI or LEI may be that."""
_SPACES: Final = 9
"""What has more words is a remark and no name."""
_PIECES: Final = 4
"""Cells that a name may be cut into, at most."""
_PIECE_WORDS: Final = 8
"""Words of a name that is cut, at most."""
_SHARED: Final = 10
"""A text beside more other texts than this sorts what is held; it is no piece of a name."""
_TICKERS_END: Final = 7
"""Letters from which one word in a column of codes is a name."""


def texts(file: str, part: Part, table: Table) -> Iterator[UnreadText]:
    """Each such text of a used table that may be a name or a code, once a column. Rows that are no position and
    continue none are left out: what they say is kept as text and looked at as such. A name on a further line of a
    holding, which was joined to the first, is compared by itself as well: it may be another holding's.
    """
    body, ends = table.body, table.told.ends
    fields = {j: field for field, places in body.fields.items() for j in places}
    more = [i for i, e in ends.special.items() if e.kind is Kind.CONTINUATION and not body.origin]
    rows = sorted({*ends.held(body.rows), *more})
    name = part.sheet.name
    for j in range(body.block.left, body.block.right):
        field, header = fields.get(j, ""), body.header(j)
        if field in OWNERS | _ELSEWHERE:
            continue
        line, column = body.origin.get(j, (0, j))
        cells = body.sheet.text[j]
        further = set(picked(cells, rows)) if line else {cells[i] for i in more}
        for text in _lines(set(picked(cells, rows)) - {header}):
            named = field in NAMES and text not in further
            if is_line(text) if named else _may_name(text, coded=field in IDS | TICKERS):
                sure = field in KINDS
                yield UnreadText(file=file, sheet=name, header=header, column=column + 1, text=text, sure=sure)
    for i in body.block.header_rows if not body.origin else ():
        for j in range(body.block.left, body.block.right):
            text = body.sheet.text[j][i]
            if _lines({text}) and _may_name(text, coded=False) and not vocabulary.exact(text):
                row = part.sheet.numbers[i]
                yield UnreadText(
                    file=file, sheet=name, header=text, column=j + 1, text=text, kind="heading", rows=(row,)
                )
    for i, other, text, sure in _over_two_lines(body):
        lines = (part.sheet.numbers[i], part.sheet.numbers[other])
        yield UnreadText(file=file, sheet=name, header="", column=0, text=text, kind="lines", rows=lines, sure=sure)
    for j, parts in _over_cells(body, fields, rows):
        text, header = " ".join(parts), body.header(j)
        yield UnreadText(
            file=file, sheet=name, header=header, column=j + 1, text=text, kind="cells", parts=parts, sure=True
        )


def notes(file: str, part: Part) -> Iterator[UnreadText]:
    """The lines of comments and text boxes that may be a name or a code, once a row."""
    over = dict.fromkeys(part.sheet.grid.notes)
    said = {line for line in _lines({line for _, line in over}) if _may_name(line, coded=False)}
    for row, line in over:
        if line in said:
            yield UnreadText(file=file, sheet=part.sheet.name, header="", column=0, text=line, kind="note", rows=(row,))


def _over_cells(body: Body, fields: Mapping[int, str], rows: Sequence[int]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """(first column, texts) of neighbouring cells that may be one name, cut at its blanks by whoever took the table
    from a page (`CHINA | MOBILE LTD`): two to four cells of few words, one of them where a name belongs; in a table
    without a column of names, where nothing known does.
    """
    if body.origin:
        return
    named = {j for j in fields if fields[j] in NAMES}
    columns = range(body.block.left, body.block.right)
    if named:  # of an export's hundreds of columns only those beside the names
        first, last = min(named) - _PIECES + 1, max(named) + _PIECES
        columns = range(max(columns.start, first), min(columns.stop, last))
    cells = {j: picked(body.sheet.text[j], rows) for j in columns}
    pieces = {j: _pieces(set(cells[j]) - {body.header(j)}, fields.get(j, "")) for j in columns}
    for j in columns[1:]:
        if fields.get(j) in KINDS:
            beside = Counter(text for _, text in set(zip(cells[j - 1], cells[j], strict=True)))
            pieces[j] -= {text for text, count in beside.items() if count > _SHARED}
    for j in columns:
        for end in range(min(j + _PIECES, columns.stop), j + 1, -1):  # the longest name first: it says most
            here = range(j, end)
            may = not named.isdisjoint(here) if named else not all(map(fields.get, here))
            if not may or not all(pieces[k] for k in here):
                continue
            for parts in sorted(set(zip(*(cells[k] for k in here), strict=True))):
                if all(p in pieces[k] for k, p in zip(here, parts, strict=True)) and _few(" ".join(parts)):
                    yield j, parts


def _pieces(texts: set[str], field: str) -> frozenset[str]:
    """Those of a column's texts that may be a piece of a name."""
    if field in OWNERS | _ELSEWHERE:
        return frozenset()
    short = _lines({t for t in texts if _few(t)})
    return frozenset(t for t in short if field in NAMES or _may_name(t, coded=field in IDS | TICKERS))


def _few(text: str) -> bool:
    return text.count(" ") < _PIECE_WORDS


def _over_two_lines(body: Body) -> Iterator[tuple[int, int, str, bool]]:
    """The lines with nothing but a name, each with the line before or behind it and what the two names are together:
    a name may be broken where nobody expects it. Of two bare lines, as lists of names have, only a proven name says so.
    """
    if body.origin:
        return
    filled = body.sheet.filled
    said = [i for i in body.rows if filled[i]]
    for above, i in pairwise(said):
        if min(filled[above], filled[i]) == 1:
            first, last = body.first(NAME_FIELDS, above), body.first(NAME_FIELDS, i)
            text = f"{first} {last}"
            titled = any(map(rowwords.general, (first, last))) or context.account(first)
            if first and last and first != last and not titled and _lines({text}):
                bare = filled[above] == filled[i]
                yield (i, above, text, bare) if filled[i] == 1 else (above, i, text, False)


def _lines(texts: set[str]) -> list[str]:
    """Those of some texts that may say more than a number; all at once, since a book has many."""
    joined = "\n".join(texts)
    if joined.upper() == joined.lower() and joined.isascii():
        return []
    if joined.count("\n") >= len(texts):
        return sorted(t for t in texts if _LETTERED.fullmatch(t.replace("\n", " ")))
    return sorted(_LETTERED.findall(joined))


def _may_name(text: str, *, coded: bool) -> bool:
    if text.count(" ") > _SPACES:
        return False
    name = text.isalpha() and (len(text) >= _TICKERS_END or not text.isascii())
    if coded and not name and text.isalnum():
        return False  # a code of the column's own kind, which is read
    if is_line(text) or sure_code(text):
        return True
    if coded and not name and code_like(text):
        return False
    return not (looks_number(text) or dates.looks_date(text) or rowwords.general(text))
