"""A few hundred mutated files through the fuzz driver: readings and clear refusals only, crashes contained. The driver
itself (tools/fuzz_readers.py) runs tens of thousands.
"""

import importlib.util
from pathlib import Path

import pytest
import zoo_files as zoo

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def driver():
    path = ROOT / "tools" / "fuzz_readers.py"
    if not path.is_file():
        pytest.skip("tools/ is not shipped with the source distribution")
    spec = importlib.util.spec_from_file_location("fuzz_readers", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def corpus():
    csv = "Société;Libellé;Quantité\nLVMH;Hermès;1\nVolvo;B;2\n"
    plain = '<row r="1" hidden="1"><c r="A1"><v>5</v></c><c r="B1"><f>A1</f></c></row>'
    return [
        ("fr.csv", csv.encode("cp1252")), ("u16.txt", csv.encode("utf-16")),
        ("gb.csv", "证券代码,名称\n1,海康\n".encode("gb18030")),
        ("raw.xlsx", zoo.raw_book(plain)), ("sheet.ods", zoo.ods([["Name", "Code"], [None, "007"]])),
        ("ml.xls", zoo.SPREADSHEETML.encode()), ("page.xls", zoo.HTML.encode()), ("13f.xml", zoo.INFO_TABLE.encode()),
        ("full.txt", zoo.SUBMISSION.encode()), ("nport.xml", zoo.NPORT.encode()),
        ("sent.zip", zoo.pack({"a.csv": "Name,Qty\nA,1\n", "b.xlsx": zoo.raw_book(plain)})),
    ]  # fmt: skip


def test_mutated_files_are_read_or_refused_in_words(driver):
    counts, bugs = driver.run(corpus(), cases=220, seed=5)
    assert not bugs, bugs[0]
    outcomes = {outcome for _, outcome in counts}
    assert sum(counts.values()) == 220
    assert {"read", "refused"} <= outcomes <= {"read", "refused", "crashed", "starved", "late"}


def test_the_driver_reports_what_is_neither_reading_nor_refusal(driver, monkeypatch):
    from cmic_screen.ingest import delimited

    def broken(*_, **__):
        raise KeyError("planted")

    monkeypatch.setattr(delimited, "read", broken)
    counts, bugs = driver.run([("a.csv", b"Name,Qty\nA,1\n")], cases=5, seed=1)
    assert counts["a.csv", "bug"] >= 1
    assert "planted" in bugs[0]
    assert "seed 1, case" in bugs[0]
