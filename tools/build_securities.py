"""Builds src/cmic_screen/reference/data/securities.csv from hand rows and the team's shared data; no source itself.

Run from the project root with CMIC_SHARED set (default ../shared): `python tools/build_securities.py`. Facts enter,
files do not: each row says where it was seen. Read: HKEX list of securities (March 2026), financedatabase equities (16
August 2026), iShares holdings (2020), the project's table of Chinese names, and tools/securities_hand.csv. Sorted, so
that a rebuild from equal data gives equal bytes.
"""

from __future__ import annotations

import csv
import gzip
import os
import sys
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import python_calamine

from cmic_screen.identifiers import classify, derive
from cmic_screen.markets import parse_ticker
from cmic_screen.model import MasterRow, Origin, Scheme, SecurityIdentifier
from cmic_screen.names.hkex import parse_structured
from cmic_screen.reference import embedded_snapshot
from cmic_screen.reference.securities import COLUMNS, problems_of, row_cells
from cmic_screen.resolve.index import NUMERIC_MARKETS, SecurityIndex
from cmic_screen.resolve.strangers import is_stranger, words_of

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("CMIC_SHARED", ROOT.parent / "shared")).resolve() / "data"
OUT = ROOT / "src/cmic_screen/reference/data/securities.csv"
HKEX, DATABASE, ISHARES = (
    "HKEX list of securities of March 2026", "financedatabase equities of 16 August 2026", "iShares holdings of 2020",
)  # fmt: skip


@dataclass(slots=True)
class Known:
    """Securities whose owner is known: by ISIN and by code and market, with the relation the owner has."""

    by_isin: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    by_ticker: dict[tuple[str, str], tuple[str, str, str]] = field(default_factory=dict)
    underlyings: dict[str, str] = field(default_factory=dict)
    words: dict[str, frozenset[str]] = field(default_factory=dict)


def hand_rows() -> list[MasterRow]:
    """The hand table, one row a name, ticker or identifier."""
    rows = []
    with (ROOT / "tools/securities_hand.csv").open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            items = [("name", n, "") for n in line["names"].split("|") if n]
            items += [("ticker", *t.split("@")) for t in line["tickers"].split("|") if t]
            items += [(*i.split(":"), "") for i in line["identifiers"].split("|") if i]
            for scheme, value, mic in items:
                cells = {c: line.get(c, "") for c in COLUMNS} | {"scheme": scheme, "value": value, "mic": mic}
                if scheme != "ticker":
                    cells["valid_from"] = cells["valid_to"] = ""
                rows.append(row_cells(cells))
    return rows


def row(uid: str, relation: str, scheme: str, value: str, source: str, *, mic: str = "", note: str = "",
        policy: str = "", confidence: str = "high") -> MasterRow:  # fmt: skip
    """A generated row."""
    return MasterRow(uid=uid, relation=relation, scheme=scheme, value=value, mic=mic, source=source,
                     confidence=confidence, note=note, policy=policy)  # fmt: skip


def known_of(index: SecurityIndex) -> Known:
    """What OFAC and the hand rows already tie to a company, its own securities first."""
    known = Known(underlyings={short: facts[0].uid for short, facts in index.underlyings.items()})
    known.words = {uid: words_of(n.text for n in index.names if n.uid == uid) for uid in index.entities}
    order = {"issuer": 0, "receipt": 1, "derivative": 2, "related": 3, "not": 4}
    for (scheme, value), facts in index.identifiers.items():
        best = min(facts, key=lambda f: order[f.relation])
        if scheme == Scheme.ISIN and not best.derived:
            known.by_isin[value] = (best.uid, best.relation, best.note if best.relation in {"related", "not"} else "")
    for code, facts in index.tickers.items():
        for fact in sorted(facts, key=lambda f: -order[f.relation]):
            note = fact.note if fact.relation in {"related", "not"} else ""
            known.by_ticker[code, fact.mic] = (fact.uid, fact.relation, note)
    return known


