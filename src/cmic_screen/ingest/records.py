"""Which rows of a table are one holding printed over several lines; it joins lines, it never judges them.

Custodians print the name on one line and the ISIN on the next, or name, identifiers and amounts on three; or one parent
line with its tax lots beneath. A line is joined only where the table does so regularly, or where the line is
nothing but an identifier: a section title stands alone.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from cmic_screen.ingest import periodic, rowwords
from cmic_screen.ingest.body import picked
from cmic_screen.ingest.cells import DASHES, filled
from cmic_screen.ingest.content import code_like, name_like, profile, schemes_of, sure_code
from cmic_screen.ingest.fields import ACTIONS, CODE_FIELDS, NUMBERS, TICKERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cmic_screen.ingest.body import Body

_TICKER: Final = re.compile(r"[A-Z0-9./]{1,6}")
COUNTED: Final = tuple(sorted(NUMBERS - {"fx_rate", "factor", "multiplier", "coupon"}))
CODES: Final = (*sorted(CODE_FIELDS), "wkn", "valor", "other_id", "ric", "bloomberg_id", *sorted(TICKERS))
NAMES: Final = ("security_name", "issuer")
TALLEST: Final = 6
"""No custodian was seen to print one holding over more lines."""


def lines(body: Body) -> dict[int, tuple[int, ...]]:
    """First row index of each holding to all its row indices; empty where every holding stands on one row."""
    if not body.columns(COUNTED) or not body.columns((*NAMES, *CODES)):
        return {}
    if len(body.block.stacked) > 1 and (found := periodic.lines(body)):
        return found
    if not _many_odd(body):
        return {}
    kinds = _kinds(body)
    size = len(kinds)
    count = Counter(k for _, k in kinds)
    if not size or sum(count[k] for k in "TIiN") * 10 < size:
        return {}
    found = _name_first(kinds) or _name_then(body, kinds) or _name_beneath(body, kinds)
    return _parted(body, _completed(body, found, kinds))


def _completed(
    body: Body, found: dict[int, tuple[int, ...]], kinds: Sequence[tuple[int, str]]
) -> dict[int, tuple[int, ...]]:
    """The holdings with a last line of amounts beneath, where nearly each has one in columns that its other lines leave
    empty (quantity on one line, value on the next) or has just one. Lots repeat the columns; a total is beneath few.
    """
    columns, after = body.amounts(COUNTED), {i: below for (i, _), (below, kind) in pairwise(kinds) if kind == "N"}
    ends = [after[group[-1]] for group in found.values() if group[-1] in after]
    single = len(ends) > 1 and len(ends) * 5 >= len(found) * 4 and not any(i in after for i in ends)
    if single and not body.columns(("acquired_date",)) and max(map(len, found.values())) < TALLEST:
        return {i: (*g, after[g[-1]]) if g[-1] in after else g for i, g in found.items()}
    out = dict(found)
    for first, group in found.items():
        below = after.get(group[-1], -1)
        held = [c for c in columns if below >= 0 and c[below] and c[below] not in DASHES]
        if held and len(group) < TALLEST and not any(c[i] and c[i] not in DASHES for c in held for i in group):
            out[first] = (*group, below)
    more = sum(1 for first in found if out[first] is not found[first])
    return out if more * 5 >= len(found) * 4 else found


def _parted(body: Body, found: dict[int, tuple[int, ...]]) -> dict[int, tuple[int, ...]]:
    """The holdings without the lines that state an identifier of their own where one of its scheme, another, stands
    above: two ISINs are two securities, however their lines are printed. From there on another holding begins.
    """
    out: dict[int, tuple[int, ...]] = {}
    for group in found.values():
        run: list[int] = []
        seen: dict[str, str] = {}
        for i in group:
            said = [*body.codes(sorted(CODE_FIELDS), i), *filter(sure_code, body.codes((*NAMES, *CODES), i))]
            own = {scheme: c.upper() for c in said for scheme in schemes_of(c)}
            if run and any(seen.get(scheme, code) != code for scheme, code in own.items()):
                out[run[0]] = tuple(run)
                run, seen = [], {}
            run.append(i)
            seen.update(own)
        out[run[0]] = tuple(run)
    return {first: group for first, group in out.items() if len(group) > 1}


def _many_odd(body: Body) -> bool:
    """Whether one row in ten at least lacks a name or amounts, or names are identifiers: else each row is a holding."""
    names, counted = body.columns(NAMES), body.amounts(COUNTED)
    if not names or any(
        sum(profile([c[i] for i in body.rows[:: max(1, len(body.rows) // 400)]]).codes.values()) > 0.1 for c in names
    ):
        return True
    named, amounts = (_stated([picked(c, body.rows) for c in columns]) for columns in (names, counted))
    if "" not in named and "" not in amounts:
        return not body.rows
    return sum(1 for both in zip(named, amounts, strict=True) if not all(both)) * 10 >= len(body.rows)


def _stated(columns: Sequence[Sequence[str]]) -> Sequence[str]:
    """The first stated text of several columns, row by row."""
    out = columns[0]
    for column in columns[1:]:
        out = filled(out, column) if "" in out else out
    return out


def _kinds(body: Body) -> list[tuple[int, str]]:
    """Each row's kind: A name or code with amounts; N amounts alone; T text alone (G: general words); I an identifier
    where a name belongs (i: with amounts); C codes alone; X something that parts records (blank rows are left out).
    """
    names, codes, counted = body.columns(NAMES), body.columns(CODES), body.amounts(COUNTED)
    if not names:
        names = [c for c in codes if _worded(body, c)]
        codes = [c for c in codes if c not in names]
    span = body.sheet.text[body.block.left : body.block.right]
    named = [j - body.block.left for f in NAMES for j in body.fields.get(f, ())]
    out = []
    for i in body.rows:
        if not body.sheet.filled[i]:
            continue
        name = next((c[i] for c in names if c[i] and c[i] not in DASHES), "")
        code = any(c[i] and c[i] not in DASHES for c in codes)
        amount = any(c[i] and c[i] not in DASHES for c in counted)
        lead = name or next((c[i] for c in span if c[i] and c[i] not in DASHES), "")
        if not any(c[i] for c in span):
            continue
        if not any(ch.isalnum() for c in span for ch in c[i]):
            out.append((i, "X"))  # a rule drawn with dashes
            continue
        if (name and sure_code(name)) or (not code and sure_code(lead)):
            out.append((i, "i" if amount else "I"))
        elif rowwords.total(lead) or rowwords.sentence(lead) or (amount and rowwords.cash(lead)):
            out.append((i, "X"))
        elif not amount and not code and rowwords.general(lead):
            out.append((i, "G"))
        elif amount:
            out.append((i, "A" if name or code else "N"))
        elif lead and (name or code or any(c[i] for c in span[: 1 + min(named, default=0)])):
            out.append((i, "C" if code and not name else "T"))
        else:
            out.append((i, "X"))
    return out


def _worded(body: Body, column: Sequence[str]) -> bool:
    """Whether a column mapped to codes holds names as well, one in five at least."""
    stated = [column[i] for i in body.rows if column[i]]
    return sum(1 for t in stated if not code_like(t)) * 5 >= len(stated)


def _name_first(kinds: Sequence[tuple[int, str]]) -> dict[int, tuple[int, ...]]:
    """Lines of text, then the line with the amounts: `T N` or `T I N` or `T i`. Further N lines are its lots."""
    text = "".join(k for _, k in kinds)
    ends = [p for p, k in enumerate(text) if k in "Ni" and p and text[p - 1] in "TIC"]
    if not ends or len(ends) < 0.5 * (text.count("A") + len(ends)):
        return {}
    led = sum(1 for p in ends if text[p - _run_before(text, p) - 1 : p - _run_before(text, p)] == "A")
    if led == text.count("A") and led * 5 >= len(ends) * 4:
        return {}  # each run of lines stands under a line with name and amounts: it is that holding's
    runs = Counter(_run_before(text, p) for p in ends)
    usual = max(runs, key=lambda n: (runs[n], -n))
    lots = any(text[p : p + 2] == "NN" for p in ends)
    out = {}
    for p in ends:
        first = p - min(_run_before(text, p), usual, TALLEST - 1)
        last = p - 1 if lots and text[p] == "N" else p
        if last > first:
            out[kinds[first][0]] = tuple(kinds[q][0] for q in range(first, last + 1))
    return out


def _run_before(text: str, p: int) -> int:
    return p - len(text[:p].rstrip("TIC"))


def _name_then(body: Body, kinds: Sequence[tuple[int, str]]) -> dict[int, tuple[int, ...]]:
    """The line with name and amounts, then lines of text: joined where they regularly follow, where so many follow each
    holding to the last (a title leads, so the last has none behind it), or where they are identifiers.
    """
    text = "".join(k for _, k in kinds)
    runs = {p: _run_after(text, p) for p, k in enumerate(text) if k == "A"}
    for p, n in runs.items():
        own = (q for q in range(1, n + 1) if text[p + q] in "TC" and _apart(body, kinds[p][0], kinds[p + q][0]))
        runs[p] = next(own, n + 1) - 1
    following = Counter(n for n in runs.values() if n)
    if not following:
        return {}
    usual = max(following, key=lambda n: (following[n], -n))
    regular = sum(following.values()) >= 0.6 * len(runs) and not _titles(text)
    least = min(runs.values())
    out = {}
    for p, n in runs.items():
        take = 0
        for q in range(1, min(n, TALLEST - 1) + 1):
            apart = len(runs) == 1 and kinds[p + q][0] > kinds[p + q - 1][0] + 1  # below a blank row, of one holding
            if text[p + q] in "Ii" or (not apart and ((regular and q <= usual) or q <= least)):
                take = q
        if take:
            out[kinds[p][0]] = tuple(kinds[q][0] for q in range(p, p + take + 1))
    return out


def _apart(body: Body, above: int, i: int) -> bool:
    """Whether a line without amounts is a record of its own and no further line of the holding above: it says the same
    as that in a column of something else (account, date, currency), or each says what was done, or each has a whole
    name of its own.
    """
    if any(c[above] and c[i] for c in body.columns(tuple(sorted(ACTIONS)))):
        return True
    named = {j for f in (*NAMES, *CODES) for j in body.fields.get(f, ())}
    for j in range(body.block.left, body.block.right):
        text = body.sheet.text[j][i]
        if j not in named and text and text not in DASHES and text == body.sheet.text[j][above]:
            return True
    names = body.first(NAMES, above), body.first(NAMES, i)
    return names[0] != names[1] and all(map(rowwords.ends_legal, names))


def _name_beneath(body: Body, kinds: Sequence[tuple[int, str]]) -> dict[int, tuple[int, ...]]:
    """Lines with amounts that say only a ticker where the name belongs, the name alone on the line beneath each."""
    tickers = [k for k, (i, kind) in enumerate(kinds) if kind == "A" and _TICKER.fullmatch(body.first(NAMES, i))]
    found: dict[int, tuple[int, ...]] = {}
    for k in tickers:
        i, below = kinds[k][0], kinds[k + 1][0] if k + 1 < len(kinds) and kinds[k + 1][1] == "T" else -1
        if below >= 0 and name_like(body.first(NAMES, below)) and sum(1 for c in body.cells(below) if c) == 1:
            found[i] = (i, below)
    return found if len(found) > 1 and len(found) * 2 > len(tickers) else {}


def _run_after(text: str, p: int) -> int:
    n = 0
    while p + n + 1 < len(text) and text[p + n + 1] in "TIiCG":
        n += 1
    return n


def _titles(text: str) -> bool:
    """Whether lines of text lead what follows rather than end what went before: the table opens with one and no run of
    them ends it.
    """
    return text[:1] in {"T", "G"} and text[-1:] not in {"T", "G"}
