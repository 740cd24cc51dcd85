"""A long name in a list of names is a name; a sentence beneath it is none."""

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
