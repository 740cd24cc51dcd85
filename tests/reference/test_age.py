"""How old a list is: from the last check, else from publication."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from cmic_screen.reference.age import known_current_on, list_state

CASES = [
    # published, checked at, on, max age, age, stale
    ("2026-01-08", "", "2026-01-08", 7, 0, False),
    ("2026-01-08", "", "2026-01-15", 7, 7, False),
    ("2026-01-08", "", "2026-01-16", 7, 8, True),
    ("2026-01-08", "2026-11-20T12:00:00Z", "2026-11-22", 7, 2, False),
    ("2026-01-08", "2026-11-20T12:00:00Z", "2026-11-28", 7, 8, True),
    ("2026-01-08", "2026-11-20T12:00:00Z", "2026-11-28", 30, 8, False),
    ("2026-01-08", "2026-11-20T03:00:00Z", "2026-11-20", 7, 1, False),  # still the 19th in New York
    ("2026-01-08", "", "2021-12-20", 7, 0, False),  # a past day: this list knows it
    ("2026-01-08", "2026-11-23T02:00:00Z", "2026-11-22", 7, 0, False),  # checked this evening
    ("2026-01-08", "2099-01-01T00:00:00Z", "2026-11-22", 7, 318, True),  # by a clock that was wrong
    ("2026-01-08", "2025-12-01T12:00:00Z", "2026-01-10", 7, 2, False),  # a check cannot be older than what it found
]


@pytest.mark.parametrize(("published", "checked", "on", "limit", "age", "stale"), CASES)
def test_age_and_staleness(published, checked, on, limit, age, stale, embedded):
    snapshot = replace(embedded, published=date.fromisoformat(published), checked_at=checked)
    assert list_state(snapshot, date.fromisoformat(on), limit) == (age, stale)


def test_the_embedded_list_counts_from_publication(embedded):
    assert known_current_on(embedded, date(2026, 11, 22)) == embedded.published
    assert list_state(embedded, date(2026, 11, 22)) == (318, True)
