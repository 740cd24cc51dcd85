"""The clock that the doors ask."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from cmic_screen import moment
from cmic_screen.errors import UsageError


@pytest.mark.parametrize(
    ("epoch", "stamp", "day"),
    [
        ("1795334400", "2026-11-22T08:00:00Z", date(2026, 11, 22)),
        ("1795320000", "2026-11-22T04:00:00Z", date(2026, 11, 21)),
    ],
)
def test_an_epoch_stands_in_for_the_clock(epoch, stamp, day, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert (moment.stamp(), moment.today()) == (stamp, day)


@pytest.mark.parametrize("epoch", ["soon", "1" * 30])
def test_an_epoch_that_is_none_is_refused(epoch, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    with pytest.raises(UsageError, match="not seconds since 1970"):
        moment.now()


def test_without_one_the_clock_is_asked(monkeypatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert abs((moment.now() - datetime.now(tz=UTC)).total_seconds()) < 60
