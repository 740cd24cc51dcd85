"""The door: every format told by its content, folders and archives opened, and each refusal in words."""

import gzip
import hashlib
import os

import pytest
import zoo_files as zoo

from cmic_screen.errors import InputError
from cmic_screen.ingest.files import open_bytes, open_raw

ROWS = [["Name", "Code"], ["Hikvision", "002415"]]
CSV = b"Name,Code\nHikvision,002415\n"


def fill(workbook):
    for row in ROWS:
        workbook.active.append(row)


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("book.csv", lambda: zoo.book(fill), "xlsx"),
        ("text.xlsx", lambda: CSV, "csv"),
        ("text.xls", lambda: CSV.replace(b",", b"\t"), "csv"),
        ("xml.xls", zoo.SPREADSHEETML.encode, "spreadsheetml"),
        ("xml16.xls", lambda: zoo.SPREADSHEETML.encode("utf-16"), "spreadsheetml"),
        ("page.xls", zoo.HTML.encode, "html"),
        ("sheet.bin", lambda: zoo.ods(ROWS), "ods"),
        ("table.txt", zoo.INFO_TABLE.encode, "13f"),
        ("full.nc", zoo.SUBMISSION.encode, "13f"),
        ("fund", zoo.NPORT.encode, "nport"),
        ("fund.gz", lambda: gzip.compress(zoo.NPORT.encode()), "nport"),
    ],
)
def test_content_decides_not_the_extension(name, data, kind):
    (raw,) = open_bytes(data(), name)
    assert raw.format == kind
    assert len(raw.grids[0].rows) >= 2


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (lambda: zoo.book(fill), True),
        (lambda: zoo.ods(ROWS), True),
        (zoo.INFO_TABLE.encode, True),
        (lambda: zoo.PARQUET, True),
        (lambda: CSV, False),
        (zoo.HTML.encode, False),
    ],
)
def test_an_encoding_that_was_asked_for_and_not_used_is_said(data, told):
    (raw,) = open_bytes(data(), "book", encoding="cp1252")
    assert ("ENCODING_UNUSED" in {issue.code for issue in raw.issues}) is told
    assert "ENCODING_UNUSED" not in {issue.code for issue in open_bytes(data(), "book")[0].issues}


def test_a_macro_workbook_is_read_as_data():
    parts = dict(zoo.parts_of(zoo.book(fill)))
    (raw,) = open_bytes(zoo.pack({**parts, "xl/vbaProject.bin": b"macro"}), "m.xlsm")
    assert (raw.format, raw.grids[0].rows) == ("xlsm", ROWS)


def test_parquet_has_its_names_as_first_row():
    (raw,) = open_bytes(zoo.PARQUET, "x.parquet")
    assert raw.format == "parquet"
    assert raw.grids[0].rows == [["Name", "Qty"], ["Hikvision", 5], [None, 6]]


