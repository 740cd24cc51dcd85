"""Every file of the shared holdings, against the labels people gave its rows: the right row, the right name or code."""

from __future__ import annotations

import csv
import re

import pytest

from cmic_screen.ingest import read_holdings

KEPT = ("security_name", "issuer", "isin", "cusip", "sedol", "ticker", "other_id")
POSITIONS = {
    "ark_arkk_2024-06.csv": 36,
    "csindex_000016cons_2026-02.xls": 50,
    "csindex_000300cons_2026-02.xls": 300,
    "degiro_portfolio_fr.csv": 22,
    "etf_visualizer_names_only.txt": 1373,
    "fidelity_statement_2025-12.csv": 3,
    "german_example_portfolio.xlsx": 4,
    "ishares_acwi_us_2022-03.csv": 2335,
    "ishares_eem_us_2022-06_resaved.csv": 1237,
    "ishares_emimi_2020.csv": 2486,
    "nbim_eq_2025-06_industry.csv": 8374,
    "rabobank_transactions_nl.csv": 8,
    "saxo_transactions.csv": 14,
    "schwab_transactions.csv": 119,
    "spdr_spy.xlsx": 505,
    "swissquote_transactions.csv": 13,
}


def labels(shared):
    with (shared / "holdings/truth.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def plain(text):
    return re.sub(r"\s+", " ", text).strip()


@pytest.mark.parametrize(("file", "positions"), POSITIONS.items())
def test_every_file_is_read_whole_and_its_labelled_rows_say_what_they_hold(shared, file, positions):
    intake = read_holdings([shared / "holdings" / file])
    assert len(intake.table) == positions
    assert not intake.problems
    labelled = [label for label in labels(shared) if label["file"] == file]
    shown = intake.table[intake.table["row"].isin([int(label["row_no"]) for label in labelled])]
    at = {row["row"]: row for row in shown.to_dict("records")}
    for label in labelled:
        row = at[int(label["row_no"])]
        said = {plain(str(row[k])) for k in KEPT} | {plain(c) for c in row["cells"].split(" | ")}
        wanted = [plain(p) for p in label["row_locator"].split("|") if plain(p)]
        assert set(wanted) <= said, f"{file} row {label['row_no']}"
        names = {plain(str(row[k])) for k in KEPT} - {""}
        assert names & set(wanted), f"{file} row {label['row_no']}: {names}"


def test_filings_are_tables_of_positions(shared):
    for name, count in (("13f_information_table.xml", 169), ("nport_sample_4.xml.gz", 3254)):
        intake = read_holdings([shared / "filings" / name])
        assert len(intake.table) == count
        assert (intake.table["issuer"] != "").all()
    assert read_holdings([shared / "filings/13f_information_table.xml"]).only_13f
