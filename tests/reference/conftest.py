"""Publications of our own making, in OFAC's layouts, so that each fault can be put in by hand."""

from __future__ import annotations

import contextlib
import http.server
import threading
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

import pytest

from cmic_screen.model import EntityName, ListedEntity, ListSnapshot, NameKind, Scheme
from cmic_screen.reference import build_snapshot, embedded_snapshot
from cmic_screen.reference.snapshot import sealed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from email.message import Message
    from pathlib import Path

NAMESPACE = "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/ENHANCED_XML"
DOCUMENTS = {
    Scheme.USCC: "Unified Social Credit Code (USCC)",
    Scheme.LEI: "Legal Entity Number",
    Scheme.COMPANY_NO: "Company Number",
}
COUNTRIES = {"CN": "China", "KY": "Cayman Islands", "VG": "Virgin Islands, British", "HK": "Hong Kong"}


def company(
    uid: str = "40001", name: str = "EXAMPLE DRONES CO., LTD.", listed: date = date(2026, 11, 29)
) -> ListedEntity:
    """A listing that a test invents; its clocks run from `listed`."""
    model = embedded_snapshot().entity("33111")
    return replace(
        model,
        uid=uid,
        names=(EntityName(text=name, kind=NameKind.PRIMARY),),
        identifiers=(),
        tickers=(),
        listed=listed,
        effective=listed + timedelta(days=60),
        divestment_ends=listed + timedelta(days=365),
    )


def enhanced_xml(
    entities: tuple[ListedEntity, ...],
    published: date,
    *,
    namespace: str = NAMESPACE,
    others: int = 0,
    put_in: str = "",
) -> str:
    """The entities as OFAC's ENHANCED_XML; `others` records of other lists; `put_in` goes into the first entity."""
    values = "".join(
        f"<referenceValue refId='{n}'><type>COUNTRY</type><value>{escape(name)}</value><isoCode>{code}</isoCode>"
        "</referenceValue>"
        for n, (code, name) in enumerate(COUNTRIES.items())
    )
    records = [_record(e, put_in if n == 0 else "") for n, e in enumerate(entities)]
    records += [
        f"<entity id='{900000 + n}'><sanctionsLists><sanctionsList>Consolidated List</sanctionsList></sanctionsLists>"
        "</entity>"
        for n in range(others)
    ]
    return (
        f"<?xml version='1.0' encoding='utf-8'?>\n<sanctionsData xmlns='{namespace}'><publicationInfo>"
        f"<dataAsOf>{published}T00:00:00</dataAsOf></publicationInfo><referenceValues>{values}</referenceValues>"
        f"<featureTypes/><entities>{''.join(records)}</entities></sanctionsData>\n"
    )


