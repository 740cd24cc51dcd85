"""The official XML: read in full or refused; nothing in between."""

from __future__ import annotations

import gzip
import zipfile
from dataclasses import replace
from datetime import date, timedelta

import pytest

from cmic_screen.errors import ListError
from cmic_screen.model import NameKind, Scheme
from cmic_screen.reference import build_snapshot

DAY = date(2026, 11, 20)


def test_a_publication_of_our_own_making_reads_back_entity_for_entity(embedded, publish):
    again = build_snapshot(publish(embedded.entities, DAY))
    assert again.entities == embedded.entities
    assert again.published == DAY


def test_the_shipped_list_is_the_official_file_of_8_january_2026(embedded, built):
    official = built["ENHANCED_XML"]
    assert official.digest == embedded.digest
    assert (official.published, len(official.entities), official.records) == (date(2026, 1, 8), 68, 442)
    assert official.sha256 == "1b85d9721c7b48d442281ea5533a09cc38bc26ab8fda0ab0970ee2fffb0036cb"


def test_the_earlier_file_with_crlf_line_ends_says_the_same(embedded, built):
    assert built["2024"].entities == embedded.entities
    assert built["2024"].published == date(2024, 7, 3)


def test_another_namespace_is_the_same_list(embedded, publish):
    path = publish(embedded.entities[:3], DAY, namespace="https://elsewhere.example/ENHANCED_XML")
    assert build_snapshot(path).entities == embedded.entities[:3]


def test_gz_and_zip_are_unpacked_and_the_digest_is_of_the_xml(embedded, publish, tmp_path):
    plain = publish(embedded.entities[:2], DAY)
    packed = tmp_path / "list.bin"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    with zipfile.ZipFile(tmp_path / "CONS_ENHANCED.ZIP", "w") as out:
        out.write(plain, "CONS_ENHANCED.XML")
    digests = {build_snapshot(p).sha256 for p in (plain, packed, tmp_path / "CONS_ENHANCED.ZIP")}
    assert len(digests) == 1


def test_quirks_of_the_shipped_list(embedded):
    by = {e.uid: e for e in embedded.entities}
    assert {(t.code, t.country) for t in by["33113"].tickers} == {("603019", "CN")}  # printed 603019CN
    assert {t.text for t in by["32079"].tickers} >= {"00317  HK"}  # two blanks, kept as printed
    assert {t.code for t in by["32079"].tickers if t.country == "HK"} == {"00317"}
    assert {r.text: r.fault for r in by["30926"].rejected} == {
        "BRC1EODR004": "11 characters, not the length of an ISIN"
    }
    assert {r.text for r in by["30930"].rejected} == {"CND10002K094", "CND10002G601"}
    assert [i.value for i in by["30926"].identifiers].count("HK0883013259") == 1  # published twice
    assert ("CCCC", NameKind.WEAK) in {(n.text, n.kind) for n in by["30930"].names}
    assert by["33111"].names[1].text == "深圳市大疆创新科技有限公司"
    assert by["33111"].names[1].script == "Han"
    assert by["30923"].tickers != ()
    assert {t.text: t.venue for t in by["30923"].tickers}["941 HK"] == "HKEX"


def test_totals_of_the_shipped_list(embedded):
    assert len(embedded.entities) == 68
    assert sum(n.kind is NameKind.WEAK for e in embedded.entities for n in e.names) == 27
    assert sum(i.scheme is Scheme.USCC for e in embedded.entities for i in e.identifiers) == 58
    isins = sum(i.scheme is Scheme.ISIN for e in embedded.entities for i in e.identifiers)
    rejected = sum(len(e.rejected) for e in embedded.entities)
    assert (isins, rejected) == (160, 3)  # 165 fields: two doubles, three that break the standard
    assert {str(e.listed) for e in embedded.entities} == {"2021-06-03", "2021-12-10", "2021-12-16"}