def test_digest_and_size_are_of_the_bytes_as_they_lie(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(CSV)
    (raw,) = open_raw(path)
    assert (raw.file, raw.bytes, raw.sha256) == ("a.csv", len(CSV), hashlib.sha256(CSV).hexdigest())
    assert open_raw(path, name="sent.csv")[0].file == "sent.csv"


def test_a_folder_gives_its_files_in_order_without_what_systems_leave_behind(tmp_path):
    for name in ("b.csv", "a/c.csv", ".hidden", "~$b.xlsx", "Thumbs.db", "__MACOSX/b.csv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(CSV)
    found = open_raw(tmp_path)
    assert [raw.file for raw in found] == ["a/c.csv", "b.csv"]
    assert [(i.code, i.rows) for i in found[0].issues] == [("FILES_LEFT_OUT", 4)]


def test_a_zip_gives_its_files_and_a_name_in_it_is_only_a_label(tmp_path):
    inner = zoo.pack({"deep.csv": CSV})
    data = zoo.pack({"../../evil.csv": CSV, "b.csv": CSV, "__MACOSX/._b.csv": b"x", "in.zip": inner})
    found = open_bytes(data, "sent.zip")
    assert [raw.file for raw in found] == ["sent.zip/../../evil.csv", "sent.zip/b.csv", "sent.zip/in.zip/deep.csv"]
    assert not list(tmp_path.parent.parent.glob("evil.csv"))


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "the file is empty"),
        (b" \r\n\x00 ", "the file is empty"),
        (b"%PDF-1.7 ...", "this is a PDF"),
        (b"\x89PNG....", "this is a picture"),
        (b'[{"a": 1}]', "this is JSON"),
        (b"<?xml version='1.0'?><rss><channel/></rss>", r"of a kind that is not read here \(<rss>\)"),
        (zoo.compound("EncryptedPackage"), "protected with a password"),
        (zoo.compound("WordDocument"), "this is a Word document"),
        (zoo.compound("Workbook"), "damaged or cut off"),
        (zoo.compound("nothing"), "damaged or cut off"),
        (zoo.book(fill)[:-40], "damaged or cut off"),
        (zoo.pack({"[Content_Types].xml": "", "word/document.xml": ""}), "this is a Word document"),
        (zoo.pack({}), "holds no file"),
        (zoo.pack({"a.zip": zoo.pack({"b.zip": zoo.pack({"c.csv": CSV})})}), "archives stand in it more than 2 deep"),
        (gzip.compress(CSV, mtime=0)[:-9], "ends too early"),
        (b"PAR1 but no more", "damaged or cut off"),
        (b"<html><body>Please log in</body></html>", "the page holds no table"),
        (b"MIME-Version: 1.0\nContent-Type: text/plain\n\nx", "the web archive holds no page"),
        (b"<informationTable/>", "holds no table of holdings"),
        (b"<!DOCTYPE x [<!ENTITY a 'b'>]><informationTable>&a;</informationTable>", "declares a document type"),
        (b"<informationTable><infoTable></informationTable>", "damaged or cut off"),
        (b"Name,Code\n\x00\x01\x02\x03 binary", "named like a workbook and is none"),
    ],
)
def test_each_refusal_says_what_where_why_and_what_to_do(data, says):
    with pytest.raises(InputError, match=says) as caught:
        open_bytes(data, "given.xlsx")
    error = caught.value
    assert error.where.startswith("given.xlsx")
    assert "screened" in error.why
    assert error.do
    assert int(error.exit_code) == 20


def test_what_is_not_there_is_said(tmp_path):
    with pytest.raises(InputError, match=r"there is no such file") as caught:
        open_raw(tmp_path / "gone.csv")
    assert "gone.csv" in caught.value.where
    with pytest.raises(InputError, match="the folder holds no file"):
        open_raw(tmp_path)


def test_a_pipe_is_not_read(tmp_path):
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    with pytest.raises(InputError, match="a device or a pipe"):
        open_raw(pipe)


def test_a_web_archive_holds_a_page():
    archive = (
        "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n"
        f"Content-Transfer-Encoding: 8bit\r\n\r\n{zoo.HTML}\r\n--b--\r\n"
    )
    (raw,) = open_bytes(archive.encode(), "saved.mht")
    assert raw.format == "html"
    assert ["Hikvision Digital", "002415", "SZ"] in raw.grids[0].rows


def test_every_shared_file_opens(shared):
    for path in sorted([*(shared / "holdings").iterdir(), *(shared / "filings").iterdir()]):
        for raw in open_raw(path):
            assert any(grid.rows for grid in raw.grids), path.name


@pytest.mark.parametrize(
    ("name", "advice"),
    [("book.xlsx", "export it again"), ("BOOK.XLS", "export it again"), ("book.csv", "--encoding")],
)
def test_bytes_that_are_neither_workbook_nor_text_are_told_by_their_name(name, advice):
    with pytest.raises(InputError) as told:
        open_bytes(bytes(range(256)) * 8, name)
    assert advice in str(told.value)
    assert ("--encoding" in str(told.value)) is (advice == "--encoding")
