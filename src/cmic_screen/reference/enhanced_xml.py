"""OFAC's ENHANCED_XML as published records: streamed, local names only, no DTD, no entities, limited in size.

Schema: ENHANCED_XML.xsd of OFAC's Sanctions List Service; its namespace changed on 7 May 2024, so only local names
are compared. An element of an NS-CMIC record that this reader does not know stops the build; it never skips one.
"""

from __future__ import annotations

from datetime import date
from typing import IO, TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from cmic_screen.model import EntityName, NameKind
from cmic_screen.reference.faults import refuse
from cmic_screen.reference.published import PROGRAMME, Publication, PublishedRecord, is_uid

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

LIST_NAME = "Non-SDN CMIC List"
_SCRIPTS = {"Latin": "Latin", "Chinese Simplified": "Han", "Chinese Traditional": "Han"}
_ALIASES = {"A.K.A.": NameKind.AKA, "F.K.A.": NameKind.FKA, "N.K.A.": NameKind.AKA}
_KNOWN = {
    "entity": {
        "generalInfo", "sanctionsLists", "sanctionsPrograms", "sanctionsTypes", "legalAuthorities", "names",
        "addresses", "features", "identityDocuments", "relationships",
    },
    "generalInfo": {"identityId", "entityType"},
    "name": {"isPrimary", "aliasType", "isLowQuality", "translations"},
    "translation": {
        "isPrimary", "script", "formattedLastName", "formattedFullName", "nameParts", "addressParts",
    },
    "feature": {"type", "versionId", "value", "isPrimary", "valueRefId", "valueDate", "comments"},
    "identityDocument": {"type", "name", "documentNumber", "isValid", "issuingCountry"},
    "relationship": {"type", "relatedEntity"},
    "address": {"country", "translations"},
}  # fmt: skip


def read(stream: IO[bytes], file: str) -> Publication:
    """Every NS-CMIC record of an ENHANCED_XML file. ListError where it is broken, hostile or not understood."""
    publication = Publication(format="ENHANCED_XML")
    codes: dict[str, str] = {}
    for element in _elements(stream, file):
        _take(element, publication, codes, file)
    if publication.published is None:
        raise refuse("the file does not say what day its data are as of", file=file, field="dataAsOf")
    return publication


def _elements(stream: IO[bytes], file: str) -> Iterator[Element]:
    """Each second-level part as it closes, emptied afterwards, so that memory does not follow the file's size."""
    path: list[str] = []
    try:
        for event, element in iterparse(stream, events=("start", "end"), forbid_dtd=True):
            if event == "start":
                path.append(_local(element))
                continue
            path.pop()
            if path in (["sanctionsData"], ["sanctionsData", "entities"], ["sanctionsData", "referenceValues"]):
                yield element
                element.clear()
    except DefusedXmlException as error:
        raise refuse(
            "the file declares a DTD or an entity, which OFAC's files never do",
            file=file,
            do="Do not use it; fetch the file again from OFAC.",
        ) from error
    except (ParseError, ValueError, LookupError) as error:  # the latter two: an encoding that expat does not know
        raise refuse(f"the XML breaks off or is not well formed ({error})", file=file) from error


def _take(element: Element, publication: Publication, codes: dict[str, str], file: str) -> None:
    kind = _local(element)
    if kind == "publicationInfo":
        text = _text(element, "dataAsOf")
        try:
            publication.published = date.fromisoformat(text[:10])
        except ValueError as error:
            raise refuse(f"{text!r} is not a date", file=file, field="dataAsOf") from error
    elif kind == "referenceValue" and _text(element, "type") == "COUNTRY":
        codes[_text(element, "value")] = _text(element, "isoCode")
    elif kind == "entity":
        publication.all_records += 1
        if _on_list(element, file):
            publication.records.append(_Reader(element, codes, file).record())


def _on_list(entity: Element, file: str) -> bool:
    """Whether the record is on the NS-CMIC List; three marks must agree, or the record is not understood."""
    uid = entity.get("id", "")
    marks = {
        "sanctionsList": any(_own(e) == LIST_NAME for e in _deep(entity, "sanctionsList")),
        "sanctionsProgram": any(_own(e).startswith(PROGRAMME) for e in _deep(entity, "sanctionsProgram")),
        "feature": any("(CMIC)" in _text(e, "type") for e in _deep(entity, "feature")),
    }
    if len(set(marks.values())) > 1:
        lacking = ", ".join(k for k, v in marks.items() if not v)
        raise refuse("half on the NS-CMIC List: no mark of it here", file=file, record=uid, field=lacking)
    return marks["sanctionsList"]