def test_every_company_has_its_basis_attributed(embedded):
    for e in embedded.entities:
        assert e.basis.source
        assert e.basis.stated_on == e.listed
        assert e.basis.text.startswith(("Treasury stated on", "The President named"))
    dji = embedded.entity("33111").basis.text
    for part in ("surveillance technology sector", "Xinjiang Public Security Bureau", "E.O. 13818", "July 2020"):
        assert part in dji
    eight = [e for e in embedded.entities if e.listed == date(2021, 12, 16)]
    assert len(eight) == 8
    assert all("Uyghurs in Xinjiang" in e.basis.text for e in eight)


def test_a_company_of_which_no_reason_is_recorded_says_so(invent, publish):
    entity = build_snapshot(publish((invent(),), DAY)).entities[0]
    assert "holds no statement of reasons" in entity.basis.text
    assert "29 November 2026" in entity.basis.text


FAULTS = [
    ("<feature><type>Bond Ticker</type><value>X</value></feature>", "features", "unknown field", "Bond Ticker"),
    ("<feature><type>Equity Ticker</type><value>SUGON</value></feature>", "features", "'SUGON'", "Equity Ticker"),
    ("<feature><type>ISIN</type><value></value></feature>", "features", "no value", "ISIN"),
    ("<feature><type>ISIN</type><value>X</value><comments>y</comments></feature>", "features", "a comment", "ISIN"),
    (("<feature><type>Target Type</type><value>A</value></feature>"
     "<feature><type>Target Type</type><value>B</value></feature>"), "features", "more than one", "Target Type"),
    ("<feature><type>Listing Date (CMIC)</type><value>17 Dec 2021</value></feature>", "features", "two dates",
     "Listing Date (CMIC)"),
    ("<feature><type>Listing Date (CMIC)</type><value>soon</value></feature>", "features", "not a date",
     "Listing Date (CMIC)"),
    ("<feature><type>ISIN</type><value>X</value><colour>y</colour></feature>", "features", "unknown part",
     "feature/colour"),
    (("<name><isPrimary>true</isPrimary><isLowQuality>false</isLowQuality><translations><translation><script>Latin"
     "</script><formattedFullName>Y</formattedFullName></translation></translations></name>"), "names",
     "no primary name, or more than one", "name"),
    ("<name><isPrimary>false</isPrimary><aliasType>P.S.</aliasType><isLowQuality>false</isLowQuality></name>", "names",
     "alias type", "name"),
    ("<name><isPrimary>false</isPrimary><isLowQuality>false</isLowQuality></name>", "names", "either primary", "name"),
    (("<name><isPrimary>false</isPrimary><aliasType>A.K.A.</aliasType><isLowQuality>false</isLowQuality><translations>"
     "<translation><script>Runes</script></translation></translations></name>"), "names", "unknown script", "name"),
    ("<address><country>Atlantis</country></address>", "addresses", "no ISO code", "address"),
    (("<identityDocument><type>Licence</type><documentNumber>1</documentNumber><isValid>true</isValid>"
     "</identityDocument>"), "identityDocuments", "unknown field", "Licence"),
    ("<odd/>", "names", "unknown part", "odd"),
    ("<identityDocument><type>Company Number</type></identityDocument>", "identityDocuments", "no number",
     "Company Number"),
    (("<feature><type>Listing Date (CMIC)</type><value>16 Dec 2021</value><valueDate><fromDateBegin>2021-12-16"
     "</fromDateBegin><isApproximate>true</isApproximate></valueDate></feature>"), "features", "approximate or a range",
     "Listing Date (CMIC)"),
    ("<vessel/>", "vessels", "unknown part", "entity/vessels"),
]  # fmt: skip


@pytest.mark.parametrize(("item", "parent", "says", "field"), FAULTS, ids=[f"{f[1]}-{f[2]}" for f in FAULTS])
def test_what_is_not_understood_stops_the_build_and_names_file_record_and_field(
    item, parent, says, field, embedded, publish
):
    path = publish((embedded.entity("33113"),), DAY, put_in=f"<{parent}>{item}</{parent}>")
    with pytest.raises(ListError) as caught:
        build_snapshot(path)
    message = caught.value.message
    assert "CONS_ENHANCED.XML" in message
    assert "record 33113" in message
    assert f"field {field}" in message
    assert says in message
    assert int(caught.value.exit_code) == 21


