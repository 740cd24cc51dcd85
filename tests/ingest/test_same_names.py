"""Files of one name, from several folders or given twice, are told apart: a finding names its file."""

from cmic_screen.ingest import read_holdings

HEAD = "Account,Security Name,ISIN,Quantity\n"


def test_files_of_one_name_are_numbered_in_the_order_given(tmp_path):
    for folder, name in (("a", "APPLE INC,US0378331005"), ("b", "MICROSOFT CORP,US5949181045")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "book.csv").write_text(f"{HEAD}A1,{name},10\nTotal,,,10\n")
    given = [tmp_path / "a" / "book.csv", tmp_path / "b" / "book.csv", tmp_path / "a" / "book.csv"]
    intake = read_holdings(given)
    names = ["book.csv", "book (2).csv", "book (3).csv"]
    assert [f.file for f in intake.inputs] == names
    assert intake.table["file"].tolist() == names
    assert [a.source.file for a in intake.set_aside] == names
    (same,) = [i for i in intake.issues if i.code == "DUPLICATE_SHEET"]
    assert (same.file, "'book.csv'" in same.text) == ("book (3).csv", True)


def test_a_number_that_a_file_has_already_is_not_given_again(tmp_path):
    for name in ("book.csv", "book (2).csv"):
        (tmp_path / name).write_text(f"{HEAD}A1,APPLE INC,US0378331005,{len(name)}\n")
    intake = read_holdings([tmp_path / "book (2).csv", tmp_path / "book.csv", tmp_path / "book.csv"])
    assert [f.file for f in intake.inputs] == ["book (2).csv", "book.csv", "book (3).csv"]
