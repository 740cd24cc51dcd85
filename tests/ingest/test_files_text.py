"""Text: the encoding ladder, delimiters, quotes, aligned columns, and row numbers as csv counts them."""

import contextlib
import csv
import io
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cmic_screen.errors import InputError
from cmic_screen.ingest import delimited, encodings, grid, limits, plain, read_holdings, scripts
from cmic_screen.ingest.delimited import read, sniff
from cmic_screen.ingest.files import open_bytes
from cmic_screen.reference import embedded_snapshot

CHINESE = "证券代码,证券名称,数量,市值\n600050,中国联通,100,2000\n002415,海康威视数字技术股份有限公司,1,2\n"
TAIWAN = "證券代號,證券名稱,數量,市值\n00941,中國移動,100,2000\n00762,中國聯通,1,2\n"
JAPANESE = "銘柄コード,銘柄名,保有数量,評価額\n7203,トヨタ自動車,100,2000\n"
KOREAN = "종목코드,종목명,수량,평가금액\n005930,삼성전자,100,2000\n"
FRENCH = "Société;Libellé;Quantité;Coût\nLVMH Moët;Hermès;1;2\nL’Oréal;€;3;4\n"
GERMAN = "Name;Stück\nMünchener Rück;3\nSüdzucker;4\n"
POLISH = "Spółka;Ilość;Wartość\nŻabka;3;4\nŁódź;4;5\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (CHINESE, "utf-8"), (CHINESE, "utf-8-sig"), (CHINESE, "gb18030"), (TAIWAN, "big5hkscs"), (JAPANESE, "cp932"),
        (KOREAN, "euc_kr"), (FRENCH, "cp1252"), (GERMAN, "cp1252"), (POLISH, "cp1250"), (FRENCH, "mac_roman"),
        ("中国移动\n中国联通\n海康威视\n", "gb18030"), ("中國移動\n中國聯通\n中芯國際集成電路\n", "big5hkscs"),
        ("삼성전자\n현대자동차\n", "euc_kr"), ("ﾄﾖﾀ,100\nソニー,200\n", "cp932"), ("Name;Value\nNestlé;4\n", "cp1252"),
        (CHINESE, "utf-16-le"), (CHINESE, "utf-16-be"), ("Name\tISIN\nVolvo\tSE0000115446\n", "utf-16-le"),
    ],
)  # fmt: skip
def test_the_ladder_tells_the_usual_encodings(text, encoding):
    assert encodings.decode(text.encode(encoding), "x") == (text, encoding)


@pytest.mark.parametrize("encoding", ["gb18030", "big5hkscs"])
def test_a_short_file_of_listed_names_is_read_as_chinese(encoding):
    assert len(scripts.NAMES) > 300
    lost = []
    for name in sorted(set(scripts.NAMES)):
        for text in (f"{name}\n", f"Name,Quantity,Market Value\n{name},100,2000.00\nAPPLE INC,1,100\n"):
            with contextlib.suppress(UnicodeEncodeError):  # few simplified characters are in Big5
                data = text.encode(encoding)
                if encodings.decode(data, "x")[0] != text:
                    lost.append(name)
    assert lost == []


@pytest.mark.parametrize(
    ("names", "encoding"),
    [
        ("포스코 신한지주 카카오 한미약품 현대자동차 삼성물산 셀트리온 고려아연 젠큐릭스 농심", "euc_kr"),
        ("日立製作所 任天堂 三菱商事 武田薬品工業 住友商事 島津製作所 双日 丸紅 京セラ ソニー 鹿島建設", "cp932"),
        ("台積電 國泰金控 騰訊控股 匯豐控股 領展房產基金 農夫山泉 商湯 航發動力", "big5hkscs"),
        ("贵州茅台 招商银行 宁德时代 比亚迪 片仔癀 潍柴动力 汇川技术 泸州老窖", "gb18030"),
        ("Nestlé Münchener Ørsted Telefónica Åland Südzucker Bâloise Peñoles São Société", "cp1252"),
    ],
)
def test_a_single_name_tells_its_encoding(names, encoding):
    read = [encodings.decode(f"Name,Quantity\n{n},100\n".encode(encoding), "x")[0].split()[1] for n in names.split()]
    assert read == [f"{n},100" for n in names.split()]


def test_two_readings_too_close_to_tell_are_a_question():
    data = "포스코".encode("euc_kr")
    assert encodings.rival(data, "euc_kr") == "gb18030"
    (told,) = open_bytes(b"Name,Quantity\n" + data + b",1\n", "a.csv")[0].issues
    assert "as well as gb18030" in told.text
    assert "--encoding" in told.effect
    assert encodings.rival(CHINESE.encode("gb18030"), "gb18030") == ""


