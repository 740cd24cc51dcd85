"""`history`, `decide`, `decisions`, `monthly`, `schedule` as a person meets them: words, JSON, exit codes, imports."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import date

import pytest
from openpyxl import load_workbook
from typer.main import get_command

from cmic_screen.cli import app, main
from cmic_screen.history import Ledger, export, keeping, material, runs
from cmic_screen.history.changes import record_of
from cmic_screen.history.ledger import Who
from cmic_screen.history.sources import Source
from cmic_screen.reference.snapshot import embedded_snapshot, write_snapshot
from cmic_screen.run import Circumstances

pytestmark = pytest.mark.slow  # whole commands or pages, one after the other

SUNDAY = "1795334400"  # 2026-11-22 08:00 UTC
BOOK = """Account,Security Name,ISIN,Currency,Quantity,Market Value
A-1,Apple Inc,US0378331005,USD,10,1000
A-1,China Mobile Ltd,HK0941009539,HKD,20,2000
A-2,Proven Honour Investments,,USD,30,3000
A-2,Nestle SA,CH0038863350,CHF,40,4000
"""
MORE = BOOK + "A-2,CNOOC Ltd,HK0883013259,HKD,50,5000\n"


def kept_home(folder, book, run_id, home):
    """Keep one real run, as `screen` does."""
    file = folder / "book.csv"
    file.write_text(book, encoding="utf-8")
    about = Circumstances(run_id=run_id, created_at="2026-11-22T07:00:00Z", list_age_days=3, list_stale=False)
    wanted = material.Wanted(
        sources=(Source(files=(file,)),), snapshot=embedded_snapshot(), as_of=date(2026, 11, 20), kind="holdings",
        about=about, home=home,
    )  # fmt: skip
    actor = Who(by="", os_account="robot", host="server")
    with Ledger.open(home) as ledger:
        with runs.begun(ledger, run_id, actor=actor, at=about.created_at) as (staging, _):
            staged = material.stage(staging, wanted)
            run = keeping.screened(ledger, staged)
            keeping.enter(ledger, staging, staged, run, actor=actor, at=about.created_at)
        return ledger.head()


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """A home with two kept runs, made once for the module."""
    folder = tmp_path_factory.mktemp("kept")
    for book, run_id in ((BOOK, "R1"), (MORE, "R2")):
        kept_home(folder, book, run_id, folder / "home")
    return folder / "home"


@pytest.fixture
def cmic(template, home, monkeypatch, capsys):
    """Run a command in this process over a copy of the two runs; gives exit code, stdout and stderr."""
    shutil.rmtree(home)
    shutil.copytree(template, home)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", SUNDAY)

    def run(*args: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["cmic-screen", *map(str, args)])
        with pytest.raises(SystemExit) as done:
            main()
        out = capsys.readouterr()
        return int(done.value.code or 0), out.out, out.err

    return run


def test_list_is_newest_first_and_prints_the_head(cmic):
    code, out, _ = cmic("history", "list")
    assert code == 0
    assert [line.split()[0] for line in out.splitlines()[1:3]] == ["R2", "R1"]
    data = json.loads(cmic("history", "list", "--format", "json")[1])
    assert [(r["run_id"], r["totals"]["prohibited"], r["accepted"]) for r in data] == [("R2", 2, None), ("R1", 1, None)]
    assert data[0]["digest"] in out


def lost(folder):
    shutil.rmtree(folder)
    return "the folder is gone"


def broken(folder):
    (folder / "record.json").write_text("{}", "utf-8")
    return "record.json was changed"


def silenced(folder):
    record = folder / "record.json"
    record.write_text(record.read_text("utf-8").replace('"PROHIBITED"', '"CLEAR"'), "utf-8")
    return "record.json was changed"


@pytest.mark.parametrize("spoil", [lost, broken, silenced])
def test_nothing_is_read_from_a_kept_run_that_is_not_as_it_was_entered(cmic, home, spoil, tmp_path):
    """A lost folder ended in a traceback, for every later screening too; an edited record was believed."""
    assert cmic("history", "accept", "R1", "--by", "Ana")[0] == 0
    said = spoil(home / "runs" / "R1")
    book = tmp_path / "book.csv"
    book.write_text(BOOK, "utf-8")
    why = "--as", "true-match", "--reason", "Compared with the registry", "--by", "Ana"
    for command in (
        ("history", "compare", "R1", "R2"),
        ("history", "compare", "R2", "R1"),
        ("history", "replay", "R1"),
        ("decisions", "export", tmp_path / "questions.xlsx", "--run", "R1"),
        ("decide", "F-001", "--run", "R1", *why),
        ("report", "reject-draft", "F-001", "--run", "R1", "--rejected-on", "2026-11-20"),
        ("screen", book),
    ):
        code, out, err = cmic(*command)
        assert (code, out) == (22, ""), command
        assert f"run R1 is not as it was entered: {said}" in err, command
    assert not list(tmp_path.glob("*.xlsx"))


def test_a_ledger_with_a_table_dropped_is_named_as_such(cmic, home):
    with sqlite3.connect(home / "ledger.sqlite3") as ledger:
        ledger.execute("DROP TABLE acceptance")
    code, out, _ = cmic("history", "verify")
    assert (code, "the ledger's acceptance is gone" in out) == (22, True)
    code, _, err = cmic("history", "accept", "R1", "--by", "Ana")
    assert (code, "the ledger cannot be used: no such table: acceptance" in err) == (22, True)
    with sqlite3.connect(home / "ledger.sqlite3") as ledger:
        ledger.execute("PRAGMA foreign_keys = OFF")
        ledger.execute("DROP TABLE entry")
    for command in (("history", "verify"), ("history", "list"), ("decisions", "list")):
        code, _, err = cmic(*command)
        assert (code, "no such table: entry" in err) == (22, True), command


def test_a_manifest_written_anew_over_an_edited_run_does_not_pass_the_replay(cmic, home):
    folder = home / "runs" / "R1"
    whole = (folder / "MANIFEST.sha256").read_text("ascii").splitlines()
    (folder / "MANIFEST.sha256").write_text("".join(f"{line}\n" for line in reversed(whole)), "ascii")
    code, _, err = cmic("history", "replay", "R1")
    assert (code, "MANIFEST.sha256 was changed since the ledger entry" in err) == (22, True)


def test_show_one_run(cmic):
    data = json.loads(cmic("history", "show", "latest", "--format", "json")[1])
    assert (data["run_id"], data["accounts"], data["exit_code"]) == ("R2", ["A-1", "A-2"], 10)
    assert "totals.prohibited" in cmic("history", "show", "R1")[1]
    code, _, err = cmic("history", "show", "R9")
    assert (code, "no run 'R9'" in err) == (22, True)


def test_compare_names_changes_and_causes(cmic):
    data = json.loads(cmic("history", "compare", "R1", "R2", "--format", "json")[1])
    found = [(c["change"], c["security"], c["cause"]) for c in data if c["what"] == "finding" and c["cause"]]
    assert found == [("new", "CNOOC Ltd", "holdings")]
    assert "entered the holdings" in cmic("history", "compare", "R1", "R2")[1]
    assert cmic("history", "compare", "R1", "R1")[1].startswith("R1 -> R1: 2 still open\n")


def test_accept_freezes_and_draws_the_trend(cmic):
    code, out, _ = cmic("history", "accept", "R1", "--by", "Ana")
    assert (code, "identity not authenticated" in out) == (0, True)
    assert cmic("history", "accept", "R1", "--by", "Bo")[0] == 22
    assert cmic("history", "accept", "R2", "--by", " ")[0] == 2
    assert "trend (accepted runs, prohibited+review) █\n  2026-11-20: 1+1" in cmic("history", "list")[1]


def test_verify_finds_what_was_changed(cmic, home):
    code, out, _ = cmic("history", "verify")
    assert (code, "only --expect-head" in out) == (0, True)
    head = json.loads(cmic("history", "verify", "--format", "json")[1])["head"]
    assert cmic("history", "verify", "--expect-head", head)[0] == 0
    assert cmic("history", "verify", "--expect-head", "0123456789ab")[0] == 22
    assert cmic("history", "verify", "--expect-head", "head")[0] == 2
    (home / "runs/R1/inputs/0/0/book.csv").write_text(MORE, encoding="utf-8")
    code, out, _ = cmic("history", "verify")
    assert (code, "run R1: inputs/0/0/book.csv was changed" in out) == (22, True)


def test_replay_is_the_same_bytes_and_names_the_first_difference(cmic, home):
    assert cmic("history", "replay", "R2")[:2] == (0, "R2: the same record, byte for byte\n")
    folder = home / "runs/R2"
    record = json.loads((folder / "record.json").read_text(encoding="utf-8"))
    record["findings"][0]["verdict"] = "PERMITTED"
    (folder / "record.json").write_text(json.dumps(record), encoding="utf-8")
    code, _, err = cmic("history", "replay", "R2")
    assert (code, "record.json was changed" in err) == (22, True)
    manifest = folder / "MANIFEST.sha256"
    lines = manifest.read_text(encoding="utf-8").splitlines()
    digest = hashlib.sha256((folder / "record.json").read_bytes()).hexdigest()
    lines = [f"{digest}  record.json" if line.endswith("  record.json") else line for line in lines]
    manifest.write_text("\n".join(lines) + "\n", encoding="utf-8")
    code, _, err = cmic("history", "replay", folder)
    assert code == 22
    assert 'findings[book.csv!book.csv!2].verdict was "PERMITTED", is "CLEAR"' in err


def test_an_archive_moved_elsewhere_is_checked_without_us_and_replays(cmic, tmp_path, monkeypatch):
    archive = tmp_path / "run.zip"
    code, out, _ = cmic("history", "export", "R1", "--to", archive)
    assert (code, out.split()[0]) == (0, hashlib.sha256(archive.read_bytes()).hexdigest())
    again = tmp_path / "again.zip"
    cmic("history", "export", "R1", "--to", again)
    assert again.read_bytes() == archive.read_bytes()
    monkeypatch.setenv("CMIC_HOME", str(tmp_path / "another-machine"))
    assert cmic("history", "replay", archive)[0] == 0
    place = tmp_path / "unpacked"
    zipfile.ZipFile(archive).extractall(place)
    tool = shutil.which("sha256sum")
    if tool:
        done = subprocess.run([tool, "-c", "MANIFEST.sha256"], cwd=place / "R1", capture_output=True, check=False)
        assert done.returncode == 0, done.stdout
    lines = [json.loads(line) for line in (place / "LEDGER.jsonl").read_text(encoding="utf-8").splitlines()]
    prev = "0" * 64
    for line in lines:
        said = line.pop("digest")
        assert line["prev"] == prev
        text = json.dumps(line, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        prev = hashlib.sha256(text.encode()).hexdigest()
        assert prev == said
    assert prev in (place / "README.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("names", "words"),
    [({"x.txt": b""}, "holds no run"), ({"R1/x": b"", "R2/x": b""}, "or several"), ({"R1/x": b""}, "no manifest"),
     ({"R1/../../x": b"", "R1/MANIFEST.sha256": b""}, "was added"), (None, "not an archive")],
)  # fmt: skip
def test_what_is_no_archive_of_a_run(cmic, tmp_path, names, words):
    path = tmp_path / "bad.zip"
    if names is None:
        path.write_bytes(b"no zip")
    else:
        with zipfile.ZipFile(path, "w") as archive:
            for name, data in names.items():
                archive.writestr(name, data)
    code, _, err = cmic("history", "replay", path)
    assert (code, words in err) == (22, True), err
    assert not (tmp_path / "x").exists()


def test_a_run_that_was_changed_is_not_exported(cmic, home, tmp_path):
    (home / "runs/R1/record.json").write_text("{}", encoding="utf-8")
    code, _, err = cmic("history", "export", "R1", "--to", tmp_path / "run.zip")
    assert (code, "record.json was changed" in err) == (22, True)
    assert not list(tmp_path.glob("*.zip*"))
    assert cmic("history", "export", "R2", "--to", tmp_path / "missing" / "run.zip")[0] == 22


def test_decide_sign_list_revoke(cmic, home, monkeypatch):
    ref = next(f["ref"] for f in record_of(home / "runs/R2")["findings"] if f["verdict"] == "REVIEW")
    why = "Another company: its country differs"
    code, out, _ = cmic(
        "decide", ref, "--as", "false-positive", "--reason", why, "--by", "Ana", "--until", "2027-01-31"
    )
    assert (code, "D-0001" in out, "not in force until signed" in out) == (0, True, True)
    assert cmic("decisions", "sign", "D-0001", "--by", "Bo")[0] == 22  # the same operating-system account
    monkeypatch.setenv("LOGNAME", "bo")
    assert cmic("decisions", "sign", "D-0001", "--by", "Bo")[0] == 22  # a variable makes nobody another person
    monkeypatch.setattr("cmic_screen.history.ledger.os_account", lambda: "bo")
    assert cmic("decisions", "sign", "D-0001", "--by", "Bo")[0] == 0
    (row,) = json.loads(cmic("decisions", "list", "--format", "json")[1])
    assert row["state"].startswith("in force")
    assert (row["by"], row["signed"]["by"], row["identity"]) == ("Ana", "Bo", "not authenticated")
    assert "identity not authenticated" in cmic("decisions", "list")[1]
    assert cmic("decisions", "revoke", "D-0001", "--by", "Ana", "--reason", "too short")[0] == 2
    assert cmic("decisions", "revoke", "D-0001", "--by", "Ana", "--reason", "The custodian corrected it")[0] == 0
    assert "revoked by Ana" in cmic("decisions", "list")[1]


def test_decide_refuses_proof_and_enters_nothing_of_several(cmic, home):
    found = {f["verdict"]: f["ref"] for f in record_of(home / "runs/R2")["findings"]}
    why = "Another company: its country differs"
    both = (found["REVIEW"], found["PROHIBITED"])
    code, _, err = cmic("decide", *both, "--as", "false-positive", "--reason", why, "--by", "Ana")
    assert (code, "cannot be dismissed" in err) == (2, True)
    assert json.loads(cmic("decisions", "list", "--format", "json")[1]) == []


def test_a_licence_is_read_with_its_document(cmic, home, tmp_path):
    (tmp_path / "licence.pdf").write_bytes(b"pdf")
    text = """number = "CMIC-2026-1"
