"""The positions of one table as columns of the position table: values, context, lots, repairs and flags joined."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice, repeat
from typing import TYPE_CHECKING, TypeVar

from cmic_screen.ingest import context, findings, numbers, repairs, units, values
from cmic_screen.ingest.ends import ORDINARY, End, Kind, adds
from cmic_screen.ingest.fields import IDS
from cmic_screen.positions import NO_CURRENCY

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from cmic_screen.ingest.body import Body
    from cmic_screen.ingest.ends import Told
    from cmic_screen.ingest.grid import RawFile
    from cmic_screen.ingest.parts import Part, Table

_T = TypeVar("_T")


def positions(raw: RawFile, part: Part, table: Table, habit: tuple[str, str], above: context.Section) -> None:
    """Add a table's positions to its part. `habit` is the decimal mark and date order of the file; `above` what lines
    outside the table say of account and currency.
    """
    body, told = table.body, table.told
    keep = told.ends.held(body.rows)
    if not keep:
        return
    fixed, rules = repairs.find(body, keep)
    data, issues = values.columns_of(body, keep, decimal=habit[0], order=habit[1])
    more: dict[int, list[int]] = {}
    special = told.ends.special
    for i, end in special.items():
        if end.kind is Kind.CONTINUATION:
            more.setdefault(end.of, []).append(i)
    _name_from_text(told, keep, data)
    _sum_lots(body, keep, more, data, habit[0])
    span = body.sheet.text[body.block.left : body.block.right]
    joined = map(" | ".join, zip(*(_each(c, keep) for c in span), strict=True))
    open_ended = not span or any(not t or t[-1] in " |" for t in set(_each(span[-1], keep)))
    data["cells"] = list(map(str.rstrip, joined, repeat(" |")) if open_ended else joined)
    flagged = any(e.flags for e in special.values())
    data["flags"] = [" ".join(special.get(i, ORDINARY).flags) for i in keep] if flagged else [""] * len(keep)
    data["hidden"] = findings.hidden(part.sheet, body, keep)
    if more:
        data["more_rows"] = [",".join(str(part.sheet.numbers[r]) for r in sorted(more.get(i, ()))) for i in keep]
    if fixed:
        data["repairs"] = [repairs.as_json(fixed[i]) if i in fixed else "" for i in keep]
    if raw.format == "13f":
        data["flags"] = [f"{f} 13F".strip() for f in data["flags"]]
    _context(told, keep, data, above)
    size, before = len(keep), len(part.rows)
    for name in {**part.data, **data}:
        column = data.get(name) or [""] * size
        part.data[name] = part.data.get(name, [""] * before) + column if before else column
    part.rows.extend(_each(part.sheet.numbers, keep))
    part.issues += [replace(s, file=raw.file, sheet=part.sheet.name) for s in (*issues, *findings.of_repairs(rules))]
    if body.fields.get("trade_date") and (body.fields.get("transaction_type") or body.fields.get("side")):
        part.trades += size


def _each(column: Sequence[_T], keep: Sequence[int]) -> Iterable[_T]:
    """The cells of the rows `keep`, one by one."""
    if keep[-1] - keep[0] + 1 == len(keep):
        return islice(column, keep[0], keep[-1] + 1)
    return map(column.__getitem__, keep)


def _name_from_text(told: Told, keep: Sequence[int], data: dict[str, list[str]]) -> None:
    """Names that end on the next line (the first line stays as the other name), and rows whose other text may name what
    is held.
    """
    for k, i in enumerate(keep if told.wraps else ()):
        if i in told.wraps:
            column, other = data["security_name"], data.setdefault("issuer", [""] * len(keep))
            other[k] = other[k] or column[k]
            column[k] = " ".join([column[k], *told.wraps[i]])
    texts = {i: e.name for i, e in told.ends.special.items() if e.name}
    named = {k: texts[i] for k, i in enumerate(keep) if i in texts} if texts else {}
    if named:
        column = data.setdefault("security_name", [""] * len(keep))
        codes = [data[f] for f in (*sorted(IDS), "ticker") if f in data]
        for k, name in named.items():
            column[k] = column[k] or name
            for code in codes:
                code[k] = "" if code[k] == name else code[k]


def _sum_lots(
    body: Body, keep: Sequence[int], more: Mapping[int, Sequence[int]], data: dict[str, list[str]], decimal: str
) -> None:
    """A parent line without amounts has those of its lots; one that is itself the first of its dated lots (portfolio
    systems print the name on the first only) has the sum of all. A summary that says the sum keeps it.
    """
    if not more or body.lines:
        return
    for name in ("quantity", "market_value"):
        for j in body.fields.get(name, ())[:1]:
            texts = body.sheet.text[j]
            amounts = units.times(
                numbers.stated(texts, numbers.style_of(texts, decimal)), units.factor_of(body.header(j))
            )
            column = data.get(name) or [""] * len(keep)
            for k, i in enumerate(keep):
                lots = [amounts[r] or "" for r in more.get(i, ())]
                if not column[k]:
                    column[k] = numbers.total(lots)
                elif any(lots) and all(adds(body, End(Kind.CONTINUATION, of=i), r) for r in more[i]):
                    column[k] = numbers.total([column[k], *lots])


def _context(told: Told, keep: Sequence[int], data: dict[str, list[str]], above: context.Section) -> None:
    """Section, account, currency and asset class from titles and preamble, where the row itself states none."""
    under = context.sections(told.titles, keep) if told.titles else {}
    size = len(keep)
    for name, attribute in (
        ("account_id", "account"),
        ("currency", "currency"),
        ("asset_class", "asset_class"),
        ("section", "text"),
    ):
        if not under and not getattr(above, attribute):
            continue
        told_by = [getattr(under.get(i), attribute, "") or getattr(above, attribute) for i in keep]
        own = data.get(name) or [""] * size
        if name == "currency" and above.currency and not any(own) and "local_currency" not in data:
            data["local_currency"] = ["" if getattr(under.get(i), "currency", "") else NO_CURRENCY for i in keep]
        data[name] = [a or b for a, b in zip(own, told_by, strict=True)]
