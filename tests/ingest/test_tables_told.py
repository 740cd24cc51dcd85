"""Where tables, their headers and their holdings begin and end: what an acceptance tester's files showed."""

from __future__ import annotations

import pytest

from cmic_screen.ingest import read_holdings


@pytest.fixture
def read(tmp_path):
    """Reads a text as a file of that name."""

    def reader(text, name="held.csv"):
        path = tmp_path / name
        path.write_text(text, "utf-8")
        return read_holdings([path])

    return reader


@pytest.mark.parametrize(
    ("head", "above", "below"),
    [
        ("ISIN", "DE0007164600", "CNE1000002V2"),
        ("CUSIP", "037833100", "594918104"),
    ],
)
def test_a_row_with_another_identifier_of_the_same_scheme_is_a_holding(read, head, above, below):
    intake = read(f"Security Name,{head},Shares,Value\nSAP SE,{above},1359,222341.44\nTelecom A Corp,{below},,\n")
    assert intake.table["security_name"].tolist() == ["SAP SE", "Telecom A Corp"]
    assert intake.table[head.lower()].tolist() == [above, below]
