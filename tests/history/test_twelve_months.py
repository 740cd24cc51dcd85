"""Twelve invented months from configuration to accepted ledger: every change of every month has its right cause."""

from __future__ import annotations

import json
import os
import signal
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files

import pytest
from jsonschema import Draft202012Validator
from openpyxl import Workbook

from cmic_screen.errors import HistoryError, InputError
from cmic_screen.history import Ledger, decisions, export, runs, store, trend, verify
from cmic_screen.history import config as configs
from cmic_screen.history import monthly as months
from cmic_screen.history.answers import Answer, drafts
from cmic_screen.history.changes import record_of
from cmic_screen.history.ledger import Who
from cmic_screen.history.replay import difference
from cmic_screen.model import EntityName, NameKind
from cmic_screen.reference import store as lists
from cmic_screen.reference.securities import COLUMNS
from cmic_screen.reference.snapshot import embedded_snapshot, read_snapshot, sealed
from cmic_screen.settings import load_settings

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="the crash is a SIGKILL"),
]

ANA = Who(by="Ana", os_account="ana", host="desk")
BO = Who(by="Bo", os_account="bo", host="desk")
ROBOT = Who(by="", os_account="robot", host="server")

# account, name, ISIN; the first column says which custodian's file it stands in
ORDINARY = [
    ("a", "A-1", "Apple Inc", "US0378331005"), ("a", "A-1", "Microsoft Corp", "US5949181045"),
    ("a", "A-2", "Nestle SA", "CH0038863350"), ("b", "B-1", "China Railway Group Ltd", ""),
    ("b", "B-1", "CoStar Group Inc", "US22160N1090"), ("b", "B-2", "SAP SE", "DE0007164600"),
]  # fmt: skip
MOBILE = ("a", "A-1", "China Mobile Ltd", "HK0941009539")
HIKVISION = ("b", "B-2", "Hangzhou Hikvision Digital Technology Co Ltd", "")
PROVEN = ("a", "A-2", "Proven Honour Investments", "")
PANDA = ("b", "B-1", "Panda Green Energy Group Ltd", "")
CNOOC = ("a", "A-2", "CNOOC Ltd", "HK0883013259")
SPACE = ("b", "B-1", "Orbital Harvest Holdings", "")
START = [*ORDINARY, MOBILE, HIKVISION, PROVEN, PANDA, SPACE, ("b", "B-3", "China Telecom Corp Ltd", "")]

CONFIG = """
job = "advisory"
max_list_age = 7
[[source]]
name = "custodian-a"
files = ["in/{period}/custodian-a.xlsx"]
expect = 1
accounts = ["A-1", "A-2"]
[[source]]
name = "custodian-b"
files = ["in/{period}/custodian-b*.csv"]
[tolerance]
rows_pct = 40
value_pct = 60
[mail]
sender = "screening@adviser.example"
to = ["compliance@adviser.example"]
"""


