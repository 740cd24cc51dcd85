"""Which field each column of a table holds: its header proposes, its content decides (pains B2); it reads no files.

Every choice carries a confidence and a reason in words; a column that fits no field is kept as unmapped, never dropped.
Check digits: ISO 6166 (ISIN), CUSIP Global Services, ISO 17442 (LEI), SEDOL, FIGI, by python-stdnum.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Final

from stdnum import cusip, figi, isin, lei
from stdnum.gb import sedol

from cmic_screen.ingest import dates, vocabulary
from cmic_screen.ingest.cells import DASHES
from cmic_screen.ingest.numbers import looks_number
from cmic_screen.intake import ColumnUse

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

SAMPLE: Final = 240
"""Values looked at per column, spread over its whole length."""

CODES: Final[Mapping[str, Callable[[str], bool]]] = {
    "isin": isin.is_valid, "lei": lei.is_valid, "figi": figi.is_valid, "cusip": cusip.is_valid, "sedol": sedol.is_valid,
}  # fmt: skip
LENGTHS: Final = {12: ("isin", "figi"), 20: ("lei",), 9: ("cusip",), 7: ("sedol",)}

NAMES: Final = frozenset({"security_name", "issuer", "underlying_name", "underlying_issuer"})
IDS: Final = frozenset(
    {
        "isin",
        "cusip",
        "sedol",
        "figi",
        "lei",
        "wkn",
        "valor",
        "other_id",
        "underlying_id",
        "underlying_lei",
        "ric",
        "bloomberg_id",
    }
)
TICKERS: Final = frozenset({"ticker", "underlying_ticker"})
NUMBERS: Final = frozenset({
    "quantity", "price", "market_value", "weight_pct", "cost_basis", "market_value_local", "market_value_base", "net_amount",
    "gross_amount", "accrued_interest", "fx_rate", "coupon", "strike", "unrealized", "notional", "nominal", "price_local",
    "original_face", "factor", "multiplier", "available_quantity",
})  # fmt: skip
DATES: Final = frozenset(
    {
        "as_of_date",
        "acquired_date",
        "trade_date",
        "settle_date",
        "maturity_date",
        "price_date",
        "report_date",
        "period_end",
        "accrual_date",
    }
)
WHAT: Final = frozenset(
    {
        "security_name",
        "issuer",
        "isin",
        "cusip",
        "sedol",
        "figi",
        "wkn",
        "valor",
        "other_id",
        "ticker",
        "ric",
        "bloomberg_id",
    }
)
"""Fields by which a row can be screened."""

CURRENCIES: Final = frozenset(
    "USD EUR CHF GBP GBX JPY CNY CNH RMB HKD SEK NOK DKK PLN CAD AUD NZD SGD INR BRL MXN TWD KRW ZAR THB MYR IDR PHP ILS TRY HUF CZK RUB "
    "SAR AED QAR KWD EGP CLP COP PEN ARS VND PKR RON BGN ISK".split()
)
_NAMELIKE: Final = re.compile(
    r"[^\W\d_]{2,}.*[\s.&].*[^\W\d_]|[\u3400-\u9fff\u3040-\u30ff\uac00-\ud7af]{2,}|[^\W\d_]{5,}"
)
_TICKER: Final = re.compile(
    r"(?:[A-Z0-9.*/-]{1,12}(?: [A-Z]{1,3}\d?)?(?: (?:Equity|EQUITY|Corp|Govt))?|[A-Za-z0-9.-]{1,10}:[A-Za-z0-9.-]{1,10}|\d{1,6}(?: ?HK)?)"
)


@dataclass(frozen=True, slots=True)
class Profile:
    """What a column holds: shares of its non-blank sample, 0 to 1."""

    filled: int = 0
    distinct: float = 0.0
    number: float = 0.0
    date: float = 0.0
    name: float = 0.0
    ticker: float = 0.0
    currency: float = 0.0
    words: float = 0.0
    length: float = 0.0
    codes: Mapping[str, float] = field(default_factory=dict)
    example: str = ""


def profile(texts: Sequence[str], *, dated: float = 0.0) -> Profile:
    """What a column holds, from a sample spread over its length; `dated` is the share of true date cells, if known."""
    step = max(1, len(texts) // SAMPLE)
    seen = [t for t in texts[::step] if t and t not in DASHES][: SAMPLE * 2]
    if len(seen) < 20 and step > 1:
        seen = [t for t in texts if t and t not in DASHES][:SAMPLE]
    if not seen:
        return Profile()
    size = len(seen)
    counts = dict.fromkeys(CODES, 0)
    for text in seen:
        for scheme in code_of(text):
            counts[scheme] += 1
    number = sum(map(looks_number, seen)) / size
    return Profile(
        filled=size,
        distinct=len(set(seen)) / size,
        number=number,
        date=max(dated, sum(map(dates.looks_date, seen)) / size),
        name=sum(1 for t in seen if _NAMELIKE.search(t)) / size,
        ticker=sum(1 for t in seen if _TICKER.fullmatch(t)) / size,
        currency=sum(1 for t in seen if t in CURRENCIES) / size,
        words=sum(1 for t in seen if any(c.isalpha() for c in t)) / size,
        length=sum(map(len, seen)) / size,
        codes={s: n / size for s, n in counts.items() if n},
        example=seen[0][:40],
    )


@cache
def code_of(text: str) -> tuple[str, ...]:
    """Schemes whose check digit a text passes; a pure number of seven or nine digits may pass by chance."""
    bare = text.replace(" ", "").replace("-", "").upper()
    return tuple(s for s in LENGTHS.get(len(bare), ()) if bare.isascii() and CODES[s](bare))


def fit(name: str, p: Profile) -> float:
    """How well a column's content suits a field, 0 (impossible) to 1 (proof); 0.5 where content says nothing."""
    if not p.filled:
        return 0.45
    if name in CODES:
        return _fit_code(name, p)
    if name in NAMES:
        return (
            0.1
            if p.number > 0.6 or p.date > 0.6 or p.codes.get("isin", 0) > 0.6
            else 0.4 + 0.6 * p.name * min(1.0, p.distinct + 0.3)
        )
    if name in NUMBERS:
        return 0.05 if p.date > 0.6 and p.number < 0.9 else 0.1 + 0.85 * p.number
    if name in DATES:
        return 0.05 + 0.95 * p.date
    if name in TICKERS:
        return 0.15 if p.ticker < 0.3 or p.length > 25 else 0.35 + 0.6 * p.ticker * min(1.0, p.distinct + 0.4)
    return _fit_word(name, p)


