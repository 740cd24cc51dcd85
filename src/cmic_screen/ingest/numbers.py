"""Amounts as plain decimal strings; one style a column, decided from all its values, never a guess per cell.

Pains B8: `9,99` read as 999 is a hundredfold error. Signs by bracket, trailing minus, triangle, CR or DR.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final

from cmic_screen.ingest.cells import DASHES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

POINT: Final = "."
COMMA: Final = ","

_DROP: Final = str.maketrans("", "", " \u00a0\u202f\u2009'’`´_")
_UNIT: Final = re.compile(
    r"(?:US|HK|C|A|NZ|S|NT|R)?\$|[€£¥₩₹₽₺฿]|%|\b(?:USD|EUR|CHF|GBP|GBX|JPY|CNY|RMB|HKD|SEK|NOK|DKK|PLN|CAD|AUD|NZD|SGD|INR|"
    r"BRL|MXN|TWD|KRW|ZAR|THB|MYR|IDR|PHP|ILS|TRY|HUF|CZK)\b|\b(?:kr|Fr|zł|shs?|pcs|stk|st|kpl|units?)\b\.?|[股円元]",
    re.IGNORECASE,
)
_PLAIN: Final = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?")
_LOOKS: Final = re.compile(
    r"[(+\-−–▲△▼]?\s*(?:[^\d\s()]{0,4}\s*)?[+\-−]?[\d][\d.,'’\s\u00a0\u202f]*(?:[eE][+-]?\d+)?\s*[^\d\s]{0,4}\s*[)\-−]?|[.,]\d+"
)
_BARE: Final = {POINT: re.compile(r"-?[0-9]+(?:\.[0-9]+)?").fullmatch, COMMA: re.compile(r"-?[0-9]+").fullmatch}
"""Amounts that stay as they are, whatever else stands in their column."""
_IS_POINT: Final = re.compile(
    r",\d{3}[.]\d|,\d{3},\d{3}|(?:^|[^\d.,])\d*[.]\d{1,2}(?![\d.,])|[.]\d{4,}(?![,.])|(?:^|[^\d,.])0[.]\d"
    r"|'\d{3}[.]\d|\d{4,}[.]\d{3}(?![\d.,])",
    re.MULTILINE,
)
_IS_COMMA: Final = re.compile(
    r"[.]\d{3},\d|[.]\d{3}[.]\d{3}|(?:^|[^\d.,])\d*,\d{1,2}(?![\d.,])|,\d{4,}(?![,.])|(?:^|[^\d,.])0,\d"
    r"|[ \u00a0\u202f]\d{3},\d|\d{4,},\d{3}(?![\d.,])",
    re.MULTILINE,
)
_UNSURE: Final = re.compile(r"(?:^|[^\d.,])\d{1,3}[.,]\d{3}(?![\d.,])", re.MULTILINE)
_DIGITLESS: Final = (b"\n\n", b"\n.\n", b"-\n", b"-.\n")
_SIMPLE: Final = frozenset("0123456789.-\n")
_GROUPED: Final = frozenset("0123456789.,- \u00a0\u202f'’$€£%\n+")


@dataclass(frozen=True, slots=True)
class Style:
    """How a column writes decimals. `sure` is false where only values like `1,234` occur: the caller's locale
    decides; `proven` is true where some value can be read in one way only.
    """

    decimal: str
    sure: bool
    mixed: bool = False
    proven: bool = False


def looks_number(text: str) -> bool:
    """Whether a text is an amount in any style."""
    return bool(_LOOKS.fullmatch(text)) and any(c.isdigit() for c in text)


def style_of(texts: Sequence[str], fallback: str = POINT) -> Style:
    """The decimal mark of a column, from all its values; `fallback` where they leave it open."""
    joined = "\n".join(texts)
    if "," not in joined and not re.search(r"[.]\d{3}(?![\d])", joined):
        return Style(POINT, sure=True)
    points, commas = len(_IS_POINT.findall(joined)), len(_IS_COMMA.findall(joined))
    if points == commas == 0:
        return Style(fallback, sure=not _UNSURE.search(joined))
    return Style(POINT if points >= commas else COMMA, sure=True, mixed=min(points, commas) > 0, proven=True)


def normalise(texts: Sequence[str], decimal: str = POINT) -> list[str | None]:
    """Amounts of a column as plain decimals (`-1234.50`), "" for blank or a dash, None for what is no amount."""
    joined = "\n".join(texts)
    if decimal == POINT and _as_computers_write(texts, joined):
        return list(texts)
    if not joined.isascii():
        joined = unicodedata.normalize("NFKC", joined)
        texts = joined.split("\n") if texts else []
    chars = set(joined)
    if chars <= _SIMPLE and decimal == POINT and not re.search(r"[.]\d*[.]|\d-|-$|-\n", joined):
        return list(texts)
    if chars <= _GROUPED and not re.search(r"\d-|[-+]\s*(?:\n|$)|%\d|\d[$€£]", joined):
        grouping = COMMA if decimal == POINT else POINT
        bare = joined.translate(_DROP).translate(str.maketrans("", "", "$€£%+" + grouping))
        bare = bare.replace(COMMA, POINT)
        if not re.search(r"[.]\d*[.]|^[.]$", bare, re.MULTILINE):
            return list(bare.split("\n")) if texts else []
    as_is = _BARE[decimal]  # a heading among a hundred thousand amounts must not make each of them a riddle
    seen = {t: t if as_is(t) else amount(t, decimal) for t in set(texts)}
    return [seen[t] for t in texts]


def stated(texts: Sequence[str], style: Style) -> list[str | None]:
    """Amounts of a column in its style, as `normalise` yields them. In a column of two styles a value that can be read
    in one way only is read so: `2 500,50` beside `1,000.50` is no 250050 (pains B8).
    """
    if not style.mixed:
        return normalise(texts, style.decimal)
    seen = {t: amount(unicodedata.normalize("NFKC", t), mark_of(t, style)) for t in set(texts)}
    return [seen[t] for t in texts]


def mark_of(text: str, style: Style) -> str:
    """The decimal mark of one value of a column: the column's, unless the value itself proves the other."""
    if not style.mixed:
        return style.decimal
    here, other, mark = (_IS_POINT, _IS_COMMA, COMMA) if style.decimal == POINT else (_IS_COMMA, _IS_POINT, POINT)
    return mark if other.search(text) and not here.search(text) else style.decimal


