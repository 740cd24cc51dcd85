"""A header of several lines over holdings of as many, column under column: told by how the single lines fit what stands
beneath; it joins no line that has another's shape.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cmic_screen.ingest import rowwords, vocabulary
from cmic_screen.ingest.columns import FLOOR
from cmic_screen.ingest.content import profile
from cmic_screen.ingest.fields import CODE_FIELDS, NAME_FIELDS, fit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cmic_screen.ingest.body import Body
    from cmic_screen.ingest.content import Profile

_ALIKE: Final = ("security_name", "market_value", *sorted(CODE_FIELDS))
"""Fields by which two lines' values are seen to be of one kind."""
_NUMBERS: Final = 0.8
"""Share of numbers from which a line's column holds amounts."""


def lines(body: Body) -> dict[int, tuple[int, ...]]:
    """First row index of each holding to all its row indices; empty where the header is not so."""
    stacked = body.block.stacked
    tall = len(stacked)
    rows = [i for i in body.rows if body.sheet.filled[i]]
    if sum(1 for line in stacked if sum(1 for h in line if h and vocabulary.exact(h)) >= 1) < tall or len(rows) < tall:
        return {}
    both = sum(1 for parts in zip(*stacked, strict=True) if sum(1 for h in parts if h and vocabulary.fields_of(h)) > 1)
    if not both:
        return {}
    for offset in range(tall):
        groups = _runs(body, rows[offset:], tall)
        if len(groups) * tall >= 0.6 * len(rows) and _fits(body, groups) > max(0.6, _flat(body, rows) + 0.1):
            return {g[0]: tuple(g) for g in groups}
    return {}


def _runs(body: Body, rows: Sequence[int], tall: int) -> list[list[int]]:
    """Groups of `tall` rows; a total, a heading or a blank row between them starts the count again."""
    groups: list[list[int]] = []
    run: list[int] = []
    for i in rows:
        lead = next((c for c in body.cells(i) if c), "")
        if rowwords.total(lead) or rowwords.sentence(lead) or (not run and rowwords.general(lead)):
            run = []
            continue
        if not any(ch.isalnum() for ch in lead):
            run = []
            continue
        run.append(i)
        if len(run) == tall:
            groups.append(run)
            run = []
    return groups


def _fits(body: Body, groups: Sequence[Sequence[int]]) -> float:
    """How well each line's columns suit that line's own headers, 0 to 1; not at all where the lines are alike in a
    column that only one of them has a header for: then each is a holding under a header of two rows.
    """
    if _alike(body, groups):
        return 0.0
    scores = []
    for line, headers in enumerate(body.block.stacked):
        for k, header in enumerate(headers):
            texts = [body.sheet.text[body.block.left + k][g[line]] for g in groups]
            p = profile(texts)
            if header and p.filled and (fields := vocabulary.fields_of(header)):
                scores.append(max(_suits(name, p) for name in fields))
            elif bool(header) != bool(p.filled):
                scores.append(0.0)  # values without a header on their line, or a header without values
    return _share(scores)


def _alike(body: Body, groups: Sequence[Sequence[int]]) -> bool:
    """Whether names, numbers or codes of one kind stand on every line of a column whose header stands on one, and no
    column holds numbers on one line and words on another, as lines of one holding do.
    """
    found = False
    for k, headers in enumerate(zip(*body.block.stacked, strict=True)):
        column = body.sheet.text[body.block.left + k]
        lines = [profile([column[g[at]] for g in groups]) for at in range(len(headers))]
        if not all(p.filled * 5 >= len(groups) * 4 for p in lines):
            continue
        numbers = [p.number for p in lines]
        if max(numbers) >= _NUMBERS and min(numbers) <= 1 - _NUMBERS:
            return False
        headed = len({h for h in headers if h}) == 1  # on one line, or merged over them all
        found |= headed and any(all(_suits(name, p) >= FLOOR + 0.1 for p in lines) for name in _ALIKE)
    return found


def _flat(body: Body, rows: Sequence[int]) -> float:
    """How well the columns suit their headers if every row were a holding, 0 to 1."""
    scores = []
    for k, headers in enumerate(zip(*body.block.stacked, strict=True)):
        p = profile([body.sheet.text[body.block.left + k][i] for i in rows])
        fields = {n for h in headers for n in vocabulary.fields_of(h)} if p.filled else set()
        if fields:
            scores.append(max(_suits(n, p) for n in fields))
    return _share(scores)


def _suits(name: str, p: Profile) -> float:
    """Content's fit, counting a column of names in which identifiers stand as no fit."""
    return 0.0 if name in NAME_FIELDS and sum(p.codes.values()) > 0.2 else fit(name, p)


def _share(scores: Sequence[float]) -> float:
    return sum(1 for s in scores if s >= FLOOR + 0.1) / len(scores) if scores else 0.0
