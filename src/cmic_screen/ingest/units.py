"""Units that a header states for the amounts beneath it (`Shares (000s)`, `Value (USD mil)`): how many ones each amount
stands for; it never guesses a unit from the amounts.

A quantity a thousand times too small is no small error in a report (pains B2); what was multiplied is said in an issue.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

COUNTED: Final = frozenset({"quantity", "market_value"})
"""Columns of the position table that are multiplied."""
_MONEY: Final = r"(?:[A-Z]{2}?[$€£¥]|USD|EUR|CHF|GBP|JPY|CNY|RMB|HKD|SEK|NOK|DKK|CAD|AUD|SGD|INR|BRL)"
_THOUSAND: Final = re.compile(
    rf"(?<![\d.,])['’]?000['’]?s?(?!\d)|\b[xX] ?[$€£]?1[.,]?000\b|\b(?:in )?(?:thousands?|thsds?|tsd|tausend|milliers"
    rf"|migliaia|miles de|tusental|tusen|tkr)\b"
    rf"|\(\s*{_MONEY}?\s?[kK]\s?{_MONEY}?\s*\)|\b[TKk](?:EUR|USD|CHF|GBP|SEK|€)|千",
)
_MILLION: Final = re.compile(
    rf"\b(?:in )?(?:millions?|mil|mio|mln|mn|milj|mkr|milioni|millones|milhões|miljoner)\b\.?|(?<![A-Za-z])MM\b"
    rf"|\(\s*{_MONEY}\s?[mM]\s*\)|\(\s*m\s?{_MONEY}\s*\)|\b(?:USD|EUR|CHF|GBP|SEK)m\b|[$€£]m{{1,2}}\b|\bMEUR\b|百万|百萬",
    re.IGNORECASE,
)
_MILLION_CASED: Final = re.compile(r"\(\s*m\s*\)")
_BILLION: Final = re.compile(r"\b(?:in )?(?:billions?|bn|mrd|miliardi|milliards|mdr)\b", re.IGNORECASE)
_HAN: Final = ((re.compile("[亿億]"), 100_000_000), (re.compile("[万萬](?!得)"), 10_000))
"""Chinese and Japanese units; 万得 is the data house Wind."""
_PER: Final = re.compile(r"\bper\b|/\s*1[.,]?000|%", re.IGNORECASE)
"""A rate (`Price per 1,000`) is no unit of the amounts."""


@cache
def factor_of(header: str) -> int:
    """How many ones an amount under this header stands for: 1 where it states no unit."""
    if _PER.search(header):
        return 1
    if _BILLION.search(header):
        return 1_000_000_000
    if _MILLION.search(header) or _MILLION_CASED.search(header):
        return 1_000_000
    if _THOUSAND.search(header):
        return 1_000
    return next((size for sign, size in _HAN if sign.search(header)), 1)


def times(amounts: Sequence[str | None], factor: int) -> list[str | None]:
    """Plain decimals multiplied; "" and None stay. Empty input yields an empty list."""
    if factor == 1:
        return list(amounts)
    return [one(a, factor) if a else a for a in amounts]


def one(amount: str, factor: int) -> str:
    """One plain decimal multiplied, written without zeros behind its last decimal."""
    found = format(Decimal(amount) * factor, "f")
    return found.rstrip("0").rstrip(".") if "." in found else found
