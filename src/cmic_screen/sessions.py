"""When a trade took place, in UTC, from what a blotter states: an interval wherever more than one instant fits.

Pure text and calendar work with the tz database (zoneinfo); it knows nothing of the law. It must never pick one instant
where the file leaves a choice: what was assumed is said in `Instant.assumed`. Hours are sessions.toml's.
"""

from __future__ import annotations

import re
import tomllib
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import lru_cache
from importlib import resources
from typing import Any, Final
from zoneinfo import ZoneInfo

from cmic_screen.markets import MIC_COUNTRY, exchange_mic
from cmic_screen.model import Instant

_DAY: Final = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ,]+(.*))?")
_TIME: Final = re.compile(
    r"(?:T\s*)?(?P<h>\d{1,2})[:.hH](?P<m>\d{2})(?:[:.](?P<s>\d{2})(?P<f>[.,]\d+)?)?\s*(?P<half>[AaPp])?(?:\.?[Mm]\.?)?"
    r"\s*\(?(?P<zone>[A-Za-z]{1,5}|(?:UTC|GMT)?[+-]\d{1,2}(?::?\d{2})?)?\)?"
)
_COMPACT: Final = re.compile(r"(\d{2})(\d{2})(\d{2})?")
_OFFSET: Final = re.compile(r"(?:UTC|GMT)?([+-])(\d{1,2}):?(\d{2})?")
_MINUTE: Final = timedelta(minutes=1) - timedelta(microseconds=1)
_SECOND: Final = timedelta(seconds=1) - timedelta(microseconds=1)
_FIRST: Final = datetime(1, 1, 2, tzinfo=UTC)
_LAST: Final = datetime(9999, 12, 30, tzinfo=UTC)


def trade_instant(
    date_text: str, time_text: str = "", *, mic: str = "", exchange: str = "", currency: str = ""
) -> Instant:
    """When a trade was made. `date_text` is an ISO day, perhaps with a time; `time_text` as the blotter prints it.

    `mic` is the market's ISO 10383 code or its ISO 3166 country, `exchange` any usual name; else `currency` (ISO 4217)
    where it leaves no choice. A time without a zone is local time there; a date alone is the market's trading hours,
    or, with no market, that day anywhere. Midnight without a zone is a date alone, as spreadsheets print dates. No
    readable date yields all of time. Never raises on bad text.
    """
    stated = " ".join(t for t in (date_text.strip(), time_text.strip()) if t)
    found = _DAY.fullmatch(date_text.strip())
    day = _day(found[1]) if found else None
    if found is None or day is None:
        return Instant(earliest=_FIRST, latest=_LAST, text=stated, assumed=_hours()["words"]["no_date"])
    stamp = _DAY.fullmatch(time_text.strip())  # a time printed with its day again: the day is said once
    repeated = stamp is not None and stamp[1] == found[1]
    clock = ((stamp[2] or "") if stamp and repeated else time_text).strip() or (found[2] or "").strip()
    country = _country(mic.strip().upper(), exchange, currency.strip().upper())
    parsed = _clock(clock)
    if parsed is None:
        note = _hours()["words"]["not_understood"].format(time=clock) + "; " if clock else ""
        return _whole_day(day, country, stated, note)
    moment, spread, zone = parsed
    if zone is None and moment == time():
        return _whole_day(day, country, stated, "")
    return _timed(datetime.combine(day, moment), spread, zone, country, stated)


def stated_day(text: str) -> date | None:
    """The ISO day that a cell as read begins with, or None where it states none that can be read."""
    return _day(text[:10])


def _timed(local: datetime, spread: timedelta, zone: timezone | ZoneInfo | None, country: str, text: str) -> Instant:
    words = _hours()["words"]
    assumed = ""
    if zone is None and country:
        zone = ZoneInfo(_hours()["country"][country]["zone"])
        assumed = words["local"].format(zone=zone.key)
    if zone is not None:
        at = local.replace(tzinfo=zone).astimezone(UTC)
        return Instant(earliest=at, latest=at + spread, text=text, assumed=assumed)
    first, last = _anywhere()
    return Instant(
        earliest=local.replace(tzinfo=first).astimezone(UTC),
        latest=local.replace(tzinfo=last).astimezone(UTC) + spread,
        text=text,
        assumed=words["anywhere_time"],
    )


def _whole_day(day: date, country: str, text: str, note: str) -> Instant:
    words = _hours()["words"]
    if country:
        hours = _hours()["country"][country]
        first = last = ZoneInfo(hours["zone"])
        opens, closes, assumed = hours["open"], hours["close"], words["session"].format(zone=hours["zone"])
    else:
        first, last = _anywhere()
        opens, closes, assumed = time(), time(23, 59, 59), words["anywhere_day"]
    return Instant(
        earliest=datetime.combine(day, opens, first).astimezone(UTC),
        latest=datetime.combine(day, closes, last).astimezone(UTC),
        text=text,
        assumed=note + assumed,
    )


@lru_cache(maxsize=4096)
def _country(mic: str, exchange: str, currency: str) -> str:
    """The country whose hours apply, "" where nothing says."""
    hours = _hours()
    for market in (mic, exchange_mic(exchange) if exchange else ""):
        country = MIC_COUNTRY.get(market, market)
        if country in hours["country"]:
            return country
    found: str = hours["currency"].get(currency, "") if not mic and not exchange else ""
    return found


@lru_cache(maxsize=4096)
def _clock(text: str) -> tuple[time, timedelta, timezone | ZoneInfo | None] | None:
    """Time of day, how far it may lie past that, and its zone; None where the text is no time."""
    found = _TIME.fullmatch(text)
    if found is None:
        compact = _COMPACT.fullmatch(text)
        parts = (compact[1], compact[2], compact[3]) if compact else None
        half = zone_text = ""
    else:
        parts = (found["h"], found["m"], found["s"])
        half, zone_text = (found["half"] or "").lower(), (found["zone"] or "").upper()
    if parts is None:
        return None
    hour, minute, second = int(parts[0]), int(parts[1]), int(parts[2] or 0)
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    zone = _zone(zone_text) if zone_text else None
    if hour > 23 or minute > 59 or second > 59 or (zone_text and zone is None):
        return None
    return time(hour, minute, second), _SECOND if parts[2] else _MINUTE, zone


def _zone(text: str) -> timezone | ZoneInfo | None:
    offset = _OFFSET.fullmatch(text)
    if offset:
        size = timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
        return timezone(size if offset[1] == "+" else -size) if size < timedelta(hours=24) else None
    name = _hours()["abbreviation"].get(text)
    return ZoneInfo(name) if name else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _anywhere() -> tuple[ZoneInfo, ZoneInfo]:
    ends = _hours()["anywhere"]
    return ZoneInfo(ends["first"]), ZoneInfo(ends["last"])


@lru_cache(maxsize=1)
def _hours() -> dict[str, Any]:
    return tomllib.loads(resources.files("cmic_screen").joinpath("sessions.toml").read_text(encoding="utf-8"))
