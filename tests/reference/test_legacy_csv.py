"""The legacy csv set: quirks read, faults refused with file, record and field."""

from __future__ import annotations

import shutil
from datetime import date

import pytest

from cmic_screen.errors import ListError
from cmic_screen.model import NameKind
from cmic_screen.reference import build_snapshot
from cmic_screen.reference.legacy_csv import sister_name

NULL = "-0- "


@pytest.fixture
def one(legacy, prim, dates, tmp_path):
    """Build a set of one company from a remark."""

    def build(remark: str | None = None, **more):
        remark = dates + "." if remark is None else remark
        return build_snapshot(legacy(tmp_path / "set", [prim("40001", "EXAMPLE CO., LTD.", remark)], **more))

    return build


def test_every_kind_of_remark_is_understood(one, dates):
    remark = (
        "Equity Ticker 600862  CN; alt. Equity Ticker 0728 HK; Issuer Name Example (Group), Co. Ltd; "
        f"ISIN US1694261033; alt. ISIN US1694261034; Target Type Public Company; {dates}; "
        "Unified Social Credit Code (USCC) 914403007954257495 (China); Company Number 0685974 (Hong Kong); "
        "Legal Entity Number 549300XIVJCBIGMRUD48; a.k.a. 'EXCO'; Linked To: PARENT CO., LTD."
    )
    where = f'40001,1,"1 Street","Road Town","Virgin Islands, British",{NULL}'
    entity = one(remark, alt=[f'40001,1,"fka","OLD NAME",{NULL}'], add=[where]).entities[0]
    assert {(n.text, n.kind) for n in entity.names} == {
        ("EXAMPLE CO., LTD.", NameKind.PRIMARY),
        ("OLD NAME", NameKind.FKA),
        ("EXCO", NameKind.WEAK),
        ("Example (Group), Co. Ltd", NameKind.ISSUER),
    }
    assert [(t.code, t.country) for t in entity.tickers] == [("600862", "CN"), ("0728", "HK")]
    assert {i.value for i in entity.identifiers} == {
        "US1694261033", "914403007954257495", "0685974", "549300XIVJCBIGMRUD48",
    }  # fmt: skip
    assert [r.fault for r in entity.rejected] == ["check digit of the ISIN is wrong"]
    assert entity.linked_to == ("PARENT CO., LTD",)  # nobody in this file is called LTD. with a stop
    assert (entity.listed, entity.target_type) == (date(2021, 12, 16), "Public Company")
    assert entity.countries == ("VG",)


def test_the_last_stop_belongs_to_a_linked_company_that_is_written_with_it(legacy, prim, dates, tmp_path):
    first = prim("40001", "PARENT CO., LTD.", f"{dates}.")
    second = prim("40002", "CHILD LIMITED", f"{dates}; Linked To: PARENT CO., LTD.")
    assert build_snapshot(legacy(tmp_path, [first, second])).entities[1].linked_to == ("PARENT CO., LTD.",)


def test_a_remark_cut_at_1000_characters_goes_on_in_comments_without_a_separator(one, dates):
    isins = "; ".join(["alt. ISIN US1694261033"] * 37)
    whole = f"Issuer Name E; {isins}; {dates}; Unified Social Credit Code (USCC) 914403007954257495 (China)."
    cut = whole[:1000]
    assert len(whole) > 1000
    assert not cut.endswith(".")
    read = one(cut, comments=[f'40001,"{whole[1000:]}"']).entities[0]
    assert "914403007954257495" in {i.value for i in read.identifiers}


def test_entity_30930_is_whole(built):
    entity = built["LEGACY_CSV"].entity("30930")
    assert "91110000710934369E" in {i.value for i in entity.identifiers}
    assert ("CCCC", NameKind.WEAK) in {(n.text, n.kind) for n in entity.names}


def test_a_cut_remark_without_its_rest_is_refused(one, dates):
    remark = f"{dates}; Issuer Name {'E' * 1000}"[:1000]
    with pytest.raises(ListError, match=r"record 40001, field remarks: cut at 1000 characters"):
        one(remark)


@pytest.mark.parametrize(
    ("remark", "says"),
    [
        ("Bond Ticker 5; {dates}.", "not understood: 'Bond Ticker 5'"),
        ("Equity Ticker ; {dates}.", "not understood: 'Equity Ticker '"),
        ("Equity Ticker SUGON; {dates}.", "field Equity Ticker: 'SUGON'"),
        ("Effective Date (CMIC) 14 Feb 2022.", r"field Listing Date \(CMIC\): missing"),
        ("{dates}; Listing Date (CMIC) 17 Dec 2021.", r"field Listing Date \(CMIC\): two dates"),
    ],
)
def test_a_remark_not_understood_stops_the_build(remark, says, one, dates):
    with pytest.raises(ListError, match=says) as caught:
        one(remark.format(dates=dates))
    assert "record 40001" in caught.value.message


