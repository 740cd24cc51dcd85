"""What the program wrote itself is no holdings: `screen` puts its report beside the input, in a folder read next."""

from __future__ import annotations

import pytest
from openpyxl import Workbook
from openpyxl.packaging.custom import StringProperty

from cmic_screen.errors import InputError
from cmic_screen.history.sheet import RUN_ID
from cmic_screen.ingest import read_holdings
from cmic_screen.ingest.files import OWN_CSV
from cmic_screen.report import csvout

BOOK = b"Name,ISIN\nNESTLE SA,CH0038863350\n"


def outputs(folder):
    book = Workbook()
    book.active.append(["Security", "ISIN"])
    book.active.append(["CNOOC LTD", "HK0883013259"])
    book.custom_doc_props.append(StringProperty(name=RUN_ID, value="R-1"))
    book.save(folder / "report.xlsx")
    (folder / "report.rows.csv").write_bytes(OWN_CSV + b"\r\nissuer_name,isin\r\nCNOOC LTD,HK0883013259\r\n")


def test_reports_in_a_folder_are_named_and_not_screened(tmp_path):
    outputs(tmp_path)
    (tmp_path / "book.csv").write_bytes(BOOK)
    intake = read_holdings([tmp_path])
    assert intake.table["security_name"].tolist() == ["NESTLE SA"]
    assert not intake.problems
    told = {i.file: i.text for i in intake.issues if i.code == "OWN_OUTPUT"}
    assert set(told) == {"report.rows.csv", "report.xlsx"}
    assert "run R-1, not holdings" in told["report.xlsx"]
    assert [s.why_not for f in intake.inputs for s in f.sheets if not s.used] == ["an output of this program"] * 2


def test_a_report_given_by_name_and_a_folder_of_reports_are_refused(tmp_path):
    outputs(tmp_path)
    for given in (tmp_path / "report.xlsx", tmp_path / "report.rows.csv", tmp_path):
        with pytest.raises(InputError, match="not holdings"):
            read_holdings([given])


def test_the_marks_are_those_that_the_report_leaves():
    assert csvout.NOTE.encode("utf-8-sig").startswith(OWN_CSV)