def _fit_code(name: str, p: Profile) -> float:
    share = p.codes.get(name, 0.0)
    if share > 0.5:
        return 0.7 + 0.3 * share
    other = max((v for s, v in p.codes.items() if s != name), default=0.0)
    if other > 0.5 or p.name > 0.7:
        return 0.1
    return 0.3 + 0.4 * share


def _fit_word(name: str, p: Profile) -> float:
    if name in {"other_id", "ric", "bloomberg_id", "wkn", "valor", "underlying_id"}:
        if name == "valor":
            return 0.75 if p.number > 0.8 and 5 <= p.length <= 9 else 0.05
        if name == "wkn":
            return 0.75 if 5.5 <= p.length <= 6.5 and p.name < 0.8 else 0.1
        best = max(p.codes.values(), default=0.0)
        return 0.85 if best > 0.5 else 0.15 if p.name > 0.7 and p.length > 14 else 0.55
    if name in {"currency", "base_currency", "transaction_currency"}:
        return 0.3 + 0.7 * p.currency if p.currency > 0.2 else 0.1 if p.number > 0.5 or p.length > 12 else 0.3
    if name in {
        "exchange",
        "country",
        "asset_class",
        "security_type",
        "sector",
        "transaction_type",
        "side",
        "status",
        "put_call",
    }:
        if p.number > 0.7 or p.date > 0.6:
            return 0.05
        return 0.35 + 0.35 * (1 - p.distinct) if p.words > 0.5 else 0.3
    if name in {"account_id", "portfolio", "account_name", "client"}:
        return 0.55 - 0.2 * p.distinct if p.filled > 5 else 0.5
    return 0.45