def test_the_names_told_by_are_those_of_the_embedded_list():
    runs = [
        r for e in embedded_snapshot().entities for n in e.names for r in re.findall(r"[\u3400-\u9fff]{2,}", n.text)
    ]
    assert sorted(set(runs) - set(scripts.NAMES)) == []


def test_utf_16_with_a_mark_is_read_by_it():
    assert encodings.decode(CHINESE.encode("utf-16"), "x")[0] == CHINESE
    assert encodings.decode(b"\xfe\xff" + CHINESE.encode("utf-16-be"), "x") == (CHINESE, "utf-16-be")


def test_an_encoding_asked_for_overrides_and_is_not_announced_as_told():
    assert open_bytes(GERMAN.encode("cp1252"), "a.csv")[0].issues[0].code == "ENCODING_TOLD"
    raw = open_bytes(GERMAN.encode("cp1252"), "a.csv", encoding="windows-1252")[0]
    assert (raw.encoding, raw.issues) == ("cp1252", ())


@pytest.mark.parametrize(
    ("data", "encoding", "says"),
    [
        (b"Name\nA\n", "klingon", "no encoding named 'klingon'"),
        (b"Name\nA\n", "hex", "no encoding named 'hex'"),
        (b"Name\nA\n", "utf-32", "not text in utf-32"),
        ("Name\nNestlé\n".encode("cp1252"), "utf-8", "byte 11 is not text in utf-8"),
        ("Société\nNestlé\n".encode()[:-2], None, "cut off"),
    ],
)
def test_bytes_that_do_not_fit_are_refused_never_replaced(data, encoding, says):
    with pytest.raises(InputError, match=says):
        encodings.decode(data, "x", encoding=encoding)


@pytest.mark.parametrize(
    ("text", "delimiter", "width"),
    [
        ("a,b,c\n1,2,3\n", ",", 3),
        ("a;b;c\n1,5;2,5;3\n4,5;5,5;6\n", ";", 3),
        ("Name;Weight\nFoo;1,23\nBar;4,56\n", ";", 2),
        ("a\tb\tc\n1,000\t2,000\t3\n", "\t", 3),
        ("a|b|c\nx, y|2|3\n", "|", 3),
        ('a,b\n"x;y;z","p;q;r"\n"1;2;3","4;5;6"\n', ",", 2),
        ("Report of Monday\n\nName;Qty;Value;Currency\nA;1;2;EUR\nB;1;2;EUR\n", ";", 4),
        ("sep=;\nA,B;C\n1,2;3\n", ";", 2),
        ("Acer, Inc.\nApple, Inc.\nSony Corp\n", "", 1),
        ("Hikvision\nChina Mobile\n", "", 1),
    ],
)
def test_the_delimiter_is_the_one_most_records_agree_on(text, delimiter, width):
    assert sniff(text) == delimiter
    assert max(len(row) for row in read(text, "x", name="n").grid.rows) == width


def test_row_numbers_are_record_numbers():
    text = 'a,b\n"two\nlines",1\n\nc,2\n'
    grid = read(text, "x", name="n").grid
    assert grid.rows == list(csv.reader(io.StringIO(text)))
    assert grid.rows[3] == ["c", "2"]


@given(
    st.lists(
        st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r\n\0"), max_size=6), min_size=2),
        min_size=3, max_size=8,
    )
)  # fmt: skip
def test_whatever_csv_writes_comes_back_cell_for_cell(rows):
    width = max(map(len, rows))
    square = [[*row, *[""] * (width - len(row))] for row in rows]
    out = io.StringIO()
    csv.writer(out, delimiter="|", lineterminator="\n").writerows([["H"] * width, *square])
    assert read("sep=|\n" + out.getvalue(), "x", name="n").grid.rows[2:] == square


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_a_quote_that_never_closes_swallows_no_row(newline):
    lines = ["Name,Code,Value", '"Unclosed,1,2', *[f"Company {i},{i},3" for i in range(6)], '"Closed, Inc",7,8']
    (raw,) = open_bytes(newline.join(lines).encode(), "a.csv")
    assert len(raw.grids[0].rows) == len(lines)
    assert raw.grids[0].rows[1] == ['"Unclosed', "1", "2"]
    assert raw.grids[0].rows[-1] == ["Closed, Inc", "7", "8"]
    assert [i.code for i in raw.issues] == ["QUOTE_NOT_CLOSED"]


def test_a_cell_over_several_lines_stays_one_cell():
    text = 'Name,Address,Value\nA,"1 Main St,\nNew York, NY",3\nB,x,4\nC,y,5\n'
    assert read(text, "x", name="n").grid.rows[1] == ["A", "1 Main St,\nNew York, NY", "3"]