parties = "the adviser"
actions = ["SELL"]
securities = "H shares"
limits = "20 shares"
valid_from = 2026-11-01
valid_to = 2026-12-31
document = "licence.pdf"
"""
    (tmp_path / "licence.toml").write_text(text, encoding="utf-8")
    ref = next(f["ref"] for f in record_of(home / "runs/R2")["findings"] if f["verdict"] == "PROHIBITED")
    args = ("decide", ref, "--as", "licensed", "--reason", "OFAC granted the sale of it", "--by", "Ana", "--licence")
    assert cmic(*args, tmp_path / "licence.toml")[0] == 0
    (row,) = json.loads(cmic("decisions", "list", "--format", "json")[1])
    assert row["licence"]["digest"] == hashlib.sha256(b"pdf").hexdigest()
    assert cmic(*args, tmp_path / "missing.toml")[0] == 2


def test_decisions_go_out_and_come_back_in_a_workbook(cmic, tmp_path):
    path = tmp_path / "review.xlsx"
    assert cmic("decisions", "export", path)[1].startswith("1 questions of run R2")
    assert path.stat().st_mode & 0o777 == 0o600
    assert cmic("decisions", "import", path)[0] == 2  # nothing filled in
    book = load_workbook(path)
    page = book["Review"]
    at = {c.value: c.column for c in page[5]}
    said = {"Decision": "false-positive", "Reason": "Another company: its country differs", "By": "Ana"}
    for header, value in said.items():
        page.cell(6, at[header]).value = value
    book.save(path)
    code, out, _ = cmic("decisions", "import", path)
    waits = "not in force until a second person signs: D-0001"
    assert (code, out) == (0, f"1 decisions entered, 0 signed, from 1 filled rows; {waits}\n")
    assert json.loads(cmic("decisions", "list", "--format", "json")[1])[0]["run_id"] == "R2"


def test_the_report_itself_comes_back_filled_in(cmic, home, tmp_path):
    path = tmp_path / "report.xlsx"
    shutil.copy(home / "runs/R2/report.xlsx", path)
    book = load_workbook(path)
    page = book["Review"]
    row = next(r for r in page.iter_rows() if "Decision" in [c.value for c in r])
    at = {c.value: c.column for c in row}
    for header, value in (
        ("Decision", "true-match"),
        ("Reason", "Confirmed with the issuer's registry"),
        ("By", "Ana"),
    ):
        page.cell(row[0].row + 1, at[header]).value = value
    book.save(path)
    assert cmic("decisions", "import", path)[1].startswith("1 decisions entered")


def test_a_month_from_the_command_line_and_its_heartbeat(cmic, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in/2026-11.csv").write_text("Holdings as of 2026-11-20\n\n" + BOOK, encoding="utf-8")
    config = tmp_path / "book.toml"
    config.write_text(
        'job = "book"\nmax_list_age = 400\n[[source]]\nname = "a"\nfiles = ["in/{period}.csv"]\n', encoding="utf-8"
    )
    code, out, _ = cmic("monthly", config)
    assert (code, "prohibited         1" in out) == (10, True)
    beat = json.loads((tmp_path / "heartbeat.json").read_text(encoding="utf-8"))
    assert (beat["exit_code"], beat["period"], beat["job"]) == (10, "2026-11", "book")
    data = json.loads(cmic("monthly", config, "--period", "2026-11", "--format", "json")[1])
    assert (data["repeated"], data["run_id"]) == (True, beat["run_id"])
    (tmp_path / "in/2026-11.csv").write_text("Holdings as of 2026-11-20\n\n" + MORE, encoding="utf-8")
    code, _, err = cmic("monthly", config)
    assert (code, "these differ: holdings. Run it --again" in err) == (22, True)
    code, out, err = cmic("monthly", config, "--again")
    assert (code, "since then these differ: holdings" in err) == (10, True)
    assert cmic("monthly", config, "--period", "2026-10")[0] == 20
    assert json.loads((tmp_path / "heartbeat.json").read_text(encoding="utf-8"))["exit_code"] == 20
    config.write_text(config.read_text(encoding="utf-8").replace("400", "7"), encoding="utf-8")
    code, _, err = cmic("monthly", config, "--again")
    assert (code, "last known to be current" in err) == (21, True)


def test_a_report_is_verified_by_its_holdings_whatever_was_kept_since(cmic, tmp_path, monkeypatch):
    """What changed since an accepted run, a confirmation and an account map of a later day are no difference."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "book.csv").write_text(MORE, encoding="utf-8")
    owners = tmp_path / "owners.csv"
    owners.write_text("account,owner_us,benefit_us\nA-1,N,N\n")
    assert cmic("history", "accept", "R1", "--by", "Ana")[0] == 0
    made = ("screen", "book.csv", "--out", "r.xlsx", "--run-id", "R3", "--account-map", owners, "--json", "r.json")
    assert cmic(*made)[0] == 10
    assert json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))["changes"]
    owners.unlink()
    assert cmic("programme", "confirm", "--until", "2027-11-12", "--source", "91 FR 1", "--by", "Ana")[0] == 0
    code, out, _ = cmic("verify", "r.xlsx", "--holdings", "book.csv")
    assert code == 0, out
    assert "Screened again: equal." in out
    (tmp_path / "book.csv").write_text(BOOK, encoding="utf-8")
    code, out, _ = cmic("verify", "r.xlsx", "--holdings", "book.csv")
    assert (code, "Cause: holdings. Give the files whose SHA-256" in out) == (22, True)


