"""The clock, in one place: now in UTC and today in New York; only the doors ask it, never the pure core.

`SOURCE_DATE_EPOCH` stands in for the clock where it is set, so that a run can be repeated byte for byte.
"""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from cmic_screen.errors import UsageError

NEW_YORK = ZoneInfo("America/New_York")
"""Where the order's clock runs (rules C4)."""


def now() -> datetime:
    """This moment in UTC, whole seconds. UsageError where SOURCE_DATE_EPOCH is set and is no number of seconds."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return datetime.now(tz=UTC).replace(microsecond=0)
    try:
        return datetime.fromtimestamp(int(epoch), tz=UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise UsageError(f"SOURCE_DATE_EPOCH is {epoch!r}, not seconds since 1970.") from error


def today(at: datetime | None = None) -> date:
    """The calendar day in New York now, or at a moment: a run asks the clock once, midnight must not part it."""
    return (at or now()).astimezone(NEW_YORK).date()


def stamp(at: datetime | None = None) -> str:
    """Now, or a moment, as the ISO 8601 UTC text that snapshots and records carry: `2026-11-22T07:40:00Z`."""
    return (at or now()).strftime("%Y-%m-%dT%H:%M:%SZ")


def process() -> str:
    """This process's number, "" where SOURCE_DATE_EPOCH asks that equal runs give equal output."""
    return "" if os.environ.get("SOURCE_DATE_EPOCH", "") else str(os.getpid())
