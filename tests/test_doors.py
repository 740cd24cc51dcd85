"""The command line as a person meets it: exit codes, messages, files written whole or not at all."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from cmic_screen.cli import main

SAMPLES = Path(__file__).resolve().parent.parent / "samples"


@dataclass
class Done:
    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def cmic(home, tmp_path, monkeypatch, capsys):
    """Run the program, in a folder of its own, as `main` would: in this process, which is ten times as fast."""
    monkeypatch.chdir(tmp_path)

    def run(*args: object, code: int | None = None, **env: str) -> Done:
        for name, value in {"COLUMNS": "140", **env}.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(sys, "argv", ["cmic-screen", *map(str, args)])
        with pytest.raises(SystemExit) as left:
            main()
        out = capsys.readouterr()
        done = Done(int(left.value.code or 0), out.out, out.err)
        if code is not None:
            assert done.returncode == code, done.stdout + done.stderr
        return done

    return run


def test_screen_writes_report_and_record_and_exits_10(cmic, tmp_path):
    done = cmic(
        "screen", SAMPLES / "advisory_book.xlsx", "--out", "r.xlsx", "--json", "r.json", "--no-history", code=10
    )
    assert "PROHIBITED" in done.stdout
    assert (tmp_path / "r.xlsx").read_bytes()[:2] == b"PK"
    record = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert record["schema"] == "cmic-screen/run/1"
    assert record["totals"]["prohibited"] > 10


def test_same_run_id_and_clock_give_the_same_bytes(cmic, tmp_path):
    for name in ("a", "b"):
        cmic(
            *("screen", SAMPLES / "second_custodian.csv", "--out", f"{name}.xlsx", "--json", f"{name}.json"),
            *("--no-history", "--run-id", "R1"),
            SOURCE_DATE_EPOCH="1795000000",
            code=10,
        )
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_the_same_run_again_is_the_same_run_and_another_under_its_name_is_refused(cmic, tmp_path):
    book = tmp_path / "book.csv"
    book.write_text("Name,ISIN\nNESTLE SA,CH0038863350\n", "utf-8")
    made = []
    for _ in range(2):
        cmic(
            "screen",
            book,
            "--run-id",
            "R1",
            "--out",
            "r.xlsx",
            "--json",
            "r.json",
            SOURCE_DATE_EPOCH="1795000000",
            code=12,
        )
        made.append((tmp_path / "r.json").read_bytes() + (tmp_path / "r.xlsx").read_bytes())
    assert made[0] == made[1]
    assert len(json.loads(cmic("history", "list", "--format", "json", code=0).stdout)) == 1
    book.write_text("Name,ISIN\nNOVARTIS AG,CH0012005267\n", "utf-8")
    assert "other content" in cmic("screen", book, "--run-id", "R1", "--out", "r.xlsx", code=22).stderr


def test_quiet_says_nothing_and_json_has_the_rows_that_were_asked_for(cmic):
    book = SAMPLES / "second_custodian.csv"
    assert cmic("--quiet", "screen", book, "--out", "r.xlsx", "--no-history", code=10).stdout == ""
    shown = cmic("screen", book, "--out", "r.xlsx", "--no-history", "--all-rows", "--format", "json", code=10).stdout
    assert {f["verdict"] for f in json.loads(shown)["findings"]} >= {"CLEAR", "PROHIBITED"}


BAD = [
    ("missing.xlsx", None, 20, "missing.xlsx"),
    ("empty.xlsx", b"", 20, "empty.xlsx"),
    ("corrupt.xlsx", b"PK\x03\x04 this is no workbook", 20, "corrupt.xlsx"),
    (
        "letter.txt",
        b"Dear client,\n\nthank you for your letter of yesterday, which we have read.\n",
        20,
        "letter.txt",
    ),
]


@pytest.mark.parametrize(("name", "content", "code", "said"), BAD)
def test_a_file_that_cannot_be_screened_ends_in_one_plain_sentence(cmic, tmp_path, name, content, code, said):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    done = cmic("screen", name, "--out", "r.xlsx", "--no-history", code=code)
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "r.xlsx").exists()


def test_wrong_usage_is_exit_2(cmic):
    book = SAMPLES / "second_custodian.csv"
    assert "No such option" in cmic("screen", book, "--colour", "red", code=2).stderr
    assert "no ISO date" in cmic("screen", book, "--as-of", "yesterday", code=2).stderr
    assert "2021-06-03" in cmic("screen", book, "--as-of", "2021-06-02", code=2).stderr
    assert "future" in cmic("screen", book, "--as-of", "2099-01-01", code=2).stderr


@pytest.mark.parametrize(
    ("args", "where"),
    [
        (("screen", ""), ""),
        (("screen", "book.csv", "--no-history", ""), "--no-history"),
        (("screen", "book.csv", "--out", ""), "--out: "),
        (("screen", "book.csv", "--funds="), "--funds: "),
        (("history", "accept", "", "--by", "Ana"), ""),
    ],
)
def test_an_empty_argument_is_wrong_usage(cmic, tmp_path, args, where):
    """An unset variable screened the folder one stands in, took its files for fund constituents, or ended in a
    traceback.
    """
    (tmp_path / "book.csv").write_text("Security,ISIN\nNestle SA,CH0038863350\n")
    said = cmic(*args, code=2).stderr
    assert said.startswith(f"cmic-screen: {where}")
    assert "never set" in said
    assert not list(tmp_path.glob("*.xlsx"))


def test_what_may_be_empty_stays_so(cmic, tmp_path):
    (tmp_path / "book.csv").write_text("Security,ISIN\nNestle SA,CH0038863350\n")
    cmic("screen", "book.csv", "--no-history", "--run-id", "", "--list", "", code=12)
    cmic("check", "", "--isin", "CH0038863350", "--cusip", "", code=12)


@pytest.mark.parametrize("out", [".", "..", "folder"])
def test_a_folder_is_no_place_for_a_report_or_a_list(cmic, tmp_path, out):
    (tmp_path / "folder").mkdir()
    assert "cannot be written" in cmic("screen", SAMPLES / "second_custodian.csv", "--out", out, code=23).stderr
    assert "cannot be written" in cmic("list", "export", "--restricted", "--out", out, code=21).stderr


def test_a_report_is_not_named_as_what_it_is_not(cmic, tmp_path):
    for name in ("r.pdf", "r.XLS", "r.json"):
        assert "Name it with .xlsx" in cmic("screen", SAMPLES / "second_custodian.csv", "--out", name, code=2).stderr
    assert not list(tmp_path.glob("r.*"))


def test_an_output_that_cannot_be_written_is_exit_23_and_leaves_nothing(cmic, tmp_path):
    done = cmic("screen", SAMPLES / "second_custodian.csv", "--out", "no/such/folder/r.xlsx", "--no-history", code=23)
    assert "r.xlsx" in done.stderr
    assert not list(tmp_path.glob("*.xlsx"))


def test_no_output_replaces_what_is_read_nor_another_output(cmic, tmp_path):
    book = tmp_path / "books" / "book.csv"
    book.parent.mkdir()
    book.write_text("Security,ISIN\nNestle SA,CH0038863350\n")
    (tmp_path / "link.xlsx").symlink_to(book)
    before = book.read_bytes()
    for args in (
        (book, "--out", book), (book, "--out", "link.xlsx"), (book.parent, "--json", book),
        (book, "--out", "r.xlsx", "--json", "r.xlsx"), (book, "--out", "r.xlsx", "--pack", "./r.xlsx"),
    ):  # fmt: skip
        assert "Name another file" in cmic("screen", *args, code=2).stderr
    os.mkfifo("pipe")
    assert "cannot be written" in cmic("screen", book, "--out", "pipe", code=23).stderr
    assert book.read_bytes() == before
    assert not (tmp_path / "r.xlsx").exists()


def test_a_trade_is_told_with_what_was_done_and_when(cmic, tmp_path):
    (tmp_path / "b.csv").write_text("Trade Date,Side,Name,ISIN,Quantity\n2026-01-05,SELL,CNOOC,HK0883013259,10\n")
    assert "sell, 2026-01-05: CNOOC" in cmic("trades", "b.csv", "--no-history", code=10).stdout


def test_ctrl_c_says_that_nothing_was_kept(cmic, monkeypatch):
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("cmic_screen.delivery.deliver", stopped)
    said = cmic("screen", SAMPLES / "second_custodian.csv", code=130).stderr
    assert said.strip() == "cmic-screen: stopped; what was not finished is neither entered nor handed out."


def test_a_stale_list_stops_a_strict_run(cmic):
    assert "list update" in cmic("screen", SAMPLES / "second_custodian.csv", "--strict", "--no-history", code=21).stderr


def test_check_asks_about_a_bare_name_and_refuses_a_listed_identifier(cmic):
    assert "PROHIBITED" in cmic("check", "--isin", "HK0941009539", code=10).stdout
    assert "No match found" in cmic("check", "Nestle SA", code=12).stdout
    answer = json.loads(
        cmic("check", "--isin", "HK0941009539", "--action", "SELL", "--on", "2021-12-20", "--format", "json").stdout
    )
    assert answer["ruling"] == "PERMITTED_DIVESTMENT_ONLY"


def test_config_show_names_the_origin_of_each_value(cmic, tmp_path):
    (tmp_path / "cmic-screen.toml").write_text('client = "Marlow & Finch"\n', encoding="utf-8")
    rows = {r["name"]: r for r in json.loads(cmic("config", "show", "--format", "json", code=0).stdout)["settings"]}
    assert rows["client"]["value"] == "Marlow & Finch"
    assert rows["client"]["origin"].endswith("cmic-screen.toml")
    assert rows["home"]["origin"] == "variable CMIC_HOME"


LIGHT = [["--help"], ["list", "status"], ["config", "show"], ["check", "--isin", "HK0941009539"]]


@pytest.mark.slow
def test_light_commands_load_neither_pandas_nor_openpyxl(home):
    """One after the other in one process: whichever loads them first is the one named."""
    script = f"""
