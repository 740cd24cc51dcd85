"""A run kept with fund constituents and an account map is made again from what was kept, whoever cleared the desk."""

from __future__ import annotations

import json
import shutil
import sys

import pytest

from cmic_screen.cli import main

BOOK = """Account,Security Name,ISIN,Quantity,Market Value,Currency
A-1,iShares China Large-Cap ETF,US4642871846,10,1000,USD
OFFSHORE-9,China Mobile Ltd,HK0941009539,20,2000,HKD
"""
FUND = """iShares China Large-Cap ETF
Fund Holdings as of,"Oct 30, 2026"

Ticker,Name,Weight (%),ISIN
941,CHINA MOBILE LTD,60.5,HK0941009539
NESN,NESTLE SA,39.5,CH0038863350
"""
MAP = "account,owner_us,benefit_us\nOFFSHORE-9,no,no\nA-1,yes,yes\n"


@pytest.fixture
def cmic(home, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795334400")  # 2026-11-22 08:00 UTC
    monkeypatch.chdir(tmp_path)

    def run(*args: str) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["cmic-screen", *args])
        with pytest.raises(SystemExit) as left:
            main()
        out = capsys.readouterr()
        return int(left.value.code or 0), out.out + out.err

    return run


@pytest.fixture
def desk(tmp_path):
    """The files a person has beside the book."""
    (tmp_path / "book.csv").write_text(BOOK, "utf-8")
    (tmp_path / "funds").mkdir()
    (tmp_path / "funds/US4642871846.csv").write_text(FUND, "utf-8")
    (tmp_path / "map.csv").write_text(MAP, "utf-8")
    return tmp_path


@pytest.mark.slow
def test_funds_and_account_map_are_kept_and_the_run_is_made_again_without_the_originals(cmic, desk, home):
    said = cmic(
        "screen", "book.csv", "--funds", "funds", "--account-map", "map.csv", "--run-id", "R1", "--out", "r.xlsx"
    )
    assert said[0] == 10, said
    found = json.loads((home / "runs/R1/record.json").read_text("utf-8"))
    verdicts = {f["account"]: f["verdict"] for f in found["findings"]}
    assert verdicts == {"A-1": "PROHIBITED", "OFFSHORE-9": "PERMITTED"}
    assert (home / "runs/R1/funds/US4642871846.csv").read_text("utf-8") == FUND
    assert (home / "runs/R1/accounts.csv").read_text("utf-8") == MAP
    shutil.rmtree(desk / "funds")
    for name in ("book.csv", "map.csv", "r.xlsx"):
        (desk / name).unlink()
    assert cmic("history", "replay", "R1")[0] == 0