def test_text_in_columns_is_cut_where_all_lines_are_blank():
    text = (
        "            STATEMENT OF HOLDINGS AS OF 30 OCTOBER 2026\n\n"
        "Security                 ISIN            Quantity      Value\n"
        "-----------------------  ------------  ----------  ---------\n"
        "Hikvision                CNE100000PM8          10   1,000.00\n"
        "China Mobile Ltd         HK0941009539         200     300.00\n"
        "Nestle                                          1       5.00\n"
        "Volvo B                  SE0000115446           3       7.00\n"
    )
    (raw,) = open_bytes(text.encode(), "report.txt")
    rows = raw.grids[0].rows
    assert raw.delimiter == "aligned"
    assert rows[0] == ["STATEMENT OF HOLDINGS AS OF 30 OCTOBER 2026"]
    assert rows[2] == ["Security", "ISIN", "Quantity", "Value"]
    assert rows[6] == ["Nestle", "", "1", "5.00"]
    assert [i.code for i in raw.issues] == ["ALIGNED_COLUMNS"]


def test_text_past_a_limit_is_refused_before_it_is_parsed(monkeypatch):
    monkeypatch.setattr(limits, "ROWS", 10)
    with pytest.raises(InputError, match="it has 11 lines; the limit is 10"):
        open_bytes(b"a,b\n" * 11, "a.csv")
    monkeypatch.setattr(limits, "CELLS", 15)
    with pytest.raises(InputError, match="about 16 cells"):
        open_bytes(b"a,b\n" * 8, "a.csv")
    monkeypatch.setattr(limits, "FILE_BYTES", 20)
    with pytest.raises(InputError, match="the file has 32 bytes"):
        open_bytes(b"a,b\n" * 8, "a.csv")
    with pytest.raises(InputError, match=r"line 2 has 200,000 characters"):
        read('a,b\n"' + "x" * 199_999, "x", name="n")


CELL_TEXTS = st.sampled_from(["", "a", "b", "941", '="002415"', "two\nlines", 'say "x"', "é"])


@given(st.lists(st.lists(CELL_TEXTS, max_size=4), max_size=12), st.sampled_from(["\n", "\r\n", "\r"]))
@settings(max_examples=2 * settings.default.max_examples)
def test_a_large_text_held_by_columns_has_the_same_rows(rows, newline):
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator=newline).writerows(rows)
    usual = read(out.getvalue(), "x", name="n").grid.rows
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(delimited, "COLUMNS_FROM", 1)
        patch.setattr(delimited, "_BLOCK", 5)
        patch.setattr(grid, "_BATCH", 3)
        patch.setattr(grid, "_ONCE", 1)
        by_columns = read(out.getvalue(), "x", name="n").grid.rows
    assert list(by_columns) == usual
    assert by_columns == usual
    assert [by_columns[i] for i in range(len(usual))] == usual
    assert by_columns[1:3] == usual[1:3]


BY_RULE = ["", "a", " b ", "é", "NA", "1.50", "x" * 9, "\x1c", "\u2028", '""', '"a,b"', '"say ""x"""', '" c "']
NOT_BY_RULE = ['"', '"""', '"two\nlines"', '"a" ', ' "a"', 'a"b"', "\r", '"\r"', "\0", "\ufeff"]
LASTS = ["", "a,b,c\n", "a,b,c\r", 'a,b,"c"']
RAGGED = [",", "a,b", "a,b,c,d", "\n", 'a,b,"c', 'a,b,"c,d"']


def cut_by_pandas(rows, newline, last):
    text = newline.join(",".join(row) for row in rows) + newline + last
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plain, "_BLOCK", 5)
        patch.setattr(plain, "_ROWS", 4)
        return plain.read(text, ","), list(csv.reader(io.StringIO(text, newline="")))


def rows_of(texts):
    return st.lists(st.lists(st.sampled_from(texts), min_size=3, max_size=3), min_size=1, max_size=30)


@given(rows_of(BY_RULE), st.sampled_from(["\n", "\r\n"]), st.sampled_from(LASTS))
def test_pandas_cuts_what_is_written_by_the_rule(rows, newline, last):
    cut, usual = cut_by_pandas(rows, newline, last)
    assert cut == usual


@given(rows_of(BY_RULE + NOT_BY_RULE), st.sampled_from(["\n", "\r\n"]), st.sampled_from(LASTS + RAGGED))
@settings(max_examples=2 * settings.default.max_examples)
def test_what_pandas_cuts_is_what_the_csv_module_cuts(rows, newline, last):
    cut, usual = cut_by_pandas(rows, newline, last)
    assert cut is None or cut == usual


