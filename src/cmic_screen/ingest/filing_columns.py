"""Which field of Form 13F and Form N-PORT is which column of ours, and who reports for when; no value is reckoned with
(Form 13F XML Technical Specification; Form N-PORT, General Instructions and Part C).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_NOT_GIVEN: Final = frozenset({"N/A", "n/a", "000000000"})
"""What Form N-PORT has a filer write where there is nothing to state (an identifier of nine zeros included)."""
_ASSETS: Final = {
    "STIV": "Short-term investment vehicle", "RA": "Repurchase agreement", "EC": "Equity-common",
    "EP": "Equity-preferred", "DBT": "Debt", "DCO": "Derivative-commodity", "DCR": "Derivative-credit",
    "DE": "Derivative-equity", "DFE": "Derivative-foreign exchange", "DIR": "Derivative-interest rate",
    "DO": "Derivative-other", "SN": "Structured note", "LON": "Loan", "ABS-MBS": "ABS-mortgage backed security",
    "ABS-APCP": "ABS-asset backed commercial paper", "ABS-CBDO": "ABS-collateralized bond/debt obligation",
    "ABS-O": "ABS-other", "COMM": "Commodity", "RE": "Real estate", "OTHER": "Other",
}  # fmt: skip
_DERIVATIVES: Final = {
    "OPT": "Option", "SWO": "Swaption", "WAR": "Warrant", "FUT": "Future", "FWD": "Forward", "SWP": "Swap",
    "OTH": "Other derivative",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its header as the form names the field, our canonical field ("" for none), and where it is found.

    A path ending in `*` takes the first value whose path ends so; `=` states a constant.
    """

    header: str
    field: str
    paths: tuple[str, ...]
    words: Mapping[str, str] | None = None
    blanks: frozenset[str] = frozenset()

    def value(self, record: Mapping[str, str]) -> str:
        """The column's text in one record, "" where nothing is given."""
        for path in self.paths:
            if path.startswith("="):
                return path[1:]
            text = record.get(path, "") if not path.startswith("*") else _ending(record, path[1:])
            if text and text not in self.blanks:
                return self.words.get(text, text) if self.words else text
        return ""


def _ending(record: Mapping[str, str], end: str) -> str:
    return next((text for path, text in record.items() if path.endswith(end)), "")


def _nport(header: str, field: str, *paths: str, words: Mapping[str, str] | None = None) -> Column:
    return Column(header, field, paths or (header,), words, _NOT_GIVEN)


COLUMNS: Final[dict[str, tuple[Column, ...]]] = {
    "13f": (
        Column("nameOfIssuer", "issuer", ("nameOfIssuer",)),
        Column("titleOfClass", "security_type", ("titleOfClass",)),
        Column("cusip", "cusip", ("cusip",)),
        Column("figi", "figi", ("figi",)),
        Column("value", "market_value", ("value",)),
        Column("currency", "currency", ("=USD",)),
        Column("sshPrnamt", "quantity", ("shrsOrPrnAmt/sshPrnamt",)),
        Column("sshPrnamtType", "", ("shrsOrPrnAmt/sshPrnamtType",)),
        Column("putCall", "put_call", ("putCall",)),
        Column("investmentDiscretion", "", ("investmentDiscretion",)),
        Column("otherManager", "", ("otherManager",)),
    ),
    "nport": (
        _nport("name", "issuer"),
        _nport("title", "security_name"),
        _nport("lei", "lei"),
        _nport("cusip", "cusip"),
        _nport("isin", "isin", "identifiers/isin@value"),
        _nport("ticker", "ticker", "identifiers/ticker@value"),
        _nport("other", "", "identifiers/other@value"),
        _nport("balance", "quantity"),
        _nport("units", ""),
        _nport("valUSD", "market_value"),
        _nport("currency of valUSD", "currency", "=USD"),
        _nport("curCd", "", "curCd", "currencyConditional@curCd"),
        _nport("pctVal", "weight_pct"),
        _nport("payoffProfile", ""),
        _nport("assetCat", "asset_class", "assetCat", "assetConditional@desc", words=_ASSETS),
        _nport("derivCat", "security_type", "*@derivCat", words=_DERIVATIVES),
        _nport("issuerCat", "", "issuerCat", "issuerConditional@desc"),
        _nport("invCountry", "country"),
        _nport("maturityDt", "maturity_date", "debtSec/maturityDt", "*/expDt", "*/terminationDt", "*/settlementDt"),
        _nport("annualizedRt", "coupon", "debtSec/annualizedRt"),
        _nport("putOrCall", "put_call", "*/putOrCall"),
        _nport("exercisePrice", "strike", "*/exercisePrice"),
        _nport("refInst.issuer", "underlying_name", "*/issuerName", "*/indexName"),
        _nport("refInst.title", "notes", "*/issueTitle"),
        _nport(
            "refInst.identifier", "underlying_id",
            "*otherRefInst/identifiers/isin@value", "*otherRefInst/identifiers/cusip@value", "*/indexIdentifier",
        ),
        _nport("refInst.ticker", "underlying_ticker", "*otherRefInst/identifiers/ticker@value"),
    ),
}  # fmt: skip

_META: Final = {
    "name": ("filingManager/name", "genInfo/regName"), "cik": ("genInfo/regCik", "credentials/cik"),
    "series": ("genInfo/seriesName",), "series_id": ("genInfo/seriesId", "seriesClassInfo/seriesId"),
    "period": ("genInfo/repPdDate", "periodOfReport", "reportCalendarOrQuarter"),
    "fiscal_year_end": ("genInfo/repPdEnd",), "net_assets": ("fundInfo/netAssets",),
    "stated_entries": ("summaryPage/tableEntryTotal",), "stated_value": ("summaryPage/tableValueTotal",),
}  # fmt: skip


def meta(outside: Mapping[str, str]) -> dict[str, str]:
    """Who reports, and for when, out of the values that stand outside of a form's records."""
    found = {}
    for key, ends in _META.items():
        text = next((t for end in ends if (t := _ending(outside, end)) and t not in _NOT_GIVEN), "")
        if text:
            found[key] = text
    return found


def iso(text: str) -> str:
    """A filing's date (2023-06-30, 06-30-2023 or 20230630) as ISO, "" where it is none of these."""
    for pattern, order in (
        (r"(\d{4})-(\d{2})-(\d{2})", (1, 2, 3)),
        (r"(\d{2})-(\d{2})-(\d{4})", (3, 1, 2)),
        (r"(\d{4})(\d{2})(\d{2})", (1, 2, 3)),
    ):
        match = re.fullmatch(pattern, text.strip())
        if match:
            return "-".join(match.group(i) for i in order)
    return ""