class _Reader:
    """Reads one NS-CMIC entity; holds what every message needs."""

    def __init__(self, entity: Element, codes: dict[str, str], file: str) -> None:
        self.entity, self.codes, self.file = entity, codes, file
        self.uid = entity.get("id", "")
        if not is_uid(self.uid):
            raise refuse(f"the record's id {self.uid!r} is not a number", file=file, field="entity@id")

    def record(self) -> PublishedRecord:
        self._only_known(self.entity)
        if self._one("entityType") != "Entity":
            self._stop(f"{self._one('entityType')!r} is not an entity", "entityType")
        record = PublishedRecord(
            uid=self.uid,
            programmes=[_own(e) for e in _deep(self.entity, "sanctionsProgram")],
            legal_authority=[_own(e) for e in _deep(self.entity, "legalAuthority")],
        )
        for part, read_part in (
            ("names", self._name), ("addresses", self._address), ("features", self._feature),
            ("identityDocuments", self._document), ("relationships", self._relationship),
        ):  # fmt: skip
            for parent in _children(self.entity, part):
                for item in parent:
                    self._only_known(item)
                    read_part(item, record)
        return record

    def _name(self, item: Element, record: PublishedRecord) -> None:
        alias, weak = _text(item, "aliasType"), _text(item, "isLowQuality")
        if weak not in {"true", "false"} or (alias and alias not in _ALIASES):
            self._stop(f"alias type {alias!r}, low quality {weak!r}", "name")
        primary = _text(item, "isPrimary") == "true"
        if primary == bool(alias):
            self._stop("a name must be either primary or an alias", "name")
        kind = NameKind.PRIMARY if primary else NameKind.WEAK if weak == "true" else _ALIASES[alias]
        for translation in _deep(item, "translation"):
            self._only_known(translation)
            script = _text(translation, "script")
            if script not in _SCRIPTS:
                self._stop(f"unknown script {script!r}", "name")
            record.names.append(
                EntityName(text=_text(translation, "formattedFullName"), kind=kind, script=_SCRIPTS[script])
            )

    def _address(self, item: Element, record: PublishedRecord) -> None:
        country = _text(item, "country")
        code = self.codes.get(country, "")
        if not code:
            self._stop(f"country {country!r} has no ISO code", "address")
        record.countries.append(code)

    def _feature(self, item: Element, record: PublishedRecord) -> None:
        label, value = _text(item, "type"), _text(item, "value")
        if not value:
            self._stop("no value", label)
        for day in _children(item, "valueDate"):
            exact = _text(day, "isApproximate") == "false" and _text(day, "isDateRange") == "false"
            ends = {_text(day, end) for end in ("fromDateBegin", "fromDateEnd", "toDateBegin", "toDateEnd")}
            if not exact or len(ends) != 1:
                self._stop("the date is approximate or a range", label)
            record.fields.append((label, ends.pop()))
        record.fields.append((label, value))
        comment = _text(item, "comments")
        if comment and label != "Equity Ticker":
            self._stop(f"a comment that is not understood: {comment!r}", label)
        if comment:
            record.venues[value] = comment.strip("() ")

    def _document(self, item: Element, record: PublishedRecord) -> None:
        label, number = _text(item, "type"), _text(item, "documentNumber")
        if not number:
            self._stop("no number", label)
        if _text(item, "isValid") != "true":
            record.invalid.add(number)
        record.fields.append((label, number))

    def _relationship(self, item: Element, record: PublishedRecord) -> None:
        # The direction is not uniform in OFAC's data (rules.md §6.3): kept as a link, never read as ownership.
        record.linked_to.append(_text(item, "relatedEntity"))

    def _one(self, name: str) -> str:
        return next((_own(e) for e in _deep(self.entity, name)), "")

    def _only_known(self, element: Element) -> None:
        known = _KNOWN.get(_local(element))
        if known is None:
            self._stop("unknown part of the record", _local(element))
        for child in element:
            if known is not None and _local(child) not in known:
                self._stop("unknown part of the record", f"{_local(element)}/{_local(child)}")

    def _stop(self, what: str, name: str) -> None:
        raise refuse(what, file=self.file, record=self.uid, field=name)


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _own(element: Element) -> str:
    return (element.text or "").strip()


def _children(element: Element, name: str) -> list[Element]:
    return [c for c in element if _local(c) == name]


def _deep(element: Element, name: str) -> list[Element]:
    return [e for e in element.iter() if _local(e) == name]


def _text(element: Element, name: str) -> str:
    return next((_own(c) for c in element if _local(c) == name), "")
