"""A long name in a list of names is a name; a sentence beneath it is none."""

import csv
from time import process_time

from cmic_screen.ingest import read_holdings

LONG = "CHINA SHIPBUILDING INDUSTRY GROUP MARINE DEFENSE AND INFORMATION CONFRONTATION TECHNOLOGY AND TRADE CO., LTD."
NOTE = "Values are delayed and shown for illustration only; nothing in this list is an offer to buy or to sell."


def test_length_alone_makes_no_disclaimer_of_a_name(tmp_path):
    path = tmp_path / "names.csv"
    path.write_text("Name\nNESTLE SA\n" + f'"{LONG}"\nNOVARTIS AG\n"{NOTE}"\n', "utf-8")
    intake = read_holdings([path])
    assert intake.table["security_name"].tolist() == ["NESTLE SA", LONG, "NOVARTIS AG"]
    assert [a.reason for a in intake.set_aside] == ["disclaimer"]


def test_a_cell_of_many_labelled_identifiers_is_read_in_linear_time(tmp_path):
    many = "\n".join(["ISIN US0378331005", "WKN 865985/A", "CUSIP 037833100"] * 30)  # tried for minutes, once
    path = tmp_path / "book.csv"
    path.write_text(f'Name,Note,ISIN\nNESTLE SA,"{many}",CH0038863350\n', "utf-8")
    start = process_time()
    assert read_holdings([path]).table["security_name"].tolist() == ["NESTLE SA"]
    assert process_time() - start < 5


def test_one_endless_cell_does_not_keep_the_others_waiting(tmp_path):
    """32,767 characters, as many as a sheet's cell holds, of the kinds that patterns once tried every way to part."""
    path = tmp_path / "book.csv"
    start = process_time()
    for part in ("1,", "- ", "/ ", "A ", "(", "a", "ISIN/", "\u00a0"):
        rows = [["Name", "Quantity"], [part * (32_767 // len(part)), "1"], ["NESTLE SA", "2"]]
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
        assert read_holdings([path]).table["security_name"].tolist()[-1] == "NESTLE SA"
    assert process_time() - start < 8