@pytest.mark.parametrize(("field", "label"), [("effective", "Effective"), ("divestment_ends", "Divestment")])
@pytest.mark.parametrize("days", [-1, 1])
def test_clocks_that_do_not_add_up_stop_the_build(field, label, days, embedded, publish):
    entity = embedded.entity("33111")
    wrong = replace(entity, **{field: getattr(entity, field) + timedelta(days=days)})
    with pytest.raises(ListError, match=rf"record 33111, field .*{label}.*days after the listing"):
        build_snapshot(publish((wrong,), DAY))


@pytest.mark.parametrize("mark", ["Non-SDN CMIC List", "CMIC-EO13959"])
def test_a_record_half_on_the_list_stops_the_build(mark, embedded, publish):
    path = publish((embedded.entity("33111"),), DAY)
    path.write_text(path.read_text(encoding="utf-8").replace(mark, "Another"), encoding="utf-8")
    with pytest.raises(ListError, match=r"record 33111.*half on the NS-CMIC List"):
        build_snapshot(path)


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.999])
def test_a_truncated_file_is_never_a_shorter_list(share, embedded, publish):
    path = publish(embedded.entities, DAY)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(ListError, match="breaks off or is not well formed"):
        build_snapshot(path)


def test_a_truncated_gz_is_refused(embedded, publish, tmp_path):
    packed = gzip.compress(publish(embedded.entities, DAY).read_bytes())
    (tmp_path / "cut.xml.gz").write_bytes(packed[:-200])
    with pytest.raises(ListError, match="cannot be unpacked to its end"):
        build_snapshot(tmp_path / "cut.xml.gz")


BOMB = '<!DOCTYPE sanctionsData [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
OUTSIDE = '<!DOCTYPE sanctionsData SYSTEM "file:///etc/hostname">'


@pytest.mark.parametrize("prolog", [BOMB, OUTSIDE])
def test_dtds_and_entities_are_refused(prolog, embedded, publish):
    path = publish(embedded.entities[:1], DAY)
    text = path.read_text(encoding="utf-8").replace("<sanctionsData", f"{prolog}<sanctionsData", 1)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ListError, match="declares a DTD or an entity"):
        build_snapshot(path)


def test_an_individual_is_not_a_company(embedded, publish):
    path = publish(embedded.entities[:1], DAY)
    path.write_text(path.read_text(encoding="utf-8").replace(">Entity<", ">Individual<"), encoding="utf-8")
    with pytest.raises(ListError, match=r"record 30882, field entityType: 'Individual' is not an entity"):
        build_snapshot(path)


def test_a_list_without_a_company_of_ours_is_refused(publish):
    with pytest.raises(ListError, match="no company of the NS-CMIC List"):
        build_snapshot(publish((), DAY, others=4))


def test_two_records_with_one_uid_are_refused(embedded, publish):
    with pytest.raises(ListError, match=r"record 33111.*two records with one uid"):
        build_snapshot(publish((embedded.entity("33111"),) * 2, DAY))


def test_a_file_without_its_date_is_refused(embedded, publish):
    path = publish(embedded.entities[:1], DAY)
    path.write_text(path.read_text(encoding="utf-8").replace("dataAsOf", "dataAround"), encoding="utf-8")
    with pytest.raises(ListError, match=r"field dataAsOf.*not a date"):
        build_snapshot(path)
    path.write_text(path.read_text(encoding="utf-8").replace("publicationInfo", "about"), encoding="utf-8")
    with pytest.raises(ListError, match="does not say what day"):
        build_snapshot(path)


def test_a_date_by_hand_may_not_contradict_the_file(embedded, publish):
    with pytest.raises(ListError, match="--published says 2026-11-21"):
        build_snapshot(publish(embedded.entities[:1], DAY), published=date(2026, 11, 21))


def test_a_number_that_ofac_marks_invalid_is_kept_as_rejected(embedded, publish):
    path = publish((embedded.entity("33111"),), DAY)
    text = path.read_text(encoding="utf-8").replace("<isValid>true", "<isValid>false")
    path.write_text(text, encoding="utf-8")
    entity = build_snapshot(path).entities[0]
    assert entity.identifiers == ()
    assert entity.rejected[0].fault == "OFAC marks this number as not valid"
