"""Which field each column of a table holds: its header proposes, its content decides (pains B2); it reads no files.

Every choice carries a confidence and a reason in words; a column that fits no field is kept as unmapped, never dropped.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from cmic_screen.ingest import vocabulary
from cmic_screen.ingest.fields import ACTIONS, CODE_FIELDS, DATES, KINDS, NAME_FIELDS, OWNERS, REPEATABLE, WHAT, fit
from cmic_screen.intake import ColumnUse

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cmic_screen.ingest.content import Profile

_VALUES: Final = frozenset({"market_value", "market_value_base", "market_value_local"})
CLOSE: Final = 0.06
FLOOR: Final = 0.4
_NUMBERING: Final = re.compile(r"(?:#|no|nr|id|ref|tx ?id|transaction id|trade id|deal id)\.?", re.IGNORECASE)
"""How a blotter heads the numbers of its own rows."""
_PRODUCT: Final = re.compile(r"product|produkt|prodotto|produit|producto|produto|product type", re.IGNORECASE)
_BOOKS: Final = frozenset({"portfolio", "portfolio_name"})
_DEALS: Final = 0.6
"""Share of words of deals from which a column says what was done, not what is held."""
_ALL_DEALS: Final = 0.8
_LINE: Final = 0.8
"""What one line of a header that has several says counts for less than the whole."""


def map_columns(
    headers: Sequence[str],
    profiles: Sequence[Profile],
    forced: Mapping[int, str] | None = None,
    parts: Sequence[Sequence[str]] = (),
) -> list[ColumnUse]:
    """A field (or "") for each column, in order, with confidence, reason and the runner-up where it was close.

    `forced` is column index to field, from a profile or the format itself; `parts` the single lines of a column's
    header where it has several. Columns are numbered from 1.
    """
    forced = forced or {}
    lines = parts or [()] * len(headers)
    choices = [_choices(h, p, w) for h, p, w in zip(headers, profiles, lines, strict=True)]
    out = {i: _fixed(i, name, headers[i]) for i, name in forced.items()}
    taken = set(forced.values())
    ranked = sorted(
        ((score, -i, name) for i, c in enumerate(choices) if i not in forced for name, (score, _) in c.items()),
        reverse=True,
    )
    for score, minus, name in ranked:
        i = -minus
        if i in out or score < FLOOR or (name in taken and (name not in REPEATABLE or not profiles[i].filled)):
            continue
        taken.add(name)
        out[i] = ColumnUse(
            field=name,
            header=headers[i],
            column=i + 1,
            confidence=round(min(score, 1.0), 2),
            reason=choices[i][name][1],
            also=_rival(choices[i], name, score, taken),
        )
    uses = [
        out.get(i) or _unmapped(i, h, p, choices[i]) for i, (h, p) in enumerate(zip(headers, profiles, strict=True))
    ]
    _in_context(uses, choices, profiles)
    if not have_name(uses):
        _named_not_coded(uses)
    return uses if have_name(uses) else _last_resort(uses, profiles)


def _named_not_coded(uses: list[ColumnUse]) -> None:
    """Of two columns of tickers where none is of names, one that may be of names is: short ones (`Tesla`, `SAP`)."""
    coded = [i for i, u in enumerate(uses) if u.field == "ticker"]
    for i in coded if len(coded) > 1 else ():
        if uses[i].also in NAME_FIELDS:
            why = f"{uses[i].reason}; another column holds the tickers"
            uses[i] = replace(uses[i], field=uses[i].also, also="ticker", reason=why)
            return


def _fixed(i: int, name: str, header: str) -> ColumnUse:
    return ColumnUse(field=name, header=header, column=i + 1, reason="fixed by a known layout or by the format itself")


def _rival(choices: Mapping[str, tuple[float, str]], name: str, score: float, taken: set[str]) -> str:
    if name in CODE_FIELDS or score > 0.95:
        return ""
    rivals = [(s, n) for n, (s, _) in choices.items() if n != name and s > score - CLOSE and n not in taken]
    return max(rivals)[1] if rivals else ""


def _unmapped(i: int, header: str, p: Profile, choices: Mapping[str, tuple[float, str]]) -> ColumnUse:
    if not p.filled:
        why = "it has no values"
    elif not choices:
        why = f"no known word in its header; its values {holds(p)}"
    else:
        best = max(choices, key=lambda n: choices[n][0])
        why = f"could be {best}, but another column fits that better" if choices[best][0] >= FLOOR else choices[best][1]
    return ColumnUse(field="", header=header, column=i + 1, confidence=0.0, reason=why)


def _proposed(header: str, parts: Sequence[str]) -> dict[str, float]:
    """The fields a header speaks for, and those that one of its lines does (`PRICE` over `CURRENCY`)."""
    out = dict(vocabulary.fields_of(header))
    for part in parts:
        if part and part != header and vocabulary.exact(part):
            for name, weight in vocabulary.fields_of(part).items():
                out[name] = max(out.get(name, 0.0), _LINE * weight)
    return out


def _choices(header: str, p: Profile, parts: Sequence[str] = ()) -> dict[str, tuple[float, str]]:
    out: dict[str, tuple[float, str]] = {}
    owned = _owned(header, p)
    for name, weight in _proposed(header, parts).items():
        content = fit(name, p)
        score = content
        if content > 0.2:
            score = (0.25 + 0.75 * weight**0.5) * 0.55 + content * 0.43 + vocabulary.popularity(header, name) * 0.06
        if name == "ticker" and p.filled > 1 and p.length <= 1 and not vocabulary.exact(header):
            continue  # flags (`Is Restricted Security`: Y, N) are no codes
        out[name] = (score, _reason(header, name, p, content))
    for scheme, share in p.codes.items():
        if share > 0.6 and (scheme in {"isin", "lei", "figi"} or (p.number < 0.9 and not owned)):
            score = 0.5 + 0.48 * share
            if scheme not in out or out[scheme][0] < score:
                out[scheme] = (score, f"{share:.0%} of its values pass the {scheme.upper()} check digit")
    if p.labelled > 0.6:
        out["other_id"] = (0.5 + 0.48 * p.labelled, f"{p.labelled:.0%} of its values are labelled identifiers")
    if "security_name" in out and "ticker" not in out and p.number > 0.6 and p.words > 0.9 and p.ticker > 0.8:
        out["ticker"] = (0.6, "under a heading of names stand codes of letters with a number (`PETR4`)")
    if p.yellow > 0.6 and not {"ticker", "bloomberg_id", "other_id"} & set(out):
        out["ticker"] = (0.5 + 0.48 * p.yellow, f"{p.yellow:.0%} of its values are Bloomberg codes")
    if not header and p.line > 0.6:
        out["ticker"] = (0.5 + 0.48 * p.line, f"{p.line:.0%} of its values are codes with their market")
    return out


def _owned(header: str, p: Profile) -> bool:
    """Whether a column is one of accounts by its header and repeats its values: one account number in ten passes a
    check digit by chance, and a column that holds few of them may pass as a whole.
    """
    return p.distinct <= 0.5 and any(name in OWNERS for name in vocabulary.fields_of(header))


def _reason(header: str, name: str, p: Profile, content: float) -> str:
    word = "is a known header for" if vocabulary.exact(header) else "contains a word for"
    tail = f"; its values {holds(p)}" if p.filled else "; it has no values"
    return f"'{header}' {word} {name}{tail}" + (", which speaks against it" if content <= 0.2 else "")


def holds(p: Profile) -> str:
    """What a column's values are, in words."""
    best = max(p.codes.items(), key=lambda kv: kv[1], default=("", 0.0))
    if best[1] > 0.5:
        return f"pass the {best[0].upper()} check digit ({best[1]:.0%})"
    for share, words in (
        (p.date, "are dates"),
        (p.currency, "are currency codes"),
        (p.number, "are numbers"),
        (p.name, "read like names or words"),
        (p.ticker, "read like short codes"),
    ):
        if share > 0.6:
            return f"{words} ({share:.0%})"
    return f"are mixed (such as '{p.example}')"


