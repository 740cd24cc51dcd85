"""A header that was sorted into its rows, or stands beneath them, still heads those above it."""

from __future__ import annotations

import pytest

from cmic_screen.ingest import read_holdings

HEAD = "Name;Quantity;Market Value;Depot;Domicile"
ROWS = ("Apple Inc;1689;12,5;A-1;US", "CNOOC;881;39249,23;A-1;CN", "Nestle SA;5;;A-1;CH")


@pytest.mark.parametrize("at", range(4))
@pytest.mark.parametrize("blank", [(), ("",)])
def test_rows_above_the_header_are_positions(at, blank, tmp_path):
    path = tmp_path / "book.csv"
    lines = [*ROWS[:at], *(blank if at else ()), HEAD, *ROWS[at:]]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    intake = read_holdings([path])
    assert intake.table["security_name"].tolist() == ["Apple Inc", "CNOOC", "Nestle SA"]
    assert intake.table["quantity"].tolist() == ["1689", "881", "5"]
    assert intake.set_aside == ()


@pytest.mark.parametrize(
    "above",
    [
        "Portfolio report",
        "Client: Miller;12345",
        "As of;2026-11-20;USD",
        "Total;2575;39261,73",
        "Depot;77-1;A-1;;2026",
        "Equities;3;2000,5",
    ],
)
def test_a_preamble_stays_one(above, tmp_path):
    path = tmp_path / "book.csv"
    path.write_text("\n".join((above, HEAD, *ROWS)) + "\n", "utf-8")
    intake = read_holdings([path])
    assert len(intake.table) == len(ROWS)
    assert [a.reason for a in intake.set_aside] == ["preamble"]


@pytest.mark.parametrize("row", ROWS[:2])
def test_one_row_above_a_disclaimer_is_no_letter(row, tmp_path):
    path = tmp_path / "book.csv"
    path.write_text(f"{row}\n\nDisclaimer: past performance is no guide to the future.\n", "utf-8")
    assert read_holdings([path]).table["security_name"].tolist() == [row.split(";")[0]]
