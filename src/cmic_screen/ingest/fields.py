"""The fields a column may stand for, in groups, and how well a column's content suits each; no header is read here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from cmic_screen.ingest.content import Profile

NAMES: Final = frozenset({"security_name", "issuer", "underlying_name", "underlying_issuer"})
NAME_FIELDS: Final = ("security_name", "issuer")
"""The fields of a row's own names, best first."""
CODE_FIELDS: Final = frozenset({"isin", "cusip", "sedol", "figi", "lei"})
OTHER_IDS: Final = frozenset({"wkn", "valor", "other_id", "ric", "bloomberg_id", "underlying_id", "underlying_lei"})
IDS: Final = CODE_FIELDS | OTHER_IDS
TICKERS: Final = frozenset({"ticker", "underlying_ticker"})
NUMBERS: Final = frozenset(
    {
        *("quantity", "price", "market_value", "weight_pct", "cost_basis", "market_value_local", "market_value_base"),
        *("net_amount", "gross_amount", "accrued_interest", "fx_rate", "coupon", "strike", "unrealized", "notional"),
        *("nominal", "price_local", "original_face", "factor", "multiplier", "available_quantity"),
    }
)
DATES: Final = frozenset(
    {
        *("as_of_date", "acquired_date", "trade_date", "settle_date", "maturity_date", "price_date", "report_date"),
        *("period_end", "accrual_date"),
    }
)
MONEY_CODES: Final = frozenset({"currency", "base_currency", "transaction_currency"})
KINDS: Final = frozenset(
    {
        *(
            "exchange",
            "country",
            "asset_class",
            "asset_subclass",
            "security_type",
            "sector",
            "transaction_type",
            "side",
        ),
        *("status", "put_call", "account_type", "quantity_type", "id_type"),
    }
)
ACTIONS: Final = frozenset({"transaction_type", "side"})
OWNERS: Final = frozenset({"account_id", "portfolio", "portfolio_name", "account_name", "client"})
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
REPEATABLE: Final = frozenset(
    {"security_name", "issuer", "other_id", "ignore", "isin", "cusip", "sedol", "ticker", "notes"}
)
"""Fields that several columns may hold; all others go to their best column."""


def fit(name: str, p: Profile) -> float:
    """How well a column's content suits a field, 0 (impossible) to 1 (proof); near 0.5 where content says nothing."""
    if not p.filled:
        return 0.45
    if name in CODE_FIELDS:
        return _fit_code(name, p)
    return _FITS[name](p) if name in _FITS else 0.45


def _fit_code(name: str, p: Profile) -> float:
    share = p.codes.get(name, 0.0)
    if share > 0.5:
        return 0.7 + 0.3 * share
    other = max((v for s, v in p.codes.items() if s != name), default=0.0)
    if other > 0.5 or (p.name > 0.7 and p.length > 14):
        return 0.1
    return 0.3 + 0.4 * share


def _fit_name(p: Profile) -> float:
    if max(p.number, p.date, p.codes.get("isin", 0.0), p.yellow, p.labelled, p.link) > 0.6:
        return 0.1
    return 0.4 + 0.6 * p.name * min(1.0, p.distinct + 0.3)


def _fit_number(p: Profile) -> float:
    return 0.05 if p.date > 0.6 and p.number < 0.9 else 0.1 + 0.85 * p.number


def _fit_date(p: Profile) -> float:
    return 0.05 + 0.95 * p.date


def _fit_ticker(p: Profile) -> float:
    return 0.15 if p.ticker < 0.3 or p.length > 25 else 0.35 + 0.6 * p.ticker * min(1.0, p.distinct + 0.4)


def _fit_valor(p: Profile) -> float:
    return 0.98 if p.number > 0.8 and 5 <= p.length <= 9 and p.fraction < 0.1 else 0.05


def _fit_wkn(p: Profile) -> float:
    return 0.75 if 5.5 <= p.length <= 6.5 and p.name < 0.8 else 0.1


def _fit_other_id(p: Profile) -> float:
    if max(p.codes.values(), default=0.0) > 0.5 or p.labelled > 0.5:
        return 0.85
    return 0.15 if p.name > 0.7 and p.length > 14 else 0.55


def _fit_currency(p: Profile) -> float:
    if p.currency > 0.2:
        return 0.3 + 0.7 * p.currency
    return 0.1 if p.number > 0.5 or p.length > 12 else 0.3


def _fit_action(p: Profile) -> float:
    return 0.05 if p.number > 0.7 or p.date > 0.6 or p.currency > 0.6 else 0.25 + 0.6 * min(1.0, p.action * 1.5)


def _fit_kind(p: Profile) -> float:
    if p.number > 0.7 or p.date > 0.6:
        return 0.05
    return 0.5 + 0.15 * (1 - p.distinct) if p.words > 0.5 else 0.3


def _fit_owner(p: Profile) -> float:
    if p.fraction > 0.5:
        return 0.05
    return 0.55 - 0.2 * p.distinct if p.filled > 5 else 0.5


_FITS: Final[dict[str, Callable[[Profile], float]]] = {
    **dict.fromkeys(NAMES, _fit_name),
    **dict.fromkeys(NUMBERS, _fit_number),
    **dict.fromkeys(DATES, _fit_date),
    **dict.fromkeys(TICKERS, _fit_ticker),
    **dict.fromkeys(OTHER_IDS, _fit_other_id),
    **dict.fromkeys(MONEY_CODES, _fit_currency),
    **dict.fromkeys(KINDS, _fit_kind),
    **dict.fromkeys(ACTIONS, _fit_action),
    **dict.fromkeys(OWNERS, _fit_owner),
    "valor": _fit_valor,
    "wkn": _fit_wkn,
}
"""What content says of each field that no check digit settles."""
