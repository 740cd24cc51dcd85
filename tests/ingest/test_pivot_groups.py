"""Group lines of a pivot table are no positions; a list that does not divide into groups keeps all its rows."""

from __future__ import annotations

import pytest

from cmic_screen.ingest import read_holdings

HEAD = "Row Labels,Sum of Market Value\n"


@pytest.mark.parametrize(
    ("lines", "held"),
    [
        (
            "China,6500.75\nCHINA MOBILE LTD,1000.5\nSMIC,5500.25\nUSA,2000\nAPPLE INC,2000\nGrand Total,8500.75\n",
            ["CHINA MOBILE LTD", "SMIC", "APPLE INC"],
        ),
        ("CHINA MOBILE LTD,5\nAPPLE INC,5\n", ["CHINA MOBILE LTD", "APPLE INC"]),
        ("CNOOC LTD,9\nCHINA MOBILE LTD,5\nAPPLE INC,5\n", ["CNOOC LTD", "CHINA MOBILE LTD", "APPLE INC"]),
    ],
)
def test_only_lines_that_sum_those_beneath_are_groups(lines, held, tmp_path):
    path = tmp_path / "pivot.csv"
    path.write_text(HEAD + lines, "utf-8")
    intake = read_holdings([path])
    assert intake.table["security_name"].tolist() == held
    assert not [issue for issue in intake.issues if issue.code == "TOTAL_DIFFERS"]
