"""What a file is, told by its bytes alone: never by its extension; parses nothing but an archive's directory.

Signatures follow PKWARE APPNOTE 4.3.7, MS-CFB 2.2, Apache Parquet, RFC 1952 and the roots of SEC's and Microsoft's XML.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from cmic_screen.errors import InputError
from cmic_screen.ingest import limits

if TYPE_CHECKING:
    import zipfile

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FOREIGN: Final = (
    (b"%PDF", "a PDF"), (b"{\\rtf", "a rich text document"), (b"\x89PNG", "a picture"), (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"), (b"7z\xbc\xaf\x27\x1c", "a 7z archive"), (b"Rar!", "a rar archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"), (b"\xfd7zXZ", "an xz archive"), (b"BZh", "a bzip2 archive"),
    (b"SQLite format 3", "a database"), (b"\x7fELF", "a program"), (b"MZ\x90", "a program"),
)  # fmt: skip
_HTML_NAMES: Final = (
    "html head body table tr td th div meta style center font p form span link title script h1 h2 h3 br b thead tbody"
)
_HTML: Final = frozenset(_HTML_NAMES.split())
SGML: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(<SEC-DOCUMENT>|<SEC-HEADER>|<IMS-|<SUBMISSION>|<DOCUMENT>|-----BEGIN PRIVACY"
    rb"|<TYPE>(?:13F|N-?PORT|NPORT|INFORMATION TABLE))"
)
"""How a submission to the SEC begins, or what was cut out of one."""
_OFX: Final = re.compile(r"\s*(?:OFXHEADER\s*:|(?:<\?xml[^>]*\?>\s*)?(?:<\?OFX\b|<OFX>))", re.IGNORECASE)
"""How Open Financial Exchange begins: the header of version 1, the instruction of version 2, or its root alone."""
_QIF: Final = re.compile(r"\s*!(?:Type:|Account\s*$|Option:|Clear:)", re.IGNORECASE | re.MULTILINE)
"""How the Quicken Interchange Format begins."""
_WORKBOOK: Final = re.compile(r"(?:.*/)?workbook\d*\.(xml|bin)")
"""The main part; Microsoft 365 at times numbers it."""
_MAIL: Final = re.compile(r"\s*(MIME-Version:|From:.*\r?\n.*MIME-Version:)", re.IGNORECASE)
_MARKUP_LEAD: Final = re.compile(
    r"(?:\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE(?!\s+html)[^>\[]*(?:\[.*?\]\s*)?>)*", re.DOTALL
)
_ROOT: Final = re.compile(r"<(!doctype\s+html|[A-Za-z][\w.-]*:?[\w.-]*)", re.IGNORECASE)


def kind_of(data: bytes, where: str) -> str:
    """One of xlsx, xlsm, xlsb, xls, ods, zip, gzip, parquet, spreadsheetml, html, mhtml, filing, ofx, qif,
    xml, text.

    InputError where it is empty, or something that holds no table we read: then it says what it is and what to do.
    """
    if not data.strip(b"\x00 \t\r\n"):
        raise InputError(
            "the file is empty.", where=where, why="Nothing was screened.", do="Export it again, or leave it out."
        )
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _of_archive(limits.directory(data, where), where)
    if data.startswith(_OLE):
        return _of_compound(data, where)
    if data.startswith(b"\x1f\x8b"):
        return "gzip"
    if data.startswith(b"PAR1"):
        return "parquet"
    for signature, what in _FOREIGN:
        if data.startswith(signature):
            raise foreign(what, where)
    if data[:2] == b"\x09\x08" or data[:2] in {b"\x09\x00", b"\x09\x02", b"\x09\x04"}:
        raise foreign("an Excel workbook of a version before 1997", where)
    return _of_text(data, where)


def _of_archive(parts: list[zipfile.ZipInfo], where: str) -> str:
    names = {part.filename.lower() for part in parts}
    if "[content_types].xml" in names:
        book = next((match for name in sorted(names) if (match := _WORKBOOK.fullmatch(name))), None)
        if book:
            return "xlsb" if book[1] == "bin" else "xlsm" if "xl/vbaproject.bin" in names else "xlsx"
        if any(name.startswith("word/") for name in names):
            raise foreign("a Word document", where)
        if any(name.startswith("ppt/") for name in names):
            raise foreign("a PowerPoint file", where)
        if any(name.startswith("xl/") for name in names):
            raise limits.damaged("its workbook part is missing", where)
    if "mimetype" in names and "content.xml" in names:
        return "ods"
    if "index/document.iwa" in names or "index.zip" in names:
        raise foreign("an Apple Numbers document", where)
    return "zip"


def _of_compound(data: bytes, where: str) -> str:
    """An OLE container by the names of its streams, which stand in its directory as UTF-16."""

    def has(stream: str) -> bool:
        return stream.encode("utf-16-le") + b"\x00\x00" in data

    if has("EncryptedPackage") or has("EncryptionInfo"):
        raise locked(where)
    if has("Workbook") or has("Book"):
        return "xls"
    for stream, what in (("WordDocument", "a Word document"), ("PowerPoint Document", "a PowerPoint file")):
        if has(stream):
            raise foreign(what, where)
    if has("__properties_version1.0"):
        raise foreign("an Outlook message (save its attachment instead)", where)
    raise limits.damaged("its container holds no workbook", where)


def _of_text(data: bytes, where: str) -> str:
    if SGML.match(data):
        return "filing"
    head = _head(data)
    if _OFX.match(head):
        return "ofx"
    if _QIF.match(head):
        return "qif"
    if _MAIL.match(head):
        return "mhtml"
    lead = _MARKUP_LEAD.match(head)
    root = _ROOT.match(head, lead.end() if lead else 0)
    if root:
        return _of_markup(root.group(1), head)
    if re.match(r"\s*[\[{]\s*[\"{\[]", head):
        raise foreign("JSON", where)
    return "text"


def _of_markup(root: str, head: str) -> str:
    name = root.lower().rpartition(":")[2]
    if name.startswith("!doctype") or name in _HTML:
        return "html"
    if "urn:schemas-microsoft-com:office:spreadsheet" in head:
        return "spreadsheetml"
    if name in {"informationtable", "edgarsubmission"}:
        return "filing"
    return "xml" if head.lstrip().startswith("<?xml") or "xmlns" in head else "text"


def unread_xml(root: str, where: str) -> InputError:
    """A refusal of XML in which no table of holdings stands."""
    return foreign(f"an XML document of a kind that is not read here (<{root}>)", where)


def root_of(data: bytes) -> str:
    """The name of a document's outermost element, "" where none is seen."""
    head = _head(data)
    lead = _MARKUP_LEAD.match(head)
    root = _ROOT.match(head, lead.end() if lead else 0)
    return root.group(1) if root else ""


def _head(data: bytes) -> str:
    """The beginning as text, good enough to recognise markup by."""
    start = data[:8192]
    if start[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return start.decode("utf-16", "replace")
    return start.removeprefix(b"\xef\xbb\xbf").decode("latin-1")


def foreign(what: str, where: str) -> InputError:
    """A refusal of something that is not a table."""
    return InputError(
        f"this is {what}, not a table of holdings.",
        where=where,
        why="Nothing in it was screened.",
        do="Export the holdings as .xlsx or .csv and screen that.",
    )


def locked(where: str) -> InputError:
    """The one sentence for a workbook that needs a password."""
    return InputError(
        "the workbook is protected with a password and cannot be read.",
        where=where,
        why="Nothing in it was screened.",
        do="Open it, save a copy without a password (File > Info > Protect Workbook) and screen the copy.",
    )