def test_a_set_without_its_end_mark_was_cut(one):
    with pytest.raises(ListError, match=r"CONS_PRIM.CSV: the end mark \(0x1A\) is missing"):
        one(end="")


@pytest.mark.parametrize("role", ["PRIM", "ALT", "ADD", "COMMENTS"])
def test_all_four_files_are_needed(role, shared, tmp_path):
    for name in ("prim", "alt", "add", "comments"):
        shutil.copy(shared / "ofac" / f"cons_{name}_2025-12.csv", tmp_path)
    (tmp_path / f"cons_{role.lower()}_2025-12.csv").unlink()
    other = tmp_path / ("cons_alt_2025-12.csv" if role == "PRIM" else "cons_prim_2025-12.csv")
    with pytest.raises(ListError, match=f"CONS_{role}.CSV is missing"):
        build_snapshot(other)


def test_files_of_different_days_are_refused(one):
    with pytest.raises(ListError, match=r"CONS_ALT.CSV, record 7: .*of different days"):
        one(alt=[f'7,1,"aka","SOMEBODY",{NULL}'])


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"alt": ['40001,1,"spouse","X",-0- ']}, "field alt_type"),
        ({"add": ['40001,1,"1 Street","Xi","Atlantis",-0- ']}, "unknown country 'Atlantis'"),
        ({"alt": ['40001,1,"aka","X"']}, "4 cells"),
        ({"alt": ['"aka","X",40001,1,-0- ']}, "not as OFAC publishes it"),
        ({"alt": ['40001,1,"aka","Ä",-0- ']}, "not plain ASCII"),
        ({"alt": ['40001,1,"aka","X" y,-0- ']}, "broken csv"),
    ],
)
def test_faults_in_the_sisters_are_refused(more, says, one):
    with pytest.raises(ListError, match=says):
        one(**more)


def test_programme_and_remarks_must_agree(legacy, prim, dates, tmp_path):
    with pytest.raises(ListError, match=r"record 40001, field program: half on the NS-CMIC List"):
        build_snapshot(legacy(tmp_path, [prim("40001", "X", f"{dates}.", programme="SDGT] [NS-PLC")]))


@pytest.mark.parametrize("given", ["cons_prim_2025-12.csv", "cons_comments_2025-12.csv", "."])
def test_any_file_of_the_set_or_its_folder_will_do(given, shared):
    snapshot = build_snapshot(shared / "ofac" / given)
    assert len(snapshot.entities) == 68
    assert snapshot.published == date(2025, 12, 1)
    assert any("earliest the file's name allows" in note for note in snapshot.notes)


def test_the_official_spelling_is_found_too(shared, tmp_path):
    for role in ("prim", "alt", "add", "comments"):
        shutil.copy(shared / "ofac" / f"cons_{role}_2025-12.csv", tmp_path / f"CONS_{role.upper()}.CSV")
    snapshot = build_snapshot(tmp_path)
    assert snapshot.published == date(2021, 12, 16)  # nothing says more: the newest listing stands in
    assert any("publication date unknown" in note for note in snapshot.notes)
    assert build_snapshot(tmp_path, published=date(2025, 12, 4)).published == date(2025, 12, 4)


def test_two_records_of_one_number_are_refused(legacy, prim, dates, tmp_path):
    row = prim("40001", "X", f"{dates}.")
    with pytest.raises(ListError, match="two records with one number"):
        build_snapshot(legacy(tmp_path, [row, row]))


def test_two_sets_in_one_folder_are_ambiguous(legacy, prim, dates, tmp_path):
    row = prim("40001", "X", f"{dates}.")
    legacy(tmp_path, [row])
    legacy(tmp_path, [row], name="CONS_{}_2.CSV")
    with pytest.raises(ListError, match="several sets"):
        build_snapshot(tmp_path)


@pytest.mark.parametrize("given", ["", "CONS_PRIM.CSV", "CONS_ALT.CSV"])
def test_the_mangled_set_is_refused_and_told_what_is_wrong(given, shared):
    with pytest.raises(ListError) as caught:
        build_snapshot(shared / "ofac" / "mangled" / given)
    for part in ("re-exported", "header (entity_num, name", "11 columns where OFAC has 12", "number that ties names"):
        assert part in caught.value.message


@pytest.mark.parametrize(
    ("name", "role", "sister"),
    [("cons_prim_2025-12.csv", "ALT", "cons_alt_2025-12.csv"), ("CONS_ALT.CSV", "COMMENTS", "CONS_COMMENTS.CSV")],
)
def test_sisters_are_named_alike(name, role, sister):
    assert sister_name(name, role) == sister