ABOVE = st.lists(
    st.sampled_from(["", "Holdings", "a,b", 'x,"b,c"', '"a""b"', "a,b,c,d,e", '"open', 'a"b"', "a\rb"]), max_size=4
)


@given(ABOVE, rows_of(BY_RULE), ABOVE, st.sampled_from(["\n", "\r\n"]), st.booleans())
@settings(max_examples=2 * settings.default.max_examples)
def test_lines_above_and_below_a_table_are_cut_as_the_csv_module_cuts_them(above, rows, below, newline, ended):
    table = [",".join(row) for row in rows * 3]
    cut, usual = cut_by_pandas([[line] for line in (*above, *table, *below)], newline, "")
    assert cut is None or cut == usual
    stated = all(any(cell.strip('"') for cell in row) for row in rows)  # blank rows are no table
    if len(rows) > 1 and stated and ended and not {'"open', "a\rb"} & {*above, *below}:
        # A table is told by the width of most lines in the second half: few lines may stand below a short one.
        assert cut is not None or len(above) + 3 * len(below) >= len(table)


def test_a_line_that_may_hold_a_cell_past_csvs_limit_is_left_to_csv():
    assert plain.read("a,b\n" * 3 + "x" * limits.CELL_CHARACTERS + ",1\n", ",") is None
    assert plain.read("a,b\n" * 3 + "x" * 1000 + ",1\n", ",").size == 4
    assert plain.read("a\nb\n", ",") is None


def test_the_same_text_in_a_column_is_held_once():
    held = grid.in_columns(iter([["ab" + "c" * n, "x" * 3] for n in (1, 1, 2)]))
    assert held.columns[0][0] is held.columns[0][1]
    with pytest.raises(IndexError):
        held[3]


ALPHABETS = [
    ("cp1255", "שם נייר,כמות\nבנק לאומי,5\n"), ("cp1256", "اسم السهم,الكمية\nبنك الكويت,5\n"),
    ("cp1253", "Ονομασία;Ποσότητα\nΕθνική Τράπεζα;5\n"), ("cp1251", "Имя;Кол-во\nГазпром;5\nСбербанк;7\n"),
    ("cp1254", "Sembol;Değer\nŞİŞE;5\nTÜRK HAVA YOLLARI;9\n"), ("cp850", "für;Stück\nMünchener Rück;5\n"),
    ("cp850", "NAME;STÜCK\nMÜNCHENER RÜCK;5\n"), ("cp1252", "Nom;Quantité\nCrédit Agricole;5\n"),
    ("cp1252", "Bezeichnung;Stück\nMünchener Rück;5\nL'Oréal;1\n"), ("cp1250", "Název;Počet\nČEZ;5\nŽABKA;1\n"),
    ("cp932", "ｺｰﾄﾞ,ﾒｲｶﾞﾗ,ｽｳﾘｮｳ\n7203,ﾄﾖﾀ,100\n"), ("gb18030", "证券代码,名称\n600941,中国移动\n"),
]  # fmt: skip


@pytest.mark.parametrize(("encoding", "text"), ALPHABETS)
def test_short_texts_of_many_alphabets(encoding, text):
    assert encodings.decode(text.encode(encoding), "x") == (text, encoding)


def test_a_line_end_that_a_workbook_escaped_is_no_part_of_a_name(tmp_path):
    """Scripts that read a workbook's XML leave `_x000D_` in what they export; other letters in that form are text."""
    path = tmp_path / "a.csv"
    path.write_text("Name,Quantity\nCLOUDWALK TECHNOLOGY_x000D_,100\nFrench_x000a_Bank SA,5\nA_x0041_B plc,7\n")
    names = read_holdings([path]).table["security_name"].tolist()
    assert names == ["CLOUDWALK TECHNOLOGY", "French Bank SA", "A_x0041_B plc"]


@pytest.mark.parametrize("asked", ["utf-16", "utf-16-be", "cp500"])
def test_an_encoding_that_leaves_no_line_end_is_not_the_files(asked):
    """Asked for, it was believed: a book of lines became one odd name, and clear."""
    plain = b"Security,ISIN\nChina Mobile Ltd,HK0941009539\nCNOOC,HK0883013259\n"
    with pytest.raises(InputError, match=f"read as {asked} it is one line without end"):
        encodings.decode(plain if len(plain) % 2 == 0 else plain + b" ", "x", encoding=asked)
    assert encodings.decode(b"one line\n", "x", encoding="cp500")  # nothing to tell by


def test_a_text_in_the_encoding_asked_for_is_read():
    text = "Security,ISIN\nChina Mobile Ltd,HK0941009539\n"
    for asked in ("utf-16", "utf-16-le", "cp500", "gb18030"):
        assert encodings.decode(text.encode(asked), "x", encoding=asked)[0] == text
