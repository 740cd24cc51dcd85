"""One file that cannot be read must not keep the others of its folder or archive from being screened, nor vanish."""

from __future__ import annotations

import zipfile

import pytest

from cmic_screen import service
from cmic_screen.errors import InputError
from cmic_screen.ingest import look, read_holdings
from cmic_screen.settings import load_settings

GOOD = "Security,ISIN,Quantity\nChina Mobile Ltd,HK0941009539,10\n"
FILES = {
    "a_cut.xlsx": b"PK\x03\x04 cut off",
    "b_good.csv": GOOD.encode(),
    "c_empty.csv": b"",
    "d_letter.pdf": b"%PDF-1.4",
}
BAD = ["a_cut.xlsx", "c_empty.csv", "d_letter.pdf"]


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "month"
    made.mkdir()
    for name, data in FILES.items():
        (made / name).write_bytes(data)
    return made


@pytest.fixture
def archive(tmp_path):
    path = tmp_path / "month.zip"
    with zipfile.ZipFile(path, "w") as made:
        for name, data in FILES.items():
            made.writestr(name, data)
    return path


@pytest.mark.parametrize("source", ["folder", "archive"])
def test_the_others_are_read_and_the_bad_ones_are_problems(source, request):
    intake = read_holdings([request.getfixturevalue(source)])
    assert intake.table["isin"].tolist() == ["HK0941009539"]
    assert [p.source.file.rpartition("/")[2] for p in intake.problems] == BAD
    assert {p.code for p in intake.problems} == {"FILE_UNREADABLE"}
    assert all(p.do and "could not be read: " in p.text for p in intake.problems)
    assert [f.format == "unreadable" for f in intake.inputs] == [True, False, True, True]
    said = look.explain(look.describe(intake))
    assert all(f"{name}: unreadable." in said for name in BAD)


def test_a_run_over_them_says_unscreened_beside_what_it_found(folder, tmp_path, monkeypatch):
    monkeypatch.setenv("CMIC_HOME", str(tmp_path / "home"))
    (folder / "b_good.csv").write_text("Security,ISIN,Quantity\nApple Inc,US0378331005,10\n", "utf-8")
    run = service.run(service.Request(files=(folder,)), load_settings())
    assert (run.totals.unscreened, run.totals.positions, run.totals.problems) == (3, 1, 3)
    assert run.exit_code == 11


def test_where_none_can_be_read_the_first_fault_stops_the_run(folder):
    (folder / "b_good.csv").unlink()
    with pytest.raises(InputError, match=r"a_cut\.xlsx"):
        read_holdings([folder])


def test_a_bad_file_named_by_itself_still_stops_the_run(folder):
    with pytest.raises(InputError, match=r"a_cut\.xlsx"):
        read_holdings([folder / "b_good.csv", folder / "a_cut.xlsx"])