def test_a_report_is_verified_where_the_same_list_was_fetched_on_another_day(cmic, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "book.csv").write_text(BOOK, encoding="utf-8")
    fetched = replace(embedded_snapshot(), retrieved_at="2026-03-01T00:00:00Z", source="carried in by hand")
    write_snapshot(fetched, tmp_path / "list.json")
    assert cmic("screen", "book.csv", "--out", "r.xlsx", "--list", "list.json", "--no-history")[0] == 10
    code, out, _ = cmic("verify", "r.xlsx", "--holdings", "book.csv")
    assert code == 0, out


def test_a_ledger_that_cannot_be_read_is_told_when_a_report_is_verified(cmic, home, tmp_path, monkeypatch):
    """What lies here serves as well; the person must know that the run's own material was not taken."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "book.csv").write_text(BOOK, encoding="utf-8")
    assert cmic("screen", "book.csv", "--out", "r.xlsx", "--no-history")[0] == 10
    (home / "ledger.sqlite3").write_bytes(b"no ledger")
    code, out, err = cmic("verify", "r.xlsx", "--holdings", "book.csv")
    assert code == 0, out
    assert "The run's own material was not taken" in err


def test_schedule_prints_and_installs_nothing(cmic, tmp_path):
    config = tmp_path / "book.toml"
    assert "15 6 4 * *" in cmic("schedule", "print", config, "--cron")[1]
    assert "OnCalendar" in cmic("schedule", "print", config, "--systemd")[1]
    assert cmic("schedule", "print", config)[0] == 2
    said = json.loads(cmic("schedule", "print", config, "--cron", "--format", "json")[1])
    assert "15 6 4 * *" in said["text"]
    assert not config.exists()


def test_no_ledger_yet_is_said(cmic, home):
    shutil.rmtree(home)
    home.mkdir()
    for command in (("list",), ("verify",), ("show", "x")):
        code, _, err = cmic("history", *command)
        assert (code, "no ledger yet" in err) == (22, True)
    assert not list(home.iterdir())


def test_reading_the_ledger_loads_neither_pandas_nor_openpyxl(cmic, home, tmp_path):
    code = (
        "import sys; from cmic_screen.cli import main\n"
        "for words in sys.argv[1].split('|'):\n"
        "    sys.argv = ['cmic-screen', 'history', *words.split()]\n"
        "    try: main()\n"
        "    except SystemExit as e: assert not e.code, (words, e.code)\n"
        "    heavy = {'pandas', 'openpyxl', 'rapidfuzz', 'numpy'} & set(sys.modules); assert not heavy, (words, heavy)"
    )
    verbs = f"list|show R1|verify|export R1 --to {tmp_path}/x.zip|accept R1 --by Ana"
    done = subprocess.run([sys.executable, "-c", code, verbs], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "accepted R1 by Ana" in done.stdout


def test_every_command_has_an_example():
    tree = get_command(app).commands
    for group in ("history", "decisions", "schedule"):
        for name, command in tree[group].commands.items():
            assert command.epilog.startswith("Example: cmic-screen "), (group, name)
    for name in ("decide", "monthly"):
        assert tree[name].epilog.startswith("Example: cmic-screen "), name
    assert set(tree["history"].commands) == {"list", "show", "compare", "accept", "replay", "verify", "export"}
    assert set(tree["decisions"].commands) == {"list", "sign", "revoke", "export", "import"}


def test_the_largest_archive_is_bounded(tmp_path, monkeypatch):
    from cmic_screen.errors import HistoryError

    monkeypatch.setattr(export, "_LARGEST", 10)
    with zipfile.ZipFile(tmp_path / "big.zip", "w") as archive:
        archive.writestr("R1/x", b"0" * 11)
    with pytest.raises(HistoryError, match="unpacks to more"), export.opened(tmp_path / "big.zip"):
        pytest.fail("must not open")


def test_a_fault_of_ours_is_in_the_heartbeat_too(cmic, tmp_path, monkeypatch):
    config = tmp_path / "book.toml"
    config.write_text('job = "book"\n[[source]]\nname = "a"\nfiles = ["x.csv"]\n', encoding="utf-8")

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("cmic_screen.history.monthly.run", broken)
    with pytest.raises(RuntimeError):
        cmic("monthly", config)
    assert json.loads((tmp_path / "heartbeat.json").read_text(encoding="utf-8"))["exit_code"] == 1


def test_a_period_stands_for_the_run_that_answers_for_it(cmic, home):
    with Ledger.open(write=False) as ledger:
        entry = ledger.entries()[-1]
    made = [
        runs.Run(run_id=f"{job}-{i}", job=job, period=period, entry=entry, accepted=entry if accepted else None)
        for i, (job, period, accepted) in enumerate(
            [("b", "2026-11", False), ("b", "2026-10", False), ("b", "2026-10", True), ("c", "2026-11", False)]
        )
    ]
    assert [r.run_id for r in runs._period(made, "2026-10")] == ["b-2"]
    assert [r.run_id for r in runs._period(made, "2026-11")] == ["b-0", "c-3"]
    assert runs._period(made, "") == runs._period(made, "2026-09") == []
