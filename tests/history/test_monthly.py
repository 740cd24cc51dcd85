"""The monthly run itself: killed at each stage, a list update in its midst, licences, what it leaves when it stops."""

from __future__ import annotations

import logging
import os
import signal
import sys
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from cmic_screen.errors import HistoryError, InputError, UsageError
from cmic_screen.history import Ledger, decisions, material, runs, store, verify
from cmic_screen.history import config as configs
from cmic_screen.history import monthly as months
from cmic_screen.history.answers import Answer, drafts
from cmic_screen.history.changes import record_of
from cmic_screen.history.ledger import Who
from cmic_screen.history.replay import difference
from cmic_screen.reference import store as lists
from cmic_screen.reference.snapshot import embedded_snapshot, read_snapshot, sealed
from cmic_screen.settings import load_settings

pytestmark = pytest.mark.slow

ROBOT = Who(by="", os_account="robot", host="server")
ANA = Who(by="Ana", os_account="ana", host="desk")
BO = Who(by="Bo", os_account="bo", host="desk")
MOMENT = datetime(2026, 11, 3, tzinfo=UTC)
BOOK = """Holdings as of 2026-10-31

Account,Security Name,ISIN,Currency,Quantity,Market Value
ACCOUNT-X,Secretive Growth Corp,,USD,10,1000
ACCOUNT-X,China Mobile Ltd,HK0941009539,HKD,20,2000
"""


