"""The evidence pack: complete, checkable by sha256sum, the same bytes for the same run."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import zipfile
from dataclasses import replace

import pytest

from cmic_screen.errors import ExitCode, ReportError
from cmic_screen.report import pack, record, verify


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    path = tmp_path_factory.mktemp("in") / "book.xlsx"
    path.write_bytes(b"as received")
    return path


@pytest.fixture(scope="module")
def held(small_run, book):
    file = replace(small_run.intake.inputs[0], sha256=hashlib.sha256(book.read_bytes()).hexdigest())
    return replace(small_run, intake=replace(small_run.intake, inputs=(file,)))


@pytest.fixture(scope="module")
def packed(held, book, tmp_path_factory):
    path = tmp_path_factory.mktemp("out") / "pack.zip"
    digest = pack.write_pack(held, path, files=[book])
    assert digest == hashlib.sha256(path.read_bytes()).hexdigest()
    return path


def test_everything_is_in_it(packed):
    assert set(zipfile.ZipFile(packed).namelist()) == {
        "report.xlsx", "record.json", "findings.csv", "summary.txt", "list.json", "programme/programme.toml",
        "programme/decision_table.csv", "inputs/book.xlsx", "inputs/digests.json", "schema.json", "README.txt",
        "SHA256SUMS",
    }  # fmt: skip


def test_sha256sum_checks_it_without_this_program(packed, tmp_path):
    zipfile.ZipFile(packed).extractall(tmp_path)
    sums = (tmp_path / "SHA256SUMS").read_text().splitlines()
    assert len(sums) == 11
    for line in sums:
        digest, name = line.split("  ")
        assert hashlib.sha256((tmp_path / name).read_bytes()).hexdigest() == digest
    tool = shutil.which("sha256sum")
    if tool:
        subprocess.run([tool, "-c", "SHA256SUMS"], cwd=tmp_path, check=True, capture_output=True)


def test_its_parts_agree(packed, held, tmp_path):
    zipfile.ZipFile(packed).extractall(tmp_path)
    kept = json.loads((tmp_path / "record.json").read_text("utf-8"))
    assert record.rows_digest(kept["findings"]) == kept["rows_digest"]
    assert kept["content_digest"] == record.to_record(held)["content_digest"]
    found = verify.verify(tmp_path / "report.xlsx", kept["content_digest"])
    assert found.status == "as written"
    assert found.workbook_digest in (tmp_path / "README.txt").read_text("utf-8")
    assert found.workbook_digest in (tmp_path / "summary.txt").read_text("utf-8")


def test_same_run_same_bytes(held, book, packed, tmp_path):
    pack.write_pack(held, tmp_path / "pack.zip", files=[book])
    assert (tmp_path / "pack.zip").read_bytes() == packed.read_bytes()


def test_digests_only_leaves_the_holdings_at_home(held, book, tmp_path):
    pack.write_pack(held, tmp_path / "p.zip", files=[book], inputs=False)
    inside = zipfile.ZipFile(tmp_path / "p.zip")
    assert [n for n in inside.namelist() if n.startswith("inputs/")] == ["inputs/digests.json"]
    assert json.loads(inside.read("inputs/digests.json"))[0]["bytes"] == 20480


def test_another_file_than_the_one_screened_is_refused(small_run, book, tmp_path):
    with pytest.raises(ReportError, match="not the one that was screened"):
        pack.write_pack(small_run, tmp_path / "p.zip", files=[book])
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there(small_run, tmp_path):
    with pytest.raises(ReportError) as failed:
        pack.write_pack(small_run, tmp_path / "absent" / "p.zip")
    assert failed.value.exit_code is ExitCode.REPORT


def test_clutter_of_a_folder_and_archives_do_not_stop_it(small_run, tmp_path):
    folder = tmp_path / "in"
    (folder / "sub").mkdir(parents=True)
    for name, data in (("book.xlsx", b"one"), ("sub/book.xlsx", b"two"), ("Thumbs.db", b""), ("~$book.xlsx", b"x")):
        (folder / name).write_bytes(data)
    (tmp_path / "old.csv.gz").write_bytes(b"packed")
    read = [("book.xlsx", b"one"), ("sub/book.xlsx", b"two"), ("old.csv", b"packed no more")]
    first = small_run.intake.inputs[0]
    said = [replace(first, file=name, sha256=hashlib.sha256(data).hexdigest(), sheets=()) for name, data in read]
    run = replace(small_run, intake=replace(small_run.intake, inputs=(first, *said)))
    pack.write_pack(run, tmp_path / "p.zip", files=[folder, tmp_path / "old.csv.gz"])
    kept = [n for n in zipfile.ZipFile(tmp_path / "p.zip").namelist() if n.startswith("inputs/")]
    assert kept == ["inputs/book.xlsx", "inputs/digests.json", "inputs/old.csv.gz", "inputs/sub/book.xlsx"]