def _in_context(
    uses: list[ColumnUse], choices: Sequence[Mapping[str, tuple[float, str]]], profiles: Sequence[Profile]
) -> None:
    """What a whole table says of an ambiguous header: a date beside an action is a trade's, an amount without any other
    quantity is one, and times with their day (`Trade Time` 2021-08-02 04:01) are a trade's date where no column is.
    """
    have = {u.field for u in uses}
    if (
        not have & ACTIONS
        and have & DATES
        and (done := [i for i, u in enumerate(uses) if _tells_deals(u, profiles[i], have)])
    ):
        why = f"{uses[done[0]].reason}; its values say what was done"
        uses[done[0]] = replace(uses[done[0]], field="transaction_type", also="", reason=why)
        have.add("transaction_type")
    trades = bool(have & {"transaction_type", "side"})
    for i, use in enumerate(uses):
        other = ""
        dated = (use.field == "as_of_date" and "trade_date" in choices[i]) or (
            use.field == "trade_time" and profiles[i].date > 0.5
        )
        if trades and dated and "trade_date" not in have:
            other = "trade_date"
        elif not trades and use.field == "trade_date":
            other = next((n for n in ("acquired_date", "as_of_date") if n not in have and n in choices[i]), "")
        elif not trades and use.field == "net_amount" and "quantity" not in have and "quantity" in choices[i]:
            other = "quantity"
        elif not trades and use.field == "net_amount" and not have & _VALUES and "market_value" in choices[i]:
            other = "market_value"  # `Valeur`: of a holding, not of a deal
        elif trades and (
            (use.field == "market_value" and "balance" in use.header.casefold())
            or (use.field == "other_id" and _NUMBERING.fullmatch(use.header) and _numbered(profiles[i]))
        ):
            other = "ignore"
        elif use.field == "security_name" and _PRODUCT.fullmatch(use.header) and _kind_of_product(i, uses, profiles):
            other = "account_type"
        if other:
            have.add(other)
            uses[i] = replace(use, field=other, also="", reason=f"{use.reason}; beside the other columns it is {other}")


