"""Small files of our own making, one for each trap in opening a file; each function gives bytes."""

import base64
import io
import struct
import zipfile

import openpyxl

SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def book(fill=None, *, sheets=("Holdings",)):
    """A workbook by openpyxl; `fill(workbook)` puts cells in."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name in sheets:
        made.create_sheet(name)
    if fill:
        fill(made)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def raw_book(sheet_data, *, before="", after="", prefix="", styles="", head=""):
    """A workbook written by hand, its XML ours to the letter; `prefix` is a namespace prefix with its colon."""
    declared = f'xmlns:{prefix[:-1]}="{SHEET}"' if prefix else f'xmlns="{SHEET}"'
    p = prefix
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/xl/workbook.xml" ContentType="{TYPES}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{TYPES}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship '
        f'Id="rId1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{SHEET}" xmlns:r="{RELATIONS}"><sheets>'
        '<sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">'
        f'<Relationship Id="rId1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f"{head}<{p}worksheet {declared}>{before}<{p}sheetData>{sheet_data}</{p}sheetData>"
        f"{after}</{p}worksheet>",
    }
    if styles:
        parts["xl/styles.xml"] = f'<styleSheet xmlns="{SHEET}">{styles}</styleSheet>'
    return pack(parts)


def pack(parts):
    """A zip of name -> text or bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def ods(rows, *, raw="", columns=""):
    """An OpenDocument spreadsheet of text cells, `None` a blank; `raw` are rows, `columns` columns written out."""
    cells = "".join(
        "<table:table-row>"
        + "".join(
            "<table:table-cell/>"
            if cell is None
            else f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
            for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    name = "urn:oasis:names:tc:opendocument:xmlns:"
    content = (
        f'<office:document-content xmlns:office="{name}office:1.0" xmlns:table="{name}table:1.0" '
        f'xmlns:text="{name}text:1.0"'
        ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" '
        'office:version="1.3"><office:body><office:spreadsheet>'
        f'<table:table table:name="Blatt">{columns}{cells}{raw}'
        '<table:table-row table:number-rows-repeated="1048000">'
        '<table:table-cell table:number-columns-repeated="16384"/>'
        "</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        f'<manifest:manifest xmlns:manifest="{name}manifest:1.0"><manifest:file-entry manifest:full-path="/" '
        f'manifest:media-type="{kind}"/></manifest:manifest>'
    )
    return pack({"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest})


def record(kind, *values, text=b""):
    """One BIFF record: `values` are (struct format, value) pairs."""
    body = b"".join(struct.pack("<" + code, value) for code, value in values) + text
    return struct.pack("<HH", kind, len(body)) + body


def biff_text(text, *, short=False):
    return struct.pack("<BB" if short else "<HB", len(text), 0) + text.encode("latin-1")


def xls(sheet_records, *, name="Alt", hidden=0, version=0x0600):
    """An .xls workbook of one sheet in a compound file of our own."""
    bof = [("H", version), ("H", 0x0005), ("H", 0), ("H", 0), ("I", 0), ("I", 6)]
    styles = record(0x041E, ("H", 164), text=biff_text("000000000"))
    styles += b"".join(record(0x00E0, ("H", 0), ("H", number), text=bytes(16)) for number in (0, 164, 14))
    before = record(0x0809, *bof) + styles
    at = len(before) + 4 + 6 + 2 + len(name) + 4
    book = (
        before + record(0x0085, ("I", at), ("B", hidden), ("B", 0), text=biff_text(name, short=True)) + record(0x000A)
    )
    bof[1] = ("H", 0x0010)
    book += record(0x0809, *bof) + sheet_records + record(0x000A)
    return container(book.ljust(4096, b"\0"))


def container(stream, name="Workbook"):
    """A compound file (MS-CFB) of one stream: table in sector 0, directory in sector 1, the stream behind them."""
    count = -(-len(stream) // 512)
    table = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, count + 2), 0xFFFFFFFE]
    table += [0xFFFFFFFF] * (128 - len(table))

    def entry(label, kind, first, size, child=0xFFFFFFFF):
        raw = (label.encode("utf-16-le") + b"\0\0").ljust(64, b"\0")
        links = struct.pack("<HBBIII", 2 * len(label) + 2, kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
        return raw + links + bytes(36) + struct.pack("<IQ", first, size)

    directory = entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1) + entry(name, 2, 2, len(stream))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0) + b"\xff" * (108 * 4)
    return header + struct.pack("<128I", *table) + directory.ljust(512, b"\0") + stream.ljust(count * 512, b"\0")


def compound(*streams):
    """The beginning of an OLE container whose directory names these streams: enough to be told by, not to be read."""
    names = b"".join(s.encode("utf-16-le") + b"\0\0" + bytes(64) for s in streams)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + struct.pack("<16s", b"") + bytes(480) + names


PARQUET = base64.b64decode(
    "UEFSMRUAFSYVJiwVBBUAFQYVBhwAAAACAAAAAwEJAAAASGlrdmlzaW9uFQAVLBUsLBUEFQAVBhUGHAAAAAIAAAAEAQUAAAAAAAAABgAAAAAA"
    "AAAVBBk8NQAYBnNjaGVtYRUEABUMJQIYBE5hbWUlAEwcAAAAFQQlAhgDUXR5ABYEGRwZLCYAHBUMGSUGABkYBE5hbWUVABYEFkwWTCYISRwV"
    "ABUAFQIAPBYSGQYZJgICAAAAJgAcFQQZJQYAGRgDUXR5FQAWBBZSFlImVEkcFQAVABUCADwpBhkmAAQAAAAWngEWBCYIFp4BACggcGFycXVl"
    "dC1jcHAtYXJyb3cgdmVyc2lvbiAyNi4wLjEZLBwAABwAAADDAAAAUEFSMQ=="
)
"""A table of Name (Hikvision, null) and Qty (5, 6), written once by pyarrow: importing it takes seconds."""

SPREADSHEETML = """<?xml version="1.0"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:x="urn:schemas-microsoft-com:office:excel" xmlns:html="http://www.w3.org/TR/REC-html40">
 <Styles><Style ss:ID="s1"><NumberFormat ss:Format="000000000"/></Style></Styles>
 <Worksheet ss:Name="Bestand">
  <Table><Column ss:Index="4" ss:Hidden="1"/>
   <Row><Cell ss:MergeAcross="1"><Data ss:Type="String">Name</Data></Cell>
    <Cell><Data ss:Type="String">CUSIP</Data></Cell></Row>
   <Row ss:Index="4" ss:Hidden="1"><Cell><Data ss:Type="String">A &amp; B</Data></Cell>
    <Cell ss:Index="3" ss:StyleID="s1"><Data ss:Type="Number">37833100</Data></Cell>
    <Cell><Data ss:Type="Error">#N/A</Data></Cell><Cell ss:Formula="=R1C1"/></Row>
   <Row><Cell><Data ss:Type="DateTime">2026-10-30T00:00:00.000</Data></Cell>
    <Cell><Data ss:Type="Boolean">1</Data></Cell>
    <Cell><Data ss:Type="Number">1.5</Data></Cell>
    <Cell><ss:Data ss:Type="String"><html:B>bold</html:B> and plain</ss:Data></Cell></Row>
  </Table>
 </Worksheet>
 <Worksheet ss:Name="Versteckt"><Table><Row><Cell><Data ss:Type="String">x</Data></Cell></Row></Table>
  <x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions></Worksheet>
</Workbook>
"""

HTML = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><title>no row</title>
<style>td { color: red }</style></head><body><h2>Account&nbsp;123</h2>
<table><tr><th>Name</th><th colspan=2>Code</th></tr>
<tr><td>Hikvision<br>Digital</td><td>002415<td>SZ
<tr style="display: none"><td rowspan=2>hidden &amp; held</td><td>1</td></tr>
</table><p>As of 30 October</p><table><tr><td>second</td></tr></table></body></html>
"""

INFO_TABLE = """<?xml version="1.0" encoding="UTF-8"?>
<n1:informationTable xmlns:n1="http://www.sec.gov/edgar/document/thirteenf/informationtable">
  <n1:infoTable>
    <n1:nameOfIssuer>A &amp; B CORP</n1:nameOfIssuer><n1:titleOfClass>COM</n1:titleOfClass>
    <n1:cusip>037833100</n1:cusip><n1:value>1500</n1:value>
    <n1:shrsOrPrnAmt><n1:sshPrnamt>10</n1:sshPrnamt><n1:sshPrnamtType>SH</n1:sshPrnamtType></n1:shrsOrPrnAmt>
    <n1:putCall>Put</n1:putCall><n1:investmentDiscretion>SOLE</n1:investmentDiscretion>
  </n1:infoTable>
  <n1:infoTable>
    <n1:nameOfIssuer>C INC</n1:nameOfIssuer><n1:cusip>000000000</n1:cusip><n1:value>7</n1:value>
  </n1:infoTable>
</n1:informationTable>
"""

SUBMISSION = f"""<SEC-DOCUMENT>0000000000-22-000001.txt : 20220214
<SEC-HEADER>
CONFORMED PERIOD OF REPORT:	20211231
FILED AS OF DATE:		20220214
		COMPANY CONFORMED NAME:			EXAMPLE ADVISERS LLC
		CENTRAL INDEX KEY:			0000000001
</SEC-HEADER>
<DOCUMENT>
<TYPE>13F-HR
<FILENAME>primary_doc.xml
<TEXT>
<XML>
<?xml version="1.0"?>
<edgarSubmission xmlns="http://www.sec.gov/edgar/thirteenffiler"><formData><summaryPage>
<tableEntryTotal>3</tableEntryTotal></summaryPage></formData></edgarSubmission>
</XML>
</TEXT>
</DOCUMENT>
<DOCUMENT>
<TYPE>INFORMATION TABLE
<FILENAME>infotable.xml
<TEXT>
<XML>
{INFO_TABLE}</XML>
</TEXT>
</DOCUMENT>
</SEC-DOCUMENT>
"""

OLD_SUBMISSION = """<SEC-DOCUMENT>0000000000-10-000001.txt : 20100214
<SEC-HEADER>
CONFORMED PERIOD OF REPORT:	20091231
</SEC-HEADER>
<DOCUMENT>
<TYPE>13F-HR
<TEXT>
NAME OF ISSUER          TITLE OF CLASS   CUSIP       VALUE     SHARES
ALPHA CORP              COM              037833100     1500        10
BETA INDUSTRIES INC     COM              00724F101      300         2
GAMMA LTD               ADR              01609W102     2475      1241
DELTA PLC               COM              00972D105       64        19
</TEXT>
</DOCUMENT>
</SEC-DOCUMENT>
"""

NPORT = """
<?xml version="1.0" encoding="UTF-8"?><edgarSubmission xmlns="http://www.sec.gov/edgar/nport">
<headerData><filerInfo><filer><issuerCredentials><cik>0000000009</cik></issuerCredentials></filer></filerInfo></headerData>
<formData><genInfo><regName>Example Trust</regName><seriesName>Emerging</seriesName><seriesId>S000000001</seriesId>
<repPdEnd>2026-12-31</repPdEnd><repPdDate>2026-09-30</repPdDate></genInfo><invstOrSecs>
<invstOrSec><name>Example Co</name><lei>N/A</lei><title>Example Co H</title><cusip>000000000</cusip>
<identifiers><isin value="CNE100000001"/><ticker value="123"/></identifiers><balance>10</balance><units>NS</units>
<currencyConditional curCd="HKD" exchangeRt="7.8"/><valUSD>55.5</valUSD><pctVal>1.25</pctVal>
<assetCat>EC</assetCat><invCountry>CN</invCountry></invstOrSec>
<invstOrSec><name>Bank</name><title>Put on Example</title><assetCat>DE</assetCat><derivativeInfo>
<optionSwaptionWarrantDeriv derivCat="OPT"><putOrCall>Put</putOrCall><descRefInstrmnt><otherRefInst>
<issuerName>Example Co</issuerName><issueTitle>Example Co H</issueTitle><identifiers><isin value="CNE100000001"/>
</identifiers></otherRefInst></descRefInstrmnt><exercisePrice>12</exercisePrice><expDt>2027-01-15</expDt>
</optionSwaptionWarrantDeriv></derivativeInfo></invstOrSec>
</invstOrSecs></formData></edgarSubmission>
"""


def parts_of(data):
    """Name and bytes of each part of a zip."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]