@pytest.fixture
def month(tmp_path, home):
    """The month of October 2026, asked for at a moment of one's choice."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in/2026-10.csv").write_text(BOOK, encoding="utf-8")
    text = 'job = "book"\nmax_list_age = 400\n[[source]]\nname = "a"\nfiles = ["in/{period}.csv"]\n'
    (tmp_path / "book.toml").write_text(text, encoding="utf-8")

    def ask(moment=MOMENT, period="2026-10", **more):
        config = configs.load(tmp_path / "book.toml")
        return months.Month(config=config, period=period, moment=moment, today=moment.date(), actor=ROBOT, **more)

    return ask


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL")
@pytest.mark.parametrize(
    "step", ["starting", "copying the inputs", "reading the holdings", "screening", "writing the report",
             "entering it in the ledger"],
)  # fmt: skip
def test_killed_at_each_stage_the_next_month_tells_and_is_whole(month, home, tmp_path, step):
    child = os.fork()
    if child == 0:
        real = store.Staging.step

        def die(self, what):
            real(self, what)
            if what == step:
                os.kill(os.getpid(), signal.SIGKILL)

        store.Staging.step = die
        months.run(month(), load_settings())
        os._exit(0)
    assert os.WIFSIGNALED(os.waitpid(child, 0)[1])
    assert not (tmp_path / "reports").exists()
    done = months.run(month(), load_settings())
    assert [f"stopped at: {step}." in t for t in done.told] == [True]
    with Ledger.open(home) as ledger:
        assert verify.faults(ledger) == ()
        assert difference(runs.folder(ledger, done.run)) == ""
    assert months.run(month(), load_settings()).repeated


def test_a_list_put_in_force_in_the_midst_touches_only_the_next_run(month, home, monkeypatch):
    newer = sealed(
        replace(embedded_snapshot(), published=date(2026, 10, 20), entities=embedded_snapshot().entities[1:])
    )
    stage = material.stage

    def update_first(staging, wanted):
        lists.keep(newer, home)
        lists.set_current(newer.digest, "2026-11-02T00:00:00Z", home)
        return stage(staging, wanted)

    monkeypatch.setattr(material, "stage", update_first)
    first = months.run(month(), load_settings())
    monkeypatch.undo()
    monkeypatch.setenv("CMIC_HOME", str(home))
    kept = record_of(home / "runs" / first.run.run_id)
    assert kept["list"]["published"] == "2026-01-08"
    with pytest.raises(HistoryError, match="these differ: list"):
        months.run(month(), load_settings())
    then = months.run(month(again=True), load_settings())
    assert record_of(home / "runs" / then.run.run_id)["list"]["published"] == "2026-10-20"
    with Ledger.open(home) as ledger:
        assert [difference(runs.folder(ledger, r.run)) for r in (first, then)] == ["", ""]


def test_a_licence_permits_its_action_and_the_holding_stays_prohibited(month, home):
    done = months.run(month(), load_settings())
    folder = home / "runs" / done.run.run_id
    record, snapshot = record_of(folder), read_snapshot(folder / "list.json")
    ref = next(f["ref"] for f in record["findings"] if f["verdict"] == "PROHIBITED")
    licence = {
        "number": "CMIC-2026-1", "parties": "the adviser", "actions": ["SELL"], "securities": "H shares",
        "limits": "20 shares", "valid_from": "2026-10-01", "valid_to": "2026-12-31", "digest": "a" * 64,
    }  # fmt: skip
    why = "OFAC granted the sale of it"
    answer = Answer(ref=ref, conclusion="licensed", reason=why, on=date(2026, 11, 3), licence=licence)
    with Ledger.open(home) as ledger:
        (made,) = decisions.enter(ledger, drafts(record, snapshot, answer, ANA), actor=ANA, at="2026-11-03T00:00:00Z")
        decisions.sign(ledger, made.id, actor=BO, at="2026-11-03T00:00:00Z")
    then = months.run(month(again=True), load_settings())
    assert "these differ: decision" in then.run.body["differs"][0]
    after = record_of(home / "runs" / then.run.run_id)
    assert [f["verdict"] for f in after["findings"]] == ["PROHIBITED"]
    assert [d["in_force"] for d in after["decisions"]] == [True]
    assert "CMIC-2026-1" in str(after["findings"])


def test_a_run_that_stops_with_a_reason_leaves_nothing_behind(month, home, tmp_path):
    text = BOOK.replace("2026-10-31", "2026-08-31")
    (tmp_path / "in/2026-10.csv").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="states holdings as of 2026-08-31"):
        months.run(month(), load_settings())
    assert not list((home / "staging").iterdir())
    assert not (tmp_path / "reports").exists()
    with Ledger.open(home) as ledger:
        assert ledger.entries() == ()


def test_a_changed_ledger_or_last_run_stops_the_next_month(month, home, tmp_path):
    done = months.run(month(), load_settings())
    with Ledger.open(home) as ledger:
        runs.accept(ledger, runs.find(ledger, done.run.run_id), actor=ANA, at="2026-11-03T00:00:00Z")
    record = home / "runs" / done.run.run_id / "record.json"
    record.write_text(record.read_text(encoding="utf-8").replace("PROHIBITED", "PERMITTED"), encoding="utf-8")
    (tmp_path / "in/2026-11.csv").write_text(BOOK.replace("2026-10-31", "2026-11-30"), encoding="utf-8")
    later = month(datetime(2026, 12, 3, tzinfo=UTC), "2026-11")
    with pytest.raises(HistoryError, match=r"record\.json was changed"):
        months.run(later, load_settings())


def test_no_holding_and_no_account_in_what_is_said_or_logged(month, caplog, capfd):
    said: list[str] = []
    with caplog.at_level(logging.DEBUG):
        done = months.run(month(), load_settings(), say=said.append)
        months.run(month(), load_settings(), say=said.append)
    words = " ".join([*said, caplog.text, *capfd.readouterr(), str(done.told), str(done.out)])
    for private in ("Secretive", "ACCOUNT-X", "China Mobile", "HK0941009539"):
        assert private not in words


def test_a_month_that_another_process_enters_meanwhile_is_that_run(month, home, monkeypatch):
    """Two started at once over the same material: one run, no folder left among the runs, and both end alike."""
    first = months.run(month(), load_settings())
    looked = []

    def as_before(ledger, job, period):
        looked.append(period)
        return () if len(looked) == 1 else found(ledger, job, period)

    found = runs.of_period
    monkeypatch.setattr(runs, "of_period", as_before)
    second = months.run(month(), load_settings())
    assert (second.run.run_id, second.repeated, second.exit_code) == (first.run.run_id, True, first.exit_code)
    with Ledger.open(home) as ledger:
        assert verify.faults(ledger) == ()
    assert [p.name for p in (home / "runs").iterdir()] == [first.run.run_id]


@pytest.mark.parametrize(("period", "words"), [("2026-13", "is no period"), ("2027-01", "has not begun")])
def test_a_period_that_is_none_is_said_before_its_files_are_missed(month, period, words):
    with pytest.raises(UsageError, match=words):
        months.run(month(period=period), load_settings())