def _as_computers_write(texts: Sequence[str], joined: str) -> bool:
    """Whether all are digits with at most a point and a minus before them: told without a look at each character."""
    if not joined.isascii() or joined.encode("ascii").translate(None, b"0123456789.-\n"):
        return False
    lines = f"\n{joined}\n".encode("ascii")
    if lines.count(b"\n") != len(texts) + 1 or any(digitless in lines for digitless in _DIGITLESS):
        return False
    marks = lines.translate(None, b"0123456789")
    return b".." not in marks and lines.count(b"-") == lines.count(b"\n-")


def amount(text: str, decimal: str = POINT) -> str | None:
    """One amount as a plain decimal string, "" for blank or a dash, None for what is no amount."""
    if not text or text in DASHES:
        return ""
    bare, negative = _sign(text.strip())
    bare = _UNIT.sub("", bare).translate(_DROP)
    bare, again = _sign(bare)
    grouping = COMMA if decimal == POINT else POINT
    bare = bare.replace(grouping, "").replace(COMMA, POINT)
    if not _PLAIN.fullmatch(bare):
        return None
    if "e" in bare or "E" in bare:
        try:
            bare = format(Decimal(bare), "f")
        except InvalidOperation:
            return None
    bare = bare.lstrip("+")
    if not (negative or again):
        return bare
    return bare[1:] if bare.startswith("-") else "-" + bare


def _sign(text: str) -> tuple[str, bool]:
    for left, right in (("(", ")"), ("[", "]"), ("<", ">")):
        if text.startswith(left) and text.endswith(right):
            return text[1:-1].strip(), True
    upper = text.upper()
    if upper.endswith("DR"):
        return text[:-2].strip(), True
    if upper.endswith("CR"):
        return text[:-2].strip(), False
    if text[-1:] in "-−" and text[:-1]:
        return text[:-1].strip(), True
    if text[:1] in "−–▲△▼":
        return text[1:].strip(), True
    return text, False


def from_float(value: float) -> str:
    """A number cell as a plain decimal string, every digit kept that IEEE 754 needs."""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    text = repr(value)
    return format(Decimal(text), "f") if "e" in text else text


def total(amounts: Iterable[str]) -> str:
    """The sum of plain decimals as one, "" where none is stated."""
    stated = [Decimal(a) for a in amounts if a]
    return format(sum(stated, Decimal(0)), "f") if stated else ""