class Desk:
    """An adviser's folder and ledger over the year."""

    def __init__(self, folder, home):
        self.folder, self.home = folder, home
        (folder / "advisory.toml").write_text(CONFIG, encoding="utf-8")
        self.book = list(START)
        self.told = []

    def files(self, period):
        last = configs.month(period)[1].isoformat()
        folder = self.folder / "in" / period
        folder.mkdir(parents=True, exist_ok=True)
        header = ["Account", "Security Name", "ISIN", "Currency", "Quantity", "Market Value"]
        lines = {c: [["Statement of holdings"], [f"Holdings as of {last}"], [], header] for c in "ab"}
        for i, (custodian, account, name, isin) in enumerate(self.book):
            lines[custodian].append([account, name, isin, "USD", str(100 + i), str(1000 + i)])
        book = Workbook()
        for line in lines["a"]:
            book.active.append(line)
        book.save(folder / "custodian-a.xlsx")
        text = "".join(",".join(line) + "\n" for line in lines["b"])
        (folder / "custodian-b-1.csv").write_text(text, encoding="utf-8")
        return folder

    def checked(self, period, snapshot=None):
        """A list update in the first days of the next month; returns that moment."""
        moment = datetime.combine(configs.month(period)[1] + timedelta(days=3), datetime.min.time(), UTC)
        current = snapshot or lists.current_snapshot(self.home) or embedded_snapshot()
        lists.keep(current, self.home)
        lists.set_current(sealed(current).digest, (moment - timedelta(days=1)).isoformat(), self.home)
        return moment

    def month(self, period, *, again=False, snapshot=None):
        moment = self.checked(period, snapshot)
        return months.Month(
            config=configs.load(self.folder / "advisory.toml"), period=period, moment=moment, today=moment.date(),
            actor=ROBOT, again=again,
        )  # fmt: skip

    def run(self, period, *, files=True, **more):
        if files:
            self.files(period)
        done = months.run(self.month(period, **more), load_settings(), say=self.told.append)
        assert (self.folder / "reports" / period / f"{done.run.run_id}-report.xlsx").is_file()
        return done

    def changes(self, done):
        record = record_of(self.home / store.RUNS / done.run.run_id)
        found = [c for c in record.get("changes", ()) if c["what"] == "finding" and c["change"] != "still open"]
        return sorted((c["change"], c["security"].split()[0], c["cause"]) for c in found)

    def accept(self, done):
        with Ledger.open(self.home) as ledger:
            runs.accept(ledger, runs.find(ledger, done.run.run_id), actor=ANA, at=done.run.entry.at)
            assert verify.faults(ledger) == ()
        return self.changes(done)

    def dismiss(self, done, security, until):
        """Ana dismisses a finding, Bo signs."""
        folder = self.home / store.RUNS / done.run.run_id
        record, snapshot = record_of(folder), read_snapshot(folder / "list.json")
        ref = next(f["ref"] for f in record["findings"] if f["security_name"].startswith(security))
        answer = Answer(ref=ref, conclusion="false-positive", reason="Another company: country and owner differ",
                        on=date.fromisoformat(record["as_of"]), until=until)  # fmt: skip
        with Ledger.open(self.home) as ledger:
            (made,) = decisions.enter(ledger, drafts(record, snapshot, answer, ANA), actor=ANA, at=done.run.entry.at)
            decisions.sign(ledger, made.id, actor=BO, at=done.run.entry.at)


@pytest.fixture
def desk(tmp_path, home):
    return Desk(tmp_path, home)


def with_panda(snapshot, published):
    """The list as it would be had Panda Green Energy been named on that day (invented)."""
    model = snapshot.entities[0]
    panda = replace(
        model, uid="99001", names=(EntityName(text="PANDA GREEN ENERGY GROUP LIMITED", kind=NameKind.PRIMARY),),
        identifiers=(), rejected=(), tickers=(), linked_to=(), listed=published,
        effective=published + timedelta(days=60), divestment_ends=published + timedelta(days=365),
    )  # fmt: skip
    return sealed(replace(snapshot, published=published, entities=(*snapshot.entities, panda)))


def with_alias(snapshot, uid, published):
    """The list with one more alias of an entity (invented)."""
    entities = tuple(
        replace(e, names=(*e.names, EntityName(text="HONEST WEI CAPITAL", kind=NameKind.AKA))) if e.uid == uid else e
        for e in snapshot.entities
    )
    return sealed(replace(snapshot, published=published, entities=entities))


def crash(desk, period):
    """The program is killed while it writes the report."""
    desk.files(period)
    month = desk.month(period)
    child = os.fork()
    if child == 0:
        step = store.Staging.step

        def die(self, what):
            step(self, what)
            if what == "writing the report":
                os.kill(os.getpid(), signal.SIGKILL)

        store.Staging.step = die
        months.run(month, load_settings())
        os._exit(0)
    assert os.WIFSIGNALED(os.waitpid(child, 0)[1])


