"""One table that is several: tables side by side of which only some head their names with a word we know.

`Name | Qty | | Zork | Qty` is two tables, for the headings start again; read as one, what stands under `Zork` is no
position (pains B1). It parts no table whose further columns of names stand under a heading of something else, and
none whose headings do not repeat.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from cmic_screen.ingest import rowwords, vocabulary
from cmic_screen.ingest.content import profile
from cmic_screen.ingest.fields import OWNERS, WHAT
from cmic_screen.ingest.profile import known
from cmic_screen.ingest.sides import repeated

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cmic_screen.ingest.layout import Block
    from cmic_screen.ingest.sheet import Sheet

_BOOKS: Final = frozenset({"portfolio", "portfolio_name"})
_LEAST: Final = 2
"""Columns of a table at least: what is held, and how much."""
_HALF: Final = 0.5


def parted(sheet: Sheet, block: Block) -> list[Block]:
    """The tables that a block is, left to right; the block itself where it is one, or of a known layout."""
    if block.holds or block.right - block.left < 2 * _LEAST or known(block.headers):
        return [block]
    rows = range(block.start, block.stop)
    filled = [
        j
        for j in range(block.left, block.right)
        if block.headers[j - block.left] or any(sheet.text[j][i] for i in rows)
    ]
    for words in (block.headers, *block.stacked):
        stated = [w.casefold() for w in words if w]
        if block.header_rows and len(set(stated)) == len(stated):
            continue  # no heading comes again
        for starts in _partings(filled, headed=bool(block.header_rows)):
            spans = [[j for j in filled if a <= j < b] for a, b in pairwise([*starts, block.right])]
            named = [_names(sheet, block, words, span) for span in spans]
            within = [(span[0] - block.left, span[-1] + 1 - block.left) for span in spans if span]
            if None not in named and _start_again(block, words, spans, named) and repeated(block.stacked, within):
                edges = pairwise([block.left, *starts[1:], block.right])
                return [_part(block, words, a, b, at) for (a, b), at in zip(edges, named, strict=True)]
    return [block]


def _partings(filled: Sequence[int], *, headed: bool) -> Iterator[list[int]]:
    """Where further tables may begin: behind empty columns, or where as many headings come again."""
    behind = [b for a, b in pairwise(filled) if b > a + 1]
    if behind:
        yield [filled[0], *behind]
    for size in range(_LEAST, len(filled) // 2 + 1) if headed else ():
        if len(filled) % size == 0:
            yield list(filled[::size])


def _names(sheet: Sheet, block: Block, words: Sequence[str], span: Sequence[int]) -> int | None:
    """The first column of a span that holds names and is not headed as something else; None where none is."""
    for j in span:
        if (field := _field(words[j - block.left])) and field not in WHAT | OWNERS | _BOOKS:
            continue
        texts = [t for t in sheet.text[j][block.start : block.stop] if t]
        held = profile(texts)
        alike = max(held.number, held.date, held.link) < _HALF < min(held.name, held.distinct)
        if alike and not all(map(rowwords.general, set(texts))):
            return j
    return None


def _start_again(
    block: Block, words: Sequence[str], spans: Sequence[Sequence[int]], named: Sequence[int | None]
) -> bool:
    """Whether half of a span's headings beside its names are those of the first; without any header, as many columns
    with the names in the same one.
    """
    if any(len(span) < _LEAST for span in spans):
        return False
    if not block.header_rows:
        return len({(len(span), (at or 0) - span[0]) for span, at in zip(spans, named, strict=True)}) == 1
    headings = [
        {w.casefold() for j in span if j != at and (w := words[j - block.left])}
        for span, at in zip(spans, named, strict=True)
    ]
    first, *others = headings
    return all(h and len(first & h) >= len(h) * _HALF for h in others)


def _part(block: Block, words: Sequence[str], left: int, right: int, named: int | None) -> Block:
    """One of the tables; its names are said where their heading does not say them."""
    a, b = left - block.left, right - block.left
    told = named is None or _field(words[named - block.left]) in WHAT
    return replace(
        block,
        left=left,
        right=right,
        headers=block.headers[a:b],
        stacked=tuple(s[a:b] for s in block.stacked),
        holds="" if told else "security_name",
        held_at=0 if told or named is None else named - left,
    )


def _field(heading: str) -> str:
    """The field that a heading is known for, "" for none."""
    fields = vocabulary.fields_of(heading) if vocabulary.exact(heading) else {}
    return max(fields, key=lambda n: fields[n], default="")
