"""How old a list is and whether its currency is confirmed; pure, the day is always given, never the clock's.

A list that was checked counts from the check, one that never was (the embedded one) from its publication.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from cmic_screen.moment import NEW_YORK
from cmic_screen.terms import LIST_AGE_LIMIT

if TYPE_CHECKING:
    from cmic_screen.model import ListSnapshot

_ZONES = timedelta(days=1)  # what two clocks may differ in their calendar day


def known_current_on(snapshot: ListSnapshot, on: date) -> date:
    """The last day (New York), seen from `on`, on which nothing newer was known to be published. A check that lies in
    the future of `on` counts for nothing: a wrong clock must not keep a list fresh for ever.
    """
    if not snapshot.checked_at:
        return snapshot.published
    checked = datetime.fromisoformat(snapshot.checked_at).astimezone(NEW_YORK).date()
    return snapshot.published if checked > on + _ZONES else max(checked, snapshot.published)


def list_state(snapshot: ListSnapshot, on: date, max_age_days: int = LIST_AGE_LIMIT) -> tuple[int, bool]:
    """(age in days, stale) on a day in New York. A list published after that day has age 0: it knows that day.
    Stale means more than `max_age_days` have passed since the last successful check, or since publication.
    """
    age = max((on - known_current_on(snapshot, on)).days, 0)
    return age, age > max_age_days