def warrant(uid: str, code: str, isin: str, name: str, expiry: str) -> list[MasterRow]:
    """Code (until it expires: codes are given again) and ISIN of a structured product on a listed company's share."""
    day, month, year = expiry.split("/")
    until = date(int(year), int(month), int(day))
    code_row = replace(row(uid, "derivative", "ticker", code, HKEX, mic="XHKG", note=name), valid_to=until)
    known = classify(isin).identifiers
    return [code_row, row(uid, "derivative", "isin", isin, HKEX, note=name)] if known else [code_row]


def from_hkex(known: Known) -> list[MasterRow]:
    """Codes and ISINs of the exchange's equities and debt whose owner is known by either."""
    sheet = python_calamine.CalamineWorkbook.from_path(str(SHARED / "master/HKEX_ListOfSecurities.xlsx"))
    rows = []
    for cells in sheet.get_sheet_by_index(0).to_python():
        code, name, isin = str(cells[0]).lstrip("0"), str(cells[1]), str(cells[5])
        product = parse_structured(name) if "@" in name or "#" in name else None
        if product and product.underlying in known.underlyings:
            rows += warrant(known.underlyings[product.underlying], code, isin, name, str(cells[6]))
            continue
        owner = known.by_ticker.get((code, "XHKG")) or known.by_isin.get(isin)
        if not owner or str(cells[2]) not in {"Equity", "Debt Securities"}:
            continue
        uid, relation, note = owner
        counter = note or ("RMB counter" if name.endswith(("-R", "-WR")) else "")
        rows.append(row(uid, relation, "ticker", code, HKEX, mic="XHKG", note=counter))
        if classify(isin).identifiers:
            rows.append(row(uid, relation, "isin", isin, HKEX, note=note))
        if str(cells[2]) == "Equity" and relation == "issuer" and not name.endswith("-R"):
            rows.append(row(uid, relation, "name", name, HKEX, note="HKEX short name", confidence="medium"))
    return rows


def from_database(known: Known) -> list[MasterRow]:
    """Secondary listings and FIGIs of securities whose owner is known by ISIN or by code and market.

    The database fills some ISINs in by the symbol alone, another exchange's included (CMW: China Communications
    Services in Munich, Cromwell Property in Sydney), so a line tied by ISIN must not bear a stranger's name.
    """
    rows = []
    with gzip.open(SHARED / "master/financedatabase_equities_2026-08-16.csv.gz", "rt", encoding="utf-8") as file:
        for line in csv.DictReader(file):
            ticker = parse_ticker(line["symbol"])
            owner = known.by_isin.get(line["isin"]) or known.by_ticker.get((ticker.code, ticker.mic))
            if not owner:
                continue
            uid, relation, note = owner
            if (ticker.code, ticker.mic) not in known.by_ticker and is_stranger(line["name"], known.words[uid]):
                continue
            if ticker.mic and len(ticker.mic) == 4:
                rows.append(row(uid, relation, "ticker", ticker.code, DATABASE, mic=ticker.mic, note=note))
            stated = [line[c] for c in ("figi", "composite_figi", "shareclass_figi")]
            figis = [f for f in stated if any(i.scheme is Scheme.FIGI for i in classify(f).identifiers)]
            rows += [row(uid, relation, "figi", f, DATABASE, note=note) for f in figis]
    return rows


