"""How old a list is and whether its currency is confirmed; pure, the day is always given, never the clock's.

A list that was checked counts from the check, one that never was (the embedded one) from its publication.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from cmic_screen.model import ListSnapshot

MAX_AGE_DAYS = 7
_NEW_YORK = ZoneInfo("America/New_York")


def known_current_on(snapshot: ListSnapshot) -> date:
    """The last day (New York) on which nothing newer was known to be published."""
    if not snapshot.checked_at:
        return snapshot.published
    checked = datetime.fromisoformat(snapshot.checked_at).astimezone(_NEW_YORK).date()
    return max(checked, snapshot.published)


def list_state(snapshot: ListSnapshot, on: date, max_age_days: int = MAX_AGE_DAYS) -> tuple[int, bool]:
    """(age in days, stale) on a day in New York. A list known current after that day has age 0: it knows that day.
    Stale means more than `max_age_days` have passed since the last successful check, or since publication.
    """
    age = max((on - known_current_on(snapshot)).days, 0)
    return age, age > max_age_days
