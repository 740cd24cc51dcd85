"""A listed ISIN is found wherever in a row it stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmic_screen.model import Verdict
from cmic_screen.service import Request, run
from cmic_screen.settings import load_settings
from cmic_screen.stray import _rows_with, listed_isins

CASES = {
    "an unquoted comma has shifted the row": (
        "Name,ISIN,Qty\nCM, Holding,HK0941009539,6\nApple, Inc,US0378331005,6\nNestle,CH0038863350,7\n",
        {2: Verdict.PROHIBITED},
    ),
    "a remark speaks of another security": (
        "Name,ISIN,Qty,Remark\nApple Inc,US0378331005,6,hedge of HK0941009539\nNestle,CH0038863350,7,none\n",
        {2: Verdict.REVIEW},
    ),
    "a side note": (
        "Name,ISIN,Qty\nNestle,CH0038863350,7\n\nNote: the fund also holds 500 shares (HK0941009539) pending.\n",
        {4: Verdict.REVIEW},
    ),
    "only where it is read": (
        "Name,ISIN,Qty\nChina Mobile,HK0941009539,6\nNestle,CH0038863350,7\n",
        {2: Verdict.PROHIBITED},
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_listed_isin_is_found_wherever_it_stands(case, tmp_path, monkeypatch):
    monkeypatch.setenv("CMIC_HOME", str(tmp_path / "home"))
    text, expected = CASES[case]
    path = tmp_path / "book.csv"
    path.write_text(text, encoding="utf-8")
    result = run(Request(files=(path,)), load_settings())
    assert {f.source.row: f.judgement.verdict for f in result.findings} == expected
    elsewhere = {"IDENTIFIER_ELSEWHERE"} & {i.code for i in result.intake.issues}
    stray = case.startswith(("an unquoted", "a remark"))
    assert bool(elsewhere) == stray
    repaired = [r.rule for f in result.findings for r in f.repairs if r.field == "other_id"]
    assert any("no column is read for" in rule for rule in repaired) == stray  # the finding itself says where it stood


OWN = frozenset({"HK0941009539", "CNE100000PM8"})
PIECE = st.one_of(
    st.sampled_from([*sorted(OWN), "US0378331005", "A", "9", "a", "é", "中", " ", "|", "\x1e", "\n"]),
    st.text(max_size=5),
)


@given(st.lists(st.lists(PIECE, max_size=5).map("".join), max_size=6))
def test_many_rows_at_once_and_one_by_one_agree(cells):
    one_by_one = {i: found for i, text in enumerate(cells) if (found := listed_isins(text.replace("\x1e", " "), OWN))}
    assert _rows_with(cells, OWN) == one_by_one
    assert _rows_with(cells, frozenset()) == {}
