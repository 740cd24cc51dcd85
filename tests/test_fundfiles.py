"""A folder of fund publications becomes a book of funds; the index changes nothing but the time it takes."""

import pytest

from cmic_screen.errors import InputError
from cmic_screen.fundfiles import INDEX, build_index, load_funds

ROWS = "Ticker,Name,Weight (%),ISIN\n941,CHINA MOBILE LTD,60.5,HK0941009539\nNESN,NESTLE SA,39.5,CH0038863350\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "US4642872349.csv").write_text(
        f'A Fund of Funds\nFund Holdings as of,"Oct 30, 2026"\n\n{ROWS}', "utf-8"
    )
    (tmp_path / "other.csv").write_text(ROWS, "utf-8")
    (tmp_path / "funds.csv").write_text("file,isin,name,as_of\nother.csv,IE00B3RBWM25,The other,2026-10-31\n", "utf-8")
    return tmp_path


def test_a_fund_is_known_by_file_name_by_what_the_file_says_and_by_the_side_file(folder):
    first, other = sorted(load_funds(folder, 92).files, key=lambda f: f.file)
    assert "isin:US4642872349" in first.keys
    assert first.as_of.isoformat() == "2026-10-30"
    assert other.name == "The other"
    assert "isin:IE00B3RBWM25" in other.keys
    assert sum(c.weight for c in other.constituents) == 100


def test_the_index_gives_the_same_book_and_a_changed_file_is_read_anew(folder):
    bare = load_funds(folder, 92).files
    build_index(folder)
    assert load_funds(folder, 92).files == bare
    (folder / "other.csv").write_text(ROWS.replace("60.5", "50.5"), "utf-8")
    changed = {f.file: f for f in load_funds(folder, 92).files}["other.csv"]
    assert sum(c.weight for c in changed.constituents) == 90


def test_fractions_are_percent(folder):
    (folder / "other.csv").write_text(ROWS.replace("60.5", "0.605").replace("39.5", "0.395"), "utf-8")
    changed = {f.file: f for f in load_funds(folder, 92).files}["other.csv"]
    assert sum(c.weight for c in changed.constituents) == 100


def test_a_missing_folder_or_a_broken_index_stops(folder):
    with pytest.raises(InputError, match="no such folder"):
        load_funds(folder / "nowhere", 92)
    (folder / INDEX).write_text("cut off {")
    with pytest.raises(InputError, match="index"):
        load_funds(folder, 92)
