"""The same file given twice is screened twice and counted once, and a person is told."""

from cmic_screen.ingest import read_holdings


def test_a_file_given_twice_is_flagged_the_second_time(tmp_path):
    first, again = tmp_path / "a.csv", tmp_path / "b.csv"
    for path in (first, again):
        path.write_text("Name,ISIN,Quantity,Market Value\nNESTLE SA,CH0038863350,5,10\n", "utf-8")
    intake = read_holdings([first, again])
    assert intake.table["flags"].tolist() == ["", "DUPLICATE_SHEET"]
    (issue,) = [i for i in intake.issues if i.code == "DUPLICATE_SHEET"]
    assert "a.csv" in issue.text
    assert read_holdings([first, first]).table["flags"].tolist() == ["", "DUPLICATE_SHEET"]
