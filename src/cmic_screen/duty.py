"""Business days of the United States, for the report that follows a rejected transaction; it starts no clock itself.

31 CFR 501.604: within 10 business days. Weekends and federal holidays (5 U.S.C. 6103, as observed) do not count, and
counting starts on the day after the rejection (rules G7). A closure by executive order is not a holiday here, so a due
date is never later than the rule allows.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

import holidays


def is_business_day(day: date) -> bool:
    """Whether a day is neither a weekend nor a federal holiday as observed."""
    return day.weekday() < 5 and day not in _federal(day.year)


@lru_cache(maxsize=64)
def _federal(year: int) -> frozenset[date]:
    """Days of a year on which a federal holiday is observed; a New Year's Day observed in December included."""
    return frozenset(holidays.country_holidays("US", years=(year, year + 1)))


def due(rejected_on: date, business_days: int) -> date:
    """The last day for a report: `business_days` business days after the day of rejection. ValueError below 1."""
    if business_days < 1:
        raise ValueError(f"{business_days} business days")
    day, left = rejected_on, business_days
    while left:
        day += timedelta(days=1)
        left -= is_business_day(day)
    return day