def map_columns(
    headers: Sequence[str], profiles: Sequence[Profile], forced: Mapping[int, str] | None = None
) -> list[ColumnUse]:
    """A field (or "") for each column, in order, with confidence, reason and the runner-up where it was close.

    `forced` is column index to field, from a profile or the format itself. A field that may stand once goes to its best
    column; names and codes may stand more than once.
    """
    forced = forced or {}
    choices = [_choices(h, p) for h, p in zip(headers, profiles, strict=True)]
    taken: dict[str, tuple[float, int]] = {}
    out: dict[int, ColumnUse] = {
        i: ColumnUse(field=name, header=headers[i], column=i + 1, confidence=1.0, reason="fixed by profile or format")
        for i, name in forced.items()
    }
    for name in forced.values():
        taken[name] = (2.0, -1)
    ranked = sorted(
        ((c[0], i, n) for i, cs in enumerate(choices) if i not in forced for n, c in cs.items()),
        key=lambda t: (-t[0], t[1], t[2]),
    )
    for score, i, name in ranked:
        if i in out or (name in taken and name not in REPEATABLE) or score < 0.4:
            continue
        taken[name] = (score, i)
        rivals = [(c[0], n) for n, c in choices[i].items() if n != name and c[0] > score - 0.08 and n not in taken]
        also = max(rivals)[1] if rivals else ""
        out[i] = ColumnUse(
            field=name,
            header=headers[i],
            column=i + 1,
            confidence=round(min(score, 1.0), 2),
            reason=choices[i][name][1],
            also=also,
        )
    for i, header in enumerate(headers):
        if i not in out:
            why = (
                "no values"
                if not profiles[i].filled
                else "header is no known word and content fits no field"
                if not choices[i]
                else "another column fits that field better"
            )
            out[i] = ColumnUse(field="", header=header, column=i + 1, confidence=0.0, reason=why)
    uses = [out[i] for i in range(len(headers))]
    return uses if any(u.field in NAMES or u.field in WHAT for u in uses) else _last_resort(uses, profiles)


REPEATABLE: Final = frozenset(
    {"security_name", "issuer", "other_id", "ignore", "isin", "cusip", "sedol", "ticker", "notes"}
)


def _choices(header: str, p: Profile) -> dict[str, tuple[float, str]]:
    out: dict[str, tuple[float, str]] = {}
    for name, weight in vocabulary.fields_of(header).items():
        content = fit(name, p)
        score = (0.25 + 0.75 * weight**0.5) * 0.55 + content * 0.45 if content > 0.2 else content
        out[name] = (score, _reason(header, name, p, content))
    for scheme, share in p.codes.items():
        if share > 0.6 and (scheme in {"isin", "lei", "figi"} or p.number < 0.9):
            score = 0.5 + 0.45 * share
            if scheme not in out or out[scheme][0] < score:
                out[scheme] = (score, f"{share:.0%} of its values pass the {scheme.upper()} check digit")
    return out


def _reason(header: str, name: str, p: Profile, content: float) -> str:
    holds = _holds(p)
    word = "is a known header for" if vocabulary.exact(header) else "contains a word for"
    tail = f"; its values {holds}" if holds else "; it has no values"
    return f"'{header}' {word} {name}{tail}" + (", which speaks against it" if content <= 0.2 else "")


def _holds(p: Profile) -> str:
    if not p.filled:
        return ""
    best = max(p.codes.items(), key=lambda kv: kv[1], default=("", 0.0))
    if best[1] > 0.5:
        return f"pass the {best[0].upper()} check digit ({best[1]:.0%})"
    for share, words in (
        (p.date, "are dates"), (p.currency, "are currency codes"), (p.number, "are numbers"), (p.name, "read like names"), (p.ticker, "read like short codes"),
    ):  # fmt: skip
        if share > 0.6:
            return f"{words} ({share:.0%})"
    return f"are mixed (such as '{p.example}')"


def _last_resort(uses: list[ColumnUse], profiles: Sequence[Profile]) -> list[ColumnUse]:
    """No column names a security: take the one that reads most like names, and say so."""
    scored = [
        (p.name * p.distinct * min(p.length, 30), -i) for i, p in enumerate(profiles) if p.name > 0.5 and p.number < 0.5
    ]
    if not scored:
        return uses
    i = -max(scored)[1]
    use = uses[i]
    uses[i] = ColumnUse(
        field="security_name", header=use.header, column=i + 1, confidence=0.4,
        reason="no header names a security; this column reads most like names", also=use.field,
    )  # fmt: skip
    return uses