def test_a_year(desk, home, tmp_path, monkeypatch):
    # February: the first month
    february = desk.run("2026-02")
    assert february.exit_code == 10
    assert desk.accept(february) == []

    # March: CNOOC bought; the same period again is the same run
    desk.book.append(CNOOC)
    march = desk.run("2026-03")
    assert desk.run("2026-03", files=False).run.run_id == march.run.run_id
    assert desk.accept(march) == [("new", "CNOOC", "holdings")]
    desk.dismiss(march, "Proven", date(2027, 3, 1))

    # April: China Mobile sold, the dismissal in force
    desk.book.remove(MOBILE)
    april = desk.run("2026-04")
    assert desk.accept(april) == [("gone", "China", "holdings"), ("re-scored", "Proven", "decision")]

    # May: a file missing stops the run and names it; it arrives; nothing changed
    (desk.files("2026-05") / "custodian-b-1.csv").unlink()
    with pytest.raises(InputError, match=r"custodian-b: in/2026-05/custodian-b\*\.csv: is missing"):
        desk.run("2026-05", files=False)
    assert desk.accept(desk.run("2026-05")) == []

    # June: killed while writing; the next start tells and makes the month
    crash(desk, "2026-06")
    desk.told.clear()
    june = desk.run("2026-06", files=False)
    assert [t for t in desk.told if "stopped at: writing the report" in t] == list(june.told)
    assert len(june.told) == 1
    assert desk.accept(june) == []

    # July: Panda is listed, its ban begins in September
    listed = with_panda(embedded_snapshot(), date(2026, 7, 10))
    assert desk.accept(desk.run("2026-07", snapshot=listed)) == [("new", "Panda", "list")]

    # August: the list entry that the dismissal judged gets an alias; the dismissal lapses
    proven_uid = next(e.uid for e in listed.entities if e.name.startswith("PROVEN HONOUR"))
    alias = with_alias(listed, proven_uid, date(2026, 8, 5))
    august = desk.run("2026-08", snapshot=alias)
    assert desk.accept(august) == [("reopened", "Proven", "list")]
    (why,) = [c["text"] for c in record_of(home / "runs" / august.run.run_id)["changes"] if c["change"] == "reopened"]
    assert "2026-07-10 -> 2026-08-05" in why
    assert "D-0001 lapsed: the list entry" in why

    # September: the day comes
    september = desk.run("2026-09")
    assert desk.accept(september) == [("re-scored", "Panda", "date")]
    desk.dismiss(september, "Proven", date(2026, 11, 10))

    # October: dismissed anew, until 10 November
    assert desk.accept(desk.run("2026-10")) == [("re-scored", "Proven", "decision")]

    # November: it has run out
    november = desk.run("2026-11")
    assert desk.accept(november) == [("reopened", "Proven", "decision")]

    # December: an account vanishes, which must be explained before anyone can accept
    desk.book = [row for row in desk.book if row[1] != "B-3"]
    december = desk.run("2026-12")
    assert december.run.body["vanished"] == ["B-3"]
    with pytest.raises(HistoryError, match="cannot be accepted"):
        desk.accept(december)
    text = (desk.folder / "advisory.toml").read_text(encoding="utf-8")
    (desk.folder / "advisory.toml").write_text('closed_accounts = ["B-3"]\n' + text, encoding="utf-8")
    with pytest.raises(HistoryError, match=r"these differ: expectations\. Run it --again"):
        desk.run("2026-12", files=False)
    explained = desk.run("2026-12", files=False, again=True)
    assert explained.run.body["differs"][0].endswith("these differ: expectations.")
    assert desk.accept(explained) == [("gone", "China", "holdings")]
    desk.book.append(desk.book[0])  # other material: a workbook written anew within two seconds has the same bytes
    with pytest.raises(HistoryError, match="frozen"):
        desk.run("2026-12", again=True)

    kept = record_of(home / "runs" / explained.run.run_id)
    assert [t["period"] for t in kept["trend"]] == [f"2026-{m:02d}" for m in range(2, 12)]
    schema = json.loads(files("cmic_screen.report").joinpath("schema.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(kept)

    # January: the firm's own securities master ties a name to a listed entity
    row = dict.fromkeys(COLUMNS, "") | {"uid": "30946", "relation": "issuer", "scheme": "name",
                                        "value": "Orbital Harvest Holdings", "source": "own research"}  # fmt: skip
    body = ",".join(COLUMNS) + "\n" + ",".join(row[c] for c in COLUMNS) + "\n"
    (home / "securities.csv").write_text(body, encoding="utf-8")
    january = desk.run("2027-01")
    assert desk.accept(january) == [("new", "Orbital", "data")]

    # The ledger of the year
    with Ledger.open(home) as ledger:
        assert verify.faults(ledger, february.head) == ()
        points = trend.trend(ledger, "advisory")
        assert len(points) == 12
        assert [p["period"] for p in points] == sorted(p["period"] for p in points)
        for run in (february.run, august.run, january.run):
            assert difference(runs.folder(ledger, run)) == ""
        archive = tmp_path / "august.zip"
        export.export(ledger, runs.find(ledger, august.run.run_id), archive)
    mail = (desk.folder / "reports/2026-08" / f"{august.run.run_id}.eml").read_text(encoding="utf-8")
    assert "1 reopened: list" in mail.replace("=\n", "")
    for private in ("Proven", "A-2", "B-1", "custodian"):
        assert private not in mail
        assert not any(private in words for words in desk.told)

    # Another machine
    monkeypatch.setenv("CMIC_HOME", str(tmp_path / "elsewhere"))
    with export.opened(archive) as folder:
        assert difference(folder) == ""
