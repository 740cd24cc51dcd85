"""The clock that the doors ask."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from cmic_screen import moment, service
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


def test_runs_of_one_second_are_told_apart_by_their_process_unless_output_is_to_be_equal(monkeypatch):
    at, day = datetime(2026, 11, 22, 12, tzinfo=UTC), date(2026, 11, 22)

    def name(number: int) -> str:
        monkeypatch.setattr(moment.os, "getpid", lambda: number)
        return service.make_run_id(at, day, [])

    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert name(1) != name(2)
    assert name(1) == name(1)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert name(1) == name(2)