import sys
from cmic_screen.cli import main
for args in {LIGHT!r}:
    sys.argv = ["cmic-screen", *args]
    try:
        main()
    except SystemExit as left:
        print("LEFT", left.code, sorted({{"pandas", "openpyxl"}} & set(sys.modules)), *args, file=sys.stderr)
"""
    env = {**os.environ, "SOURCE_DATE_EPOCH": "1795000000"}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=env, check=False)
    said = [line for line in done.stderr.splitlines() if line.startswith("LEFT")]
    codes = ("0", "0", "0", "10")
    assert said == [f"LEFT {code} [] {' '.join(args)}" for code, args in zip(codes, LIGHT, strict=True)]


@pytest.mark.slow
def test_what_is_handed_out_is_its_owners_with_history_and_without(cmic, tmp_path):
    made = ("--out", "r.xlsx", "--json", "r.json", "--pack", "p.zip")
    for how in ((), ("--no-history",)):
        cmic("screen", SAMPLES / "second_custodian.csv", *made, *how, code=10)
        assert {p.stat().st_mode & 0o777 for p in tmp_path.iterdir() if p.is_file()} == {0o600}


@pytest.mark.slow
def test_a_folder_is_named_by_its_own_name_and_its_report_stands_beside_it(cmic, tmp_path, monkeypatch):
    book = tmp_path / "book"
    (book / "inner").mkdir(parents=True)
    (book / "a.csv").write_bytes((SAMPLES / "second_custodian.csv").read_bytes())
    for at, said in ((book, "."), (book / "inner", "..")):
        monkeypatch.chdir(at)
        done = cmic("screen", said, code=10)
        report = Path(done.stdout.rpartition("Report: ")[2].strip())
        assert (report.parent, report.name[:7]) == (tmp_path, "book-20")


def test_a_long_name_is_cut_for_the_report_and_one_too_long_for_an_output_is_exit_23(cmic, tmp_path):
    book = tmp_path / ("持" * 80 + ".csv")
    book.write_bytes((SAMPLES / "second_custodian.csv").read_bytes())
    cmic("screen", book, "--no-history", code=10)
    (made,) = tmp_path.glob("持*.xlsx")
    assert made.stem.startswith("持" * 60)
    done = cmic("screen", book, "--no-history", "--out", "n" * 250 + ".xlsx", code=23)
    assert "cannot be written (File name too long)" in done.stderr


def test_a_report_made_read_only_is_not_replaced(cmic, tmp_path, monkeypatch):
    (tmp_path / "r.xlsx").write_text("signed")
    real = os.access  # patched: root may write everywhere
    closed = ("r.xlsx", os.W_OK)
    monkeypatch.setattr(os, "access", lambda path, how: (Path(path).name, how) != closed and real(path, how))
    cmic("screen", SAMPLES / "second_custodian.csv", "--no-history", "--out", "r.xlsx", code=23)
    assert (tmp_path / "r.xlsx").read_text() == "signed"


def test_a_file_that_cannot_be_read_is_named_and_not_the_history(cmic, tmp_path, monkeypatch):
    book = tmp_path / "book"
    book.mkdir()
    (book / "a.csv").write_bytes((SAMPLES / "second_custodian.csv").read_bytes())
    (book / "b.csv").write_text("closed")
    real = Path.open

    def closed(self, *args, **kwargs):
        if self.name == "b.csv":
            raise PermissionError(13, "Permission denied", str(self))
        return real(self, *args, **kwargs)

    monkeypatch.setattr(Path, "open", closed)
    for said in ("book", "book/b.csv"):
        done = cmic("screen", said, code=20)
        assert "book/b.csv: the file cannot be read (Permission denied)" in done.stderr.replace(str(tmp_path) + "/", "")


@pytest.mark.skipif(sys.platform == "win32", reason="no named pipes")
def test_a_pipe_is_said_to_be_one_and_not_waited_for(cmic, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for command in (("screen", "pipe"), ("screen", "pipe", "--no-history"), ("look", "pipe")):
        assert "this is a device or a pipe, not a file" in cmic(*command, code=20).stderr
    for command in (("list", "update", "--from", "pipe"), ("list", "build", "pipe")):
        assert "this is a device or a pipe, not a file" in cmic(*command, code=21).stderr


def test_a_confirmation_that_cannot_be_kept_is_exit_21(cmic, home, monkeypatch):
    (home / "programme").write_text("in the way")
    done = cmic("programme", "confirm", "--until", "2027-11-12", "--source", "notice", "--by", "Ana", code=21)
    assert "the confirmation cannot be kept" in done.stderr


def test_a_pack_without_room_is_exit_23_and_named(cmic, tmp_path, monkeypatch):
    real = Path.write_text

    def full(self, *args, **kwargs):
        if self.name == "list.json":
            raise OSError(28, "No space left on device", str(self))
        return real(self, *args, **kwargs)

    monkeypatch.setattr(Path, "write_text", full)
    done = cmic("screen", SAMPLES / "second_custodian.csv", "--no-history", "--pack", "p.zip", "--out", "r", code=23)
    assert "p.zip: the evidence pack could not be written (No space left on device)" in done.stderr
    assert not [p for p in tmp_path.iterdir() if p.name.startswith((".cmic", "p.zip"))]


@pytest.mark.slow
def test_the_rows_of_an_older_report_do_not_stay_beside_the_new_one(cmic, tmp_path):
    from cmic_screen.report.csvout import NOTE

    rows = tmp_path / "r.rows.csv"
    for how in ((), ("--no-history",)):
        rows.write_text(f"\ufeff{NOTE}\r\nolder rows\r\n", encoding="utf-8")
        cmic("screen", SAMPLES / "second_custodian.csv", "--out", "r.xlsx", *how, code=10)
        assert not rows.exists()
        rows.write_text("a person's own", encoding="utf-8")
        cmic("screen", SAMPLES / "second_custodian.csv", "--out", "r.xlsx", *how, code=10)
        assert rows.read_text(encoding="utf-8") == "a person's own"
