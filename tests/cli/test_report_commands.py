"""`verify` and `explain` on the command line: what they print, and what they end with."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cmic_screen.cli import app
from cmic_screen.errors import InputError, ReportError, UsageError

pytestmark = pytest.mark.slow  # whole commands or pages, one after the other

BOOK = "Security,ISIN,Quantity,Market value,Currency\nCHINA MOBILE LTD,HK0941009539,100,9000,HKD\n"


def cmic(*args: object):
    return CliRunner().invoke(app, [str(a) for a in args], catch_exceptions=True)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made")
    book = folder / "book.csv"
    book.write_text(BOOK + "Apple Inc,US0378331005,5,1000,USD\n")
    done = cmic(
        "screen", book, "--out", folder / "r.xlsx", "--json", folder / "r.json", "--all-rows", "--no-history",
        "--as-of", "2026-11-20", "--list", "embedded",
    )  # fmt: skip
    assert done.exit_code == 10, done.output
    return folder


def test_verify_alone_with_digest_and_with_holdings(made, home):
    alone = cmic("verify", made / "r.xlsx")
    assert (alone.exit_code, "internally consistent" in alone.output) == (0, True)
    digest = json.loads((made / "r.json").read_text("utf-8"))["content_digest"]
    known = cmic("verify", made / "r.xlsx", "--expect", digest, "--format", "json")
    assert (known.exit_code, json.loads(known.output)["status"]) == (0, "as written")
    assert cmic("verify", made / "r.xlsx", "--expect", "00" * 32).exit_code == 22
    again = cmic("verify", made / "r.xlsx", "--holdings", made / "book.csv", "--format", "json")
    assert (again.exit_code, json.loads(again.output)["rescreened"]) == (0, {"equal": True, "difference": None})


def test_verify_names_changed_holdings_as_the_cause(made, home, tmp_path):
    other = tmp_path / "book.csv"
    other.write_text((made / "book.csv").read_text().replace(",100,", ",7,"))
    found = cmic("verify", made / "r.xlsx", "--holdings", other)
    assert found.exit_code == 22
    assert "differs at F-001" in found.output
    assert "Cause: holdings" in found.output


def test_verify_of_what_is_no_report(made, home):
    assert isinstance(cmic("verify", made / "book.csv").exception, InputError)


def test_explain_a_finding_and_a_clear_row(made, home):
    finding = cmic("explain", made / "r.json", "--row", "F-001")
    assert finding.exit_code == 0
    assert "HK0941009539" in finding.output
    clear = cmic("explain", made / "r.json", "--row", "book.csv!book.csv!3", "--format", "json")
    assert json.loads(clear.output)["cleared_by"] == "identifier"
    assert cmic("explain", made / "r.xlsx", "--row", "F-001").output == finding.output
    assert isinstance(cmic("explain", made / "r.json", "--row", "F-999").exception, UsageError)


def test_same_run_same_bytes_with_epoch(made, home, tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1763640000")
    digests = set()
    for name in ("a", "b"):
        out = [tmp_path / f"{name}.xlsx", tmp_path / f"{name}.json"]
        cmic(
            "screen", made / "book.csv", "--out", out[0], "--json", out[1], "--no-history", "--run-id", "R",
            "--list", "embedded", "--as-of", "2025-11-19",
        )  # fmt: skip
        digests.add(tuple(hashlib.sha256(Path(p).read_bytes()).hexdigest() for p in out))
    assert len(digests) == 1


def test_verify_takes_several_holdings_behind_one_option(made, home):
    book, other = made / "book.csv", made / "other.csv"
    other.write_text("Security,ISIN\nNestle SA,CH0038863350\n")
    assert cmic("verify", made / "r.xlsx", "--holdings", book).exit_code == 0
    assert cmic("verify", made / "r.xlsx", "--holdings", book, other).exit_code == 22
    assert isinstance(cmic("verify", made / "r.xlsx", book).exception, UsageError)


def test_verify_knows_holdings_under_another_name_and_in_another_order(home, tmp_path):
    (tmp_path / "later").mkdir()
    for name in ("a", "b"):
        (tmp_path / f"{name}.csv").write_text(BOOK.replace(",100,", f",{ord(name)},"))
        (tmp_path / "later" / f"download-{name}.csv").write_bytes((tmp_path / f"{name}.csv").read_bytes())
    cmic("screen", tmp_path / "a.csv", tmp_path / "b.csv", "--out", tmp_path / "r.xlsx", "--no-history")
    later = [tmp_path / "later" / f"download-{name}.csv" for name in ("b", "a")]
    assert cmic("verify", tmp_path / "r.xlsx", "--holdings", *later).exit_code == 0
    missing = cmic("verify", tmp_path / "r.xlsx", "--holdings", later[0])
    assert missing.exit_code == 22
    assert "Cause: holdings" in missing.output
    later[0].write_text(BOOK.replace("HK0941009539", "HK0941009530"))
    assert cmic("verify", tmp_path / "r.xlsx", "--holdings", *later).exit_code == 22


def test_verify_says_which_file_is_another_in_a_sentence(made, home, tmp_path):
    other = tmp_path / "book.csv"
    other.write_text((made / "book.csv").read_text() + "Nestle SA,CH0038863350,1,1,CHF\n")
    found = cmic("verify", made / "r.xlsx", "--holdings", other)
    assert "book.csv, sha256: the report says" in found.output
    assert len(found.output) < 2000


@pytest.mark.parametrize(("option", "said"), [("--account-map", "account map"), ("--funds", "fund constituents")])
def test_a_missing_file_is_named_as_it_was_given(made, home, option, said):
    done = cmic("screen", made / "book.csv", "--out", made / "x.xlsx", option, made / "nosuch")
    assert isinstance(done.exception, InputError)
    assert said in done.exception.message
    assert "nosuch" in done.exception.message
    assert "staging" not in done.exception.message


@pytest.mark.parametrize(
    ("option", "command"),
    [
        ("--expect", ("verify", "r.xlsx", "--expect")),
        ("--expect-head", ("history", "verify", "--expect-head")),
        ("--expect-sha256", ("list", "update", "--from", "list.xml", "--expect-sha256")),
    ],
)
def test_an_empty_digest_is_no_check_that_was_passed(option, command, home):
    """`--expect "$HEAD"` in a script whose variable was never set ended as if the digest had been found."""
    for empty in ("", " "):
        found = cmic(*command, empty).exception
        assert isinstance(found, UsageError)
        assert (found.where, found.what) == (option, "no digest is given.")


@pytest.mark.parametrize("kept", [(), ("--no-history",)])
@pytest.mark.parametrize("full", ["report/zipfix.py", "report/pack.py"])
def test_on_a_full_disk_all_outputs_are_handed_out_or_none(made, home, tmp_path, monkeypatch, kept, full):
    """A record stood there without its report: a program that waits for it would have taken the run as complete."""
    from cmic_screen.report import pack, zipfix

    def no_room(*_a, **_k):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(*((zipfix, "finish") if full.endswith("zipfix.py") else (pack, "_zip")), no_room)
    out = tmp_path / "out"
    out.mkdir()
    older = out / "r.xlsx"
    older.write_bytes(b"older")
    done = cmic(
        "screen", made / "book.csv", "--out", older, "--json", out / "r.json", "--pack", out / "p.zip", *kept,
        "--as-of", "2026-11-20",
    )  # fmt: skip
    assert "No space left" in str(done.exception)
    assert ".cmic-draft" not in str(done.exception)
    assert isinstance(done.exception, ReportError)
    assert (list(out.iterdir()), older.read_bytes()) == ([older], b"older")