def _record(entity: ListedEntity, put_in: str) -> str:
    primary = [n for n in entity.names if n.kind is NameKind.PRIMARY]
    names = _name(primary, "<isPrimary>true</isPrimary><isLowQuality>false</isLowQuality>")
    for name in entity.names:
        if name.kind in {NameKind.AKA, NameKind.FKA, NameKind.WEAK}:
            alias = "F.K.A." if name.kind is NameKind.FKA else "A.K.A."
            weak = str(name.kind is NameKind.WEAK).lower()
            names += _name(
                [name],
                f"<isPrimary>false</isPrimary><aliasType>{alias}</aliasType><isLowQuality>{weak}</isLowQuality>",
            )
    features = "".join(
        [
            *(
                _feature("Equity Ticker", t.text, f"<comments>({t.venue})</comments>" if t.venue else "")
                for t in entity.tickers
            ),
            *(_feature("Issuer Name", n.text) for n in entity.names if n.kind is NameKind.ISSUER),
            *(_feature("ISIN", i.value) for i in entity.identifiers if i.scheme is Scheme.ISIN),
            *(_feature("ISIN", r.text) for r in entity.rejected if r.scheme is Scheme.ISIN),
            *([_feature("Target Type", entity.target_type)] if entity.target_type else []),
            _day("Listing Date (CMIC)", entity.listed),
            _day("Effective Date (CMIC)", entity.effective),
            _day("Purchase/Sales For Divestment Date (CMIC)", entity.divestment_ends),
        ]
    )
    documents = "".join(
        f"<identityDocument id='1'><type>{DOCUMENTS[i.scheme]}</type><documentNumber>{i.value}</documentNumber>"
        "<isValid>true</isValid></identityDocument>"
        for i in entity.identifiers
        if i.scheme in DOCUMENTS
    )
    addresses = "".join(f"<address id='1'><country>{COUNTRIES[c]}</country></address>" for c in entity.countries)
    links = "".join(
        f"<relationship id='1'><type>Owned or Controlled By</type>"
        f"<relatedEntity entityId='1'>{escape(n)}</relatedEntity></relationship>"
        for n in entity.linked_to
    )
    programmes = "".join(f"<sanctionsProgram id='1'>{p}</sanctionsProgram>" for p in entity.programmes)
    authority = "".join(f"<legalAuthority id='1'>{a}</legalAuthority>" for a in entity.legal_authority)
    head = "<generalInfo><identityId>1</identityId><entityType>Entity</entityType></generalInfo>"
    on_list = "<sanctionsLists><sanctionsList>Non-SDN CMIC List</sanctionsList></sanctionsLists>"
    return (
        f"<entity id='{entity.uid}'>{head}{on_list}"
        f"<sanctionsPrograms>{programmes}</sanctionsPrograms><legalAuthorities>{authority}</legalAuthorities>"
        f"<names>{names}</names><addresses>{addresses}</addresses><features>{features}</features>"
        f"<identityDocuments>{documents}</identityDocuments><relationships>{links}</relationships>{put_in}</entity>"
    )


def _name(translations: list[EntityName], head: str) -> str:
    parts = ""
    for name in translations:
        script = "Latin" if name.script == "Latin" else "Chinese Simplified"
        text = f"<script>{script}</script><formattedFullName>{escape(name.text)}</formattedFullName>"
        parts += f"<translation id='1'><isPrimary>true</isPrimary>{text}</translation>"
    return f"<name id='1'>{head}<translations>{parts}</translations></name>"


def _feature(label: str, value: str, more: str = "") -> str:
    return (
        f"<feature id='1'><type>{label}</type><value>{escape(value)}</value>{more}<isPrimary>true</isPrimary></feature>"
    )


def _day(label: str, day: date) -> str:
    ends = "".join(f"<{e}>{day}</{e}>" for e in ("fromDateBegin", "fromDateEnd", "toDateBegin", "toDateEnd"))
    return _feature(
        label,
        f"{day:%d %b %Y}",
        f"<valueDate id='1'>{ends}<isApproximate>false</isApproximate><isDateRange>false</isDateRange></valueDate>",
    )


def prim_row(uid: str, name: str, remark: str, programme: str = "CMIC-EO13959") -> str:
    """One line of CONS_PRIM.CSV."""
    null = "-0- "
    return ",".join([uid, f'"{name}"', null, f'"{programme}"', *([null] * 7), f'"{remark}"'])


DATES = (
    "Effective Date (CMIC) 14 Feb 2022; Purchase/Sales For Divestment Date (CMIC) 16 Dec 2022; "
    "Listing Date (CMIC) 16 Dec 2021"
)


def csv_set(
    folder: Path,
    prim: list[str],
    alt: list[str] | None = None,
    add: list[str] | None = None,
    comments: list[str] | None = None,
    *,
    end: str = "\x1a",
    name: str = "CONS_{}.CSV",
) -> Path:
    """The four legacy files in `folder`; the path of the first."""
    folder.mkdir(parents=True, exist_ok=True)
    for role, rows in (("PRIM", prim), ("ALT", alt or []), ("ADD", add or []), ("COMMENTS", comments or [])):
        text = "".join(f"{row}\r\n" for row in rows) + end
        (folder / name.format(role)).write_bytes(text.encode("latin-1"))
    return folder / name.format("PRIM")