def from_ishares(known: Known) -> list[MasterRow]:
    """SEDOLs, ISINs and codes printed beside a known ISIN, or beside a known code of a numbering exchange."""
    rows = []
    with (SHARED / "holdings/ishares_emimi_2020.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file))
    start = next(i for i, cells in enumerate(lines) if cells and cells[0] == "Ticker")
    for cells in lines[start + 1 :]:
        if len(cells) < 12:
            continue
        ticker = parse_ticker(cells[0], exchange=cells[11])
        numbered = ticker.mic in NUMERIC_MARKETS
        owner = known.by_isin.get(cells[10]) or (known.by_ticker.get((ticker.code, ticker.mic)) if numbered else None)
        if not owner or (cells[10] not in known.by_isin and is_stranger(cells[1], known.words[owner[0]])):
            continue
        uid, relation, note = owner
        if classify(cells[10]).identifiers:
            rows.append(row(uid, relation, "isin", cells[10], ISHARES, note=note))
        if any(i.scheme is Scheme.SEDOL for i in classify(cells[9], Scheme.SEDOL).identifiers):
            rows.append(row(uid, relation, "sedol", cells[9], ISHARES, note=note))
        if numbered:
            rows.append(row(uid, relation, "ticker", ticker.code, ISHARES, mic=ticker.mic, note=note))
    return rows


def chinese_names(listed: SecurityIndex) -> list[MasterRow]:
    """Registered and short Chinese names as the project compiled them."""
    source = "Chinese names compiled by this project from company registers and exchanges"
    rows = []
    for line in (SHARED / "names/chinese_names.tsv").read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if not line.startswith("#") and cells[0] in listed.entities:
            rows.append(row(cells[0], "issuer", "name", cells[1], source, note="registered Chinese name"))
            rows += [
                row(cells[0], "issuer", "name", c, source, note="short Chinese name", confidence="medium")
                for c in cells[2:] if c
            ]  # fmt: skip
    return rows


def inside_isins(index: SecurityIndex) -> list[MasterRow]:
    """CUSIPs inside OFAC's own US and CINS-based ISINs: the same security by construction of the standard."""
    rows = []
    for (scheme, value), facts in list(index.identifiers.items()):
        if scheme == Scheme.ISIN and not facts[0].derived and facts[0].source == "OFAC":
            stated = SecurityIdentifier(scheme=Scheme.ISIN, value=value, origin=Origin.STATED)
            relation = "receipt" if value.startswith("US") else "issuer"
            rows += [
                row(facts[0].uid, relation, "cusip", d.value, f"CUSIP inside OFAC's ISIN {value}")
                for d in derive((stated,)) if d.scheme is Scheme.CUSIP
            ]  # fmt: skip
    return rows


def exchanges(index: SecurityIndex) -> list[MasterRow]:
    """The exchange of each numeric ticker of OFAC's, which gives only the country."""
    rows = []
    for code, facts in index.tickers.items():
        for fact in facts:
            if fact.source == "OFAC" and fact.mic in NUMERIC_MARKETS:
                source = "OFAC's ticker; exchange by its numbering"
                rows.append(row(fact.uid, "issuer", "ticker", code, source, mic=fact.mic))
    return rows


def merged(rows: list[MasterRow]) -> list[MasterRow]:
    """One row a fact; where several sources state it, the hand row, else the first."""
    facts: dict[tuple[str, str, str, str], MasterRow] = {}
    for one in rows:
        facts.setdefault((one.uid, one.scheme, one.value, one.mic), one)
    relation = {"issuer": 0, "receipt": 1, "derivative": 2, "related": 3, "not": 4}
    return sorted(facts.values(), key=lambda r: (r.uid, relation[r.relation], r.scheme, r.value, r.mic))


def with_policy(rows: list[MasterRow], hand: list[MasterRow]) -> list[MasterRow]:
    """Generated rows of a relative whose hand row has a policy carry it too (told by the note)."""
    policy = defaultdict(str, {(r.uid, r.note): r.policy for r in hand if r.policy == "REVIEW"})
    return [
        r if r.policy or r.relation != "related" else row_cells(
            {c: str(getattr(r, c) or "") for c in COLUMNS} | {"policy": policy[r.uid, r.note]}
        )
        for r in rows
    ]  # fmt: skip


def main() -> int:
    """Write the master; 1 where a row is wrong or two contradict, with every fault on stderr."""
    snapshot = embedded_snapshot()
    hand = hand_rows()
    index = SecurityIndex(snapshot, hand)
    known = known_of(index)
    rows = hand + chinese_names(index) + from_hkex(known) + from_database(known) + from_ishares(known)
    rows += inside_isins(index) + exchanges(index)
    rows = with_policy(merged(rows), hand)
    faults = problems_of(rows, snapshot)
    for fault in faults:
        sys.stderr.write(f"{fault}\n")
    with OUT.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows([str(getattr(r, c) or "") for c in COLUMNS] for r in rows)
    sys.stdout.write(f"{len(rows)} rows\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
