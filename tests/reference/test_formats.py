"""All formats tell the same 68 companies; what a format does not carry is named; what is no list is refused."""

from __future__ import annotations

import gzip
import zipfile
from datetime import date

import pytest

from cmic_screen.errors import ListError
from cmic_screen.model import NameKind
from cmic_screen.reference import build_snapshot
from cmic_screen.reference.compare import LACKS, diff
from cmic_screen.reference.csl import HEADER


@pytest.mark.parametrize("other", ["LEGACY_CSV", "TRADEGOV_CSL"])
def test_formats_agree_on_all_68_entities_field_by_field(other, built):
    found = diff(built[other], built["ENHANCED_XML"])
    assert len(built[other].entities) == 68
    assert found.touched == frozenset()
    assert set(found.not_compared) == LACKS[other]


def test_what_the_csv_set_does_not_carry(built):
    """Without the list of gaps the two would differ, in exactly these fields of exactly so many entities."""
    fields: dict[str, int] = {}
    for old, new in zip(built["LEGACY_CSV"].entities, built["ENHANCED_XML"].entities, strict=True):
        for name in ("names", "identifiers", "rejected", "tickers", "listed", "effective", "divestment_ends",
                     "target_type", "linked_to", "programmes", "legal_authority", "countries", "basis"):  # fmt: skip
            if getattr(old, name) != getattr(new, name):
                fields[name] = fields.get(name, 0) + 1
    assert fields == {"legal_authority": 68, "names": 6, "tickers": 2}


def test_what_trade_gov_does_not_carry(built):
    fields: dict[str, int] = {}
    for old, new in zip(built["TRADEGOV_CSL"].entities, built["ENHANCED_XML"].entities, strict=True):
        for name in ("names", "identifiers", "rejected", "tickers", "listed", "effective", "divestment_ends",
                     "target_type", "linked_to", "programmes", "legal_authority", "countries", "basis"):  # fmt: skip
            if getattr(old, name) != getattr(new, name):
                fields[name] = fields.get(name, 0) + 1
        latin = {n.text for n in new.names if n.script == "Latin"}
        assert {n.text for n in old.names} == latin, old.uid
    assert fields == {"legal_authority": 68, "names": 30, "linked_to": 9, "tickers": 2}


def test_the_truncated_csl_is_noticed(shared):
    with pytest.raises(ListError, match="truncated: its last line breaks off after 8 of 29 cells; 68 NS-CMIC records"):
        build_snapshot(shared / "ofac" / "tradegov_csl_2023-11_truncated.csv.gz")


def test_an_accepted_truncated_file_says_so_in_the_snapshot(built):
    assert any("truncated file accepted by hand" in note for note in built["TRADEGOV_CSL"].notes)
    assert built["TRADEGOV_CSL"].published == date(2023, 11, 1)


def _csl(ids: str, **cells: str) -> bytes:
    row = {
        "_id": "1", "source": "Non-SDN Chinese Military-Industrial Complex Companies List (CMIC) - Treasury",
        "entity_number": "40001", "type": "Entity", "programs": "CMIC-EO13959", "name": "Example Co., Ltd.",
        "addresses": "1 Street, Xi'an, CN; KY", "remarks": "", "alt_names": "EXCO; Example Limited", "ids": ids,
    } | cells  # fmt: skip
    head = HEADER
    lines = [",".join(head), ",".join(f'"{row[name]}"' for name in head)]
    return ("\n".join(lines) + "\n").encode()


DAYS = (
    "Listing Date (CMIC), 2021-12-16; Effective Date (CMIC), 2022-02-14; "
    "Purchase/Sales For Divestment Date (CMIC), 2022-12-16"
)
VALUE_FIRST = (
    "2021-12-16, Listing Date (CMIC); 2022-02-14, Effective Date (CMIC); "
    "2022-12-16, Purchase/Sales For Divestment Date (CMIC); Example, Ltd., Issuer Name; 0685974, HK, Company Number"
)
LABEL_FIRST = f"{DAYS}; Issuer Name, Example, Ltd.; Company Number, 0685974, HK"


@pytest.mark.parametrize("ids", [LABEL_FIRST, VALUE_FIRST], ids=["label first", "value first"])
def test_both_orders_of_ids_are_read(ids, tmp_path):
    (tmp_path / "csl.csv").write_bytes(_csl(ids))
    entity = build_snapshot(tmp_path / "csl.csv", published=date(2026, 8, 1)).entities[0]
    assert entity.name == "EXAMPLE CO., LTD."
    assert {(n.text, n.kind) for n in entity.names} == {
        ("EXAMPLE CO., LTD.", NameKind.PRIMARY),
        ("EXCO", NameKind.WEAK),  # one word, and the format does not say
        ("EXAMPLE LIMITED", NameKind.AKA),
        ("Example, Ltd.", NameKind.ISSUER),
    }
    assert [i.value for i in entity.identifiers] == ["0685974"]
    assert entity.countries == ("CN", "KY")


