"""Writes an instrument's notation the one way it is read: apart from the name, `%` for PCT. Drops and adds no word.

The kinds of writing are those of Euroclear (`'H'CNY1`), WM Datenservice (`MANUFACT.DL-,004`), Bloomberg (`4 1/8`) and
DTCC (`2.9 PCT`).
"""

from __future__ import annotations

import re

from cmic_screen.names import notation as n

_GLUED = re.compile(
    rf"(?<=['\"][A-Z]['\"])(?=[A-Z])|(?<=[A-Z]\.)(?={n.CURRENCY.pattern}-?[.,]?\d)"
    r"|(?<=[A-Z]\.)(?=(?:SP\.)?(?:ADR|ADS|GDR)S?/\d)|(?<=%)(?=[-–])",
    re.IGNORECASE,
)
_CLASS_BEHIND = re.compile(r"(?<=[\u3040-\u30ff\uac00-\ud7af])(?=[ABH]$)")
"""Before a class of shares that clings to a Japanese or Korean name."""
_MARKED, _DIGIT = re.compile(r"['\".%]"), re.compile(r"\d")
_PERCENT = re.compile(r"(?<=\d)\s?(?:PCT|PERCENT|PER CENT)\b\.?", re.IGNORECASE)
_MIXED = re.compile(r"(?:(?<=\s)|^)(\d{1,2} (?:1/2|[13]/4|[1357]/8|\d{1,2}/(?:16|32)))(?=$|[\s,;)])")
"""A coupon in eighths, without a sign: no company is called so."""


def respaced(name: str) -> str:
    """The name with its notation set apart and its coupons marked by `%`; as it stands where it has none."""
    if _MARKED.search(name):
        name = _GLUED.sub(" ", name)
    if not name.isascii():
        name = _CLASS_BEHIND.sub(" ", name)
    if not _DIGIT.search(name):
        return name
    return _MIXED.sub(r"\1%", _PERCENT.sub("%", name)) if " " in name else name