def _kind_of_product(i: int, uses: Sequence[ColumnUse], profiles: Sequence[Profile]) -> bool:
    """Whether a column headed `Product` repeats a word or two beside codes that differ: how a position is held
    (`DELIVERY`, `CNC`), no security's name.
    """
    p = profiles[i]
    coded = any(u.field == "ticker" and profiles[j].distinct == 1 for j, u in enumerate(uses))
    return coded and p.filled > 1 and p.distinct * p.filled <= max(1, p.filled // 2) and p.ticker > _DEALS


def _numbered(p: Profile) -> bool:
    """Whether a column numbers its rows: a number in each, none twice, none that passes a check digit by intent."""
    return p.number == 1 and p.distinct == 1 and p.fraction == 0 and max(p.codes.values(), default=0.0) < _DEALS


def _tells_deals(use: ColumnUse, p: Profile, have: set[str]) -> bool:
    """Whether a column of remarks says in nearly every row what was done (`Bought 20 …`, `Ausführung Kauf …`)."""
    remarks = use.field in {"notes", "transaction_desc"} or (
        not use.field and bool(have & {"trade_date", "settle_date"})
    )
    return remarks and bool(use.header) and p.action > _ALL_DEALS


def have_name(uses: Sequence[ColumnUse]) -> bool:
    """Whether some column holds names of securities or issuers."""
    return any(u.field in NAME_FIELDS for u in uses)


def _last_resort(uses: list[ColumnUse], profiles: Sequence[Profile]) -> list[ColumnUse]:
    """No column names a security: take the one that reads most like names or codes, and say so. Where codes say what is
    held, only a column that stands for nothing else may be taken for names.
    """
    coded = any(u.field in WHAT for u in uses)
    scored = [
        (p.name * p.distinct * min(p.length, 30), -i)
        for i, p in enumerate(profiles)
        if p.name > 0.5 and max(p.number, p.date, p.link) < 0.5 and p.action < _DEALS
        and uses[i].field not in OWNERS | KINDS
        and not (coded and (uses[i].field or p.distinct <= 0.5 or p.length < 5))
    ]  # fmt: skip
    name, why = "security_name", "no header names a security; this column reads most like names"
    if not coded and (codes := [-i for i, u in enumerate(uses) if u.field in _BOOKS and _is_code(profiles[i])]):
        return _named(uses, max(codes), "other_id", "no header names a security, and its codes differ from row to row")
    if funds := [-i for i, u in enumerate(uses) if u.field in _BOOKS and _is_held(profiles[i], len(scored))]:
        return _named(uses, max(funds), name, "no header names a security, and its values differ from row to row")
    if not scored and not coded:
        scored = [
            (p.ticker * p.distinct, -i)
            for i, p in enumerate(profiles)
            if p.ticker > 0.7 and p.fraction < 0.2 and p.date < 0.5
        ]
        name, why = "other_id", "no header names a security; this column reads most like codes"
    return _named(uses, max(scored)[1], name, why) if scored else uses


def _is_held(p: Profile, others: int) -> bool:
    """Whether a column of funds or portfolios names what is held (`Fund Name` over an investor's funds) and not whose
    it is: no value stands twice, and no other column reads like names where there is one row only.
    """
    return p.name > 0.5 and p.distinct == 1 and (p.filled > 1 or not others)


def _is_code(p: Profile) -> bool:
    """Whether a column of funds or portfolios holds the codes of what is held: one a row, none twice."""
    return p.distinct == 1 and p.filled > 1 and max(p.ticker, p.number) > 0.7 and p.fraction == 0


def _named(uses: list[ColumnUse], minus: int, name: str, why: str) -> list[ColumnUse]:
    i = -minus
    uses[i] = replace(uses[i], field=name, confidence=0.4, reason=why, also=uses[i].field)
    return uses