@pytest.mark.parametrize(
    ("ids", "cells", "says"),
    [
        (f"{DAYS}; Bond, 5", {}, "field ids: a part that is not understood: 'Bond, 5'"),
        (DAYS, {"addresses": "1 Street"}, "an address without a country"),
        (DAYS, {"type": "Individual"}, "type 'Individual'"),
        (DAYS, {"programs": "SDGT"}, "field source: half on the NS-CMIC List"),
        (DAYS.replace("2022-02-14", "2022-02-15"), {}, "is not 60 days after"),
    ],
)
def test_a_csl_record_not_understood_stops_the_build(ids, cells, says, tmp_path):
    (tmp_path / "csl.csv").write_bytes(_csl(ids, **cells))
    with pytest.raises(ListError, match=says) as caught:
        build_snapshot(tmp_path / "csl.csv")
    assert "record 40001" in caught.value.message


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (_csl(DAYS)[:-1], None),  # the last cell is closed: whole, but for the line end
        (_csl(DAYS)[:-60], "truncated within a record of the list"),
        (_csl(DAYS) + b'"2","Entity List (EL)"', "truncated: its last line breaks off after 2 of 10 cells"),
        (_csl(DAYS) + b"1,2,3\n" + _csl(DAYS), "on line 3: 3 cells, not 10"),
        (_csl(DAYS) + b"\xff\n", "not UTF-8"),
        (_csl(DAYS, remarks="x" * 200_000), "broken csv"),
    ],
)
def test_where_a_csl_breaks_off_is_told(body, says, tmp_path):
    (tmp_path / "csl.csv").write_bytes(body)
    if says is None:
        assert len(build_snapshot(tmp_path / "csl.csv").entities) == 1
        return
    with pytest.raises(ListError, match=says):
        build_snapshot(tmp_path / "csl.csv")


def test_a_record_of_the_list_that_is_cut_is_never_accepted(tmp_path):
    (tmp_path / "csl.csv").write_bytes(_csl(DAYS) + _csl(DAYS, entity_number="40002").split(b"\n", 1)[1][:-60])
    with pytest.raises(ListError, match="truncated within a record of the list"):
        build_snapshot(tmp_path / "csl.csv", accept_truncated=True)


def _zip(name: str) -> bytes:
    import io

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr(name, "x")
    return out.getvalue()


OTHERS = {
    "advanced.xml": (b"<?xml version='1.0'?><Sanctions xmlns='urn:x'><DateOfIssue/></Sanctions>", "ADVANCED_XML"),
    "old.xml": (b"<?xml version='1.0'?>\n<!-- c --><sdnList xmlns='urn:x'/>", "older CONSOLIDATED.XML"),
    "other.xml": (b"<x:feed xmlns:x='urn:x'/>", "XML with the root feed"),
    "list.pdf": (b"%PDF-1.7\n...", "a PDF"),
    "page.html": (b"<!DOCTYPE html><html><body>Access denied</body></html>", "web page"),
    "page2.html": (b"\xef\xbb\xbf<html><head/></html>", "web page"),
    "csl.json": (b'[{"a": 1}]', "JSON"),
    "nscmiclist.txt": (b"NON-SDN CHINESE MILITARY-INDUSTRIAL COMPLEX\n", "begins 'NON-SDN"),
    "book.zip": (_zip("readme.txt"), "a zip that holds readme.txt"),
    "broken.zip": (b"PK\x03\x04 and no more", "zip cannot be unpacked"),
    "empty.xml": (b"", "the file is empty"),
}


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_not_supported_says_what_it_is_and_what_would_be(name, tmp_path):
    body, says = OTHERS[name]
    (tmp_path / name).write_bytes(body)
    with pytest.raises(ListError) as caught:
        build_snapshot(tmp_path / name)
    assert says in caught.value.message
    assert name in caught.value.message
    if not name.startswith(("empty", "broken")):
        assert "ENHANCED" in caught.value.message


def test_a_missing_file_is_said(tmp_path):
    with pytest.raises(ListError, match="there is no such list file"):
        build_snapshot(tmp_path / "nowhere.xml")


def test_unpacked_size_is_limited(tmp_path, monkeypatch):
    monkeypatch.setattr("cmic_screen.reference.container.MAX_BYTES", 1000)
    with zipfile.ZipFile(tmp_path / "CONS_ENHANCED.ZIP", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("CONS_ENHANCED.XML", b" " * 5000)
    with pytest.raises(ListError, match="larger than"):
        build_snapshot(tmp_path / "CONS_ENHANCED.ZIP")
    (tmp_path / "big.xml.gz").write_bytes(gzip.compress(b"<a>" + b" " * 5000))
    with pytest.raises(ListError, match="larger than"):
        build_snapshot(tmp_path / "big.xml.gz")
    (tmp_path / "plain.xml").write_bytes(b"<a>" + b" " * 5000)
    with pytest.raises(ListError, match="larger than"):
        build_snapshot(tmp_path / "plain.xml")