@pytest.fixture(scope="session")
def embedded() -> ListSnapshot:
    return embedded_snapshot()


@pytest.fixture(scope="session")
def built(shared: Path) -> dict[str, ListSnapshot]:
    """The shared publications, each built once."""
    ofac = shared / "ofac"
    return {
        "ENHANCED_XML": build_snapshot(ofac / "cons_enhanced_2026-01-08.xml.gz"),
        "2024": build_snapshot(ofac / "cons_enhanced_2024-07-03.xml.gz"),
        "LEGACY_CSV": build_snapshot(ofac / "cons_prim_2025-12.csv"),
        "TRADEGOV_CSL": build_snapshot(ofac / "tradegov_csl_2023-11_truncated.csv.gz", accept_truncated=True),
    }


@pytest.fixture
def few(embedded: ListSnapshot, monkeypatch: pytest.MonkeyPatch) -> ListSnapshot:
    """The embedded list, six companies long: what is under test does not depend on how many there are."""
    short = replace(sealed(replace(embedded, entities=embedded.entities[:6], records=80)), embedded=True)
    for module in ("store", "update"):
        monkeypatch.setattr(f"cmic_screen.reference.{module}.embedded_snapshot", lambda: short)
    return short


@dataclass
class Answer:
    """What the test's server answers to one path. `cut` bytes are announced and not sent; a drip sends byte by byte."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    cut: int = 0
    stall: bool = False
    drip: bool = False
    chunked: bool = False


@dataclass
class Server:
    """A real HTTP server on this machine. Answers to a path are used up one by one; the last one stays."""

    url: str
    answers: dict[str, list[Answer]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    headers: list[Message] = field(default_factory=list)

    def serve(self, path: str, *answers: Answer) -> str:
        self.answers[path] = list(answers)
        return self.url + path


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):  # the machine's own proxy is not under test
        monkeypatch.delenv(name, raising=False)
    release = threading.Event()

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self.close_connection = True  # one answer a connection: what is cut is then seen to be cut
            found.asked.append(self.path)
            found.headers.append(self.headers)
            queue = found.answers.get(self.path.partition("?")[0], [Answer(status=404)])
            answer = queue.pop(0) if len(queue) > 1 else queue[0]
            if answer.stall:
                release.wait(20)
                return
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            if answer.chunked:
                self.send_header("Transfer-Encoding", "chunked")
                self.end_headers()
                for n in range(0, len(answer.body), 1000):
                    part = answer.body[n : n + 1000]
                    self.wfile.write(b"%x\r\n%s\r\n" % (len(part), part))
                self.wfile.write(b"" if answer.cut else b"0\r\n\r\n")
                return
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            if answer.drip:
                with contextlib.suppress(ConnectionError):  # the client left, as it should
                    for n in range(100):
                        self.wfile.write(answer.body[n : n + 1])
                        release.wait(0.05)
                return
            self.wfile.write(answer.body[: len(answer.body) - answer.cut])

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Nothing to the terminal."""

    httpd = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    httpd.daemon_threads = True
    found = Server(url=f"http://127.0.0.1:{httpd.server_address[1]}")
    thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield found
    release.set()
    httpd.shutdown()
    httpd.server_close()
    thread.join()


@pytest.fixture
def answer() -> type[Answer]:
    return Answer


@pytest.fixture
def invent() -> Callable[..., ListedEntity]:
    return company


@pytest.fixture
def publish(tmp_path: Path) -> Callable[..., Path]:
    """Write an ENHANCED_XML file and give its path."""

    def write(
        entities: tuple[ListedEntity, ...], published: date, name: str = "CONS_ENHANCED.XML", **more: object
    ) -> Path:
        path = tmp_path / name
        path.write_text(enhanced_xml(entities, published, **more), encoding="utf-8")  # type: ignore[arg-type]
        return path

    return write


@pytest.fixture
def legacy() -> Callable[..., Path]:
    return csv_set


@pytest.fixture
def prim() -> Callable[..., str]:
    return prim_row


@pytest.fixture
def dates() -> str:
    return DATES
