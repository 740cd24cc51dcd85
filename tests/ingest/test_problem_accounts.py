"""A row that cannot be screened says whose it is: from its own cell, the section above it, or the preamble."""

from __future__ import annotations

import pytest

from cmic_screen import service
from cmic_screen.ingest import read_holdings
from cmic_screen.settings import load_settings

OWN = "Account,Security,Quantity,Market Value\nA-1001,Apple Inc,1,10\nA-1002,,5,50\n"
SECTION = "Security,Quantity,Market Value\nAccount: B-2001,,\nApple Inc,1,10\n,5,51\n"
PREAMBLE = "Account: C-3001\n\nSecurity,Quantity,Market Value\nApple Inc,1,10\n,5,51\n"


@pytest.mark.parametrize(("text", "account"), [(OWN, "A-1002"), (SECTION, "B-2001"), (PREAMBLE, "C-3001")])
def test_a_problem_bears_its_account_into_the_findings(text, account, tmp_path, monkeypatch):
    path = tmp_path / "holdings.csv"
    path.write_text(text, "utf-8")
    assert [p.account for p in read_holdings([path]).problems] == [account]
    monkeypatch.setenv("CMIC_HOME", str(tmp_path / "home"))
    run = service.run(service.Request(files=(path,)), load_settings())
    assert [f.account for f in run.findings if f.judgement.verdict.name == "UNSCREENED"] == [account]
