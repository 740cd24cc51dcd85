"""Dates as ISO 8601 text; the order of day and month is decided once a column and said, never guessed per cell."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_MONTH_NAMES: Final = (
    "jan januar janvier januari gennaio gen enero ene janeiro styczeń sty tammikuu",
    "feb februar février fév febr februari febbraio febrero fevereiro fev luty helmikuu",
    "mar march märz mär mrz mars maart mrt marzo março marzec maaliskuu",
    "apr april avril avr aprile abril abr kwiecień kwi huhtikuu",
    "may mai mei maggio mag mayo maio maj toukokuu",
    "jun june juni juin giugno giu junio junho czerwiec cze kesäkuu",
    "jul july juli juillet juil luglio lug julio julho lipiec lip heinäkuu",
    "aug august août aou augustus agosto ago sierpień sie elokuu augusti",
    "sep sept september septembre settembre set septiembre setembro wrzesień wrz syyskuu",
    "oct october okt oktober octobre ottobre ott octubre outubro out październik paź lokakuu",
    "nov november novembre noviembre novembro listopad lis marraskuu",
    "dec december dez dezember décembre déc dicembre dic diciembre dezembro grudzień gru joulukuu des desember",
)
_MONTHS: Final = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names.split()}
_ISO: Final = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ,].*)?")
_COMPACT: Final = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_NUMERIC: Final = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?:[T ,].*)?")
_WORDY: Final = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|er|º|\.)?[-/. ]*(?:de )?([^\W\d_]{3,})\.?[-/., ]*(?:de )?(\d{4}|\d{2})(?:[T ,].*)?"
)
_WORDY_US: Final = re.compile(r"([^\W\d_]{3,})\.?[-/ ]*(\d{1,2})(?:st|nd|rd|th)?[-/, ]+(\d{4}|\d{2})(?:[T ,].*)?")
_CJK: Final = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日.*")
EXCEL_EPOCH: Final = date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class Order:
    """Order of day and month in a column: `DMY`, `MDY` or `` where no value needs one; `sure` where a value proves
    it.
    """

    name: str = ""
    sure: bool = True


@cache
def looks_date(text: str) -> bool:
    """Whether a text is a date in any of the usual forms (a bare eight-digit number only as year, month, day)."""
    return bool(parse(text, "DMY") or parse(text, "MDY"))


def order_of(texts: Iterable[str], fallback: str = "MDY") -> Order:
    """The order of a column's numeric dates, from all its values."""
    first = second = seen = 0
    for text in texts:
        if m := _NUMERIC.fullmatch(text):
            seen += 1
            first += int(m[1]) > 12
            second += int(m[2]) > 12
    if not seen:
        return Order()
    if first == second:
        return Order(fallback, sure=False)
    return Order("DMY" if first > second else "MDY")


def parse(text: str, order: str = "MDY") -> str:
    """A date as ISO text, "" where the text is none or the day does not exist."""
    for pattern in (_ISO, _COMPACT, _CJK):
        if m := pattern.fullmatch(text):
            return _iso(int(m[1]), int(m[2]), int(m[3]))
    if m := _NUMERIC.fullmatch(text):
        day, month = (int(m[1]), int(m[2])) if order == "DMY" else (int(m[2]), int(m[1]))
        return _iso(_year(m[3]), month, day)
    if m := _WORDY.fullmatch(text):
        return _iso(_year(m[3]), _month(m[2]), int(m[1]))
    if m := _WORDY_US.fullmatch(text):
        return _iso(_year(m[3]), _month(m[1]), int(m[2]))
    return ""


def from_serial(number: float) -> str:
    """An Excel serial number as ISO text (1900 system), "" outside 1950 to 2100."""
    return (EXCEL_EPOCH + timedelta(days=int(number))).isoformat() if 18264 <= number <= 73415 else ""


def _month(word: str) -> int:
    folded = word.casefold()
    return _MONTHS.get(folded) or _MONTHS.get(folded[:3], 0)


def _year(text: str) -> int:
    year = int(text)
    return year if year > 99 else 2000 + year if year < 70 else 1900 + year


def _iso(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


_CLOCK: Final = re.compile(r"(?<![\d:.+-])\d{1,2}:\d{2}(?!\d).*")
"""A time of day and what follows it: seconds, a half of the day, the zone. All of it counts, the zone above all."""


_HOURS: Final = re.compile(r"(?<!\d)(\d{1,2}) ?h ?(\d{2})(?!\d)", re.IGNORECASE)
_HOUR: Final = re.compile(r"(?<=\d)\s*(?:Uhr|hrs?|h)\b\.?", re.IGNORECASE)
"""`14h30`, and the word for o'clock, which is no zone."""


def moment(text: str, order: str) -> str:
    """A date with its time of day and zone as the cell states them: `2026-11-22 14:30:00+08:00`; "" where it holds no
    date.
    """
    day = parse(text, order)
    clock = _CLOCK.search(_HOUR.sub("", _HOURS.sub(r"\1:\2", text)))
    return f"{day} {clock[0].strip()}" if day and clock else day
