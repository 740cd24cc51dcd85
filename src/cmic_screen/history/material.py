"""All that a run was made of, as files of its folder: written when it is kept, read when replayed or compared.

Whoever has the folder can screen again without the ledger, the network or this machine (issue 8.7). It reads no clock:
what followed the clock stands in `request.json` and is used as it stands there.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from functools import cached_property
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

from cmic_screen import __version__, programme, screening, service
from cmic_screen.digests import canonical, digest, file_digest
from cmic_screen.errors import HistoryError
from cmic_screen.history import sources, store
from cmic_screen.history.compare import SWAPPED, Factor
from cmic_screen.labels import label
from cmic_screen.model import Action, DecisionOnMatch, Licence
from cmic_screen.reference import securities
from cmic_screen.reference.snapshot import dumps, loads
from cmic_screen.run import Circumstances

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from cmic_screen.accounts import AccountMap
    from cmic_screen.athand import AtHand
    from cmic_screen.history.sources import Source
    from cmic_screen.history.store import Staging
    from cmic_screen.intake import Intake
    from cmic_screen.lookthrough import FundBook
    from cmic_screen.model import ListSnapshot
    from cmic_screen.run import ScreeningRun

REQUEST, RECORD, REPORT, COMPARED = "request.json", store.RECORD, "report.xlsx", "compared.json"
COMPANION = "report.rows.csv"
_LIST, _DECISIONS, _LAW, _TABLE = store.LIST, "decisions.json", "law/programme.toml", "law/decision_table.csv"
_MASTER, _OWN, _ACCOUNTS, _FUNDS = "master/shipped.csv", "master/own.csv", "accounts.csv", "funds"
EXPECTATIONS: Final = "expectations"
SCHEMA: Final = "cmic-screen/material/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be screened, before it is staged. `about` are the circumstances a door found out (screening.py);
    `expected` is a monthly configuration as JSON values, by which the run is judged fit for acceptance.
    """

    sources: tuple[Source, ...]
    snapshot: ListSnapshot
    as_of: date
    kind: str
    about: Circumstances
    decisions: tuple[DecisionOnMatch, ...] = ()
    home: Path | None = None
    accounts: Path | None = None
    funds: Path | None = None
    fund_max_age: int = 92
    expected: Mapping[str, Any] | None = None


def stage(staging: Staging, wanted: Wanted, at_hand: AtHand | None = None) -> Material:
    """Copy everything into the staging folder, from where it is read then. HistoryError: disk, rights."""
    staging.step("copying the inputs")
    law = resources.files("cmic_screen")
    in_force = programme.load_programme(wanted.home)
    staging.put(_LAW, law.joinpath("programme.toml").read_bytes())
    staging.put(_TABLE, law.joinpath("decision_table.csv").read_bytes())
    staging.put(_MASTER, resources.files("cmic_screen.reference").joinpath("data/securities.csv").read_bytes())
    own = wanted.home / securities.OWN_FILE if wanted.home else None
    if own is not None and own.is_file():
        staging.put_file(_OWN, own)
    staging.put(_LIST, dumps(wanted.snapshot).encode())
    staging.put(_DECISIONS, _json([asdict(d) for d in wanted.decisions]))
    if wanted.accounts is not None:
        staging.put_file(_ACCOUNTS, wanted.accounts)
    if wanted.funds is not None:
        _put_folder(staging, _FUNDS, wanted.funds)
    request = {
        "schema": SCHEMA,
        "as_of": wanted.as_of.isoformat(),
        "kind": wanted.kind,
        "about": asdict(wanted.about),
        "list": {"checked_at": wanted.snapshot.checked_at, "embedded": wanted.snapshot.embedded},
        "programme": {
            "confirmed_through": in_force.confirmed_through.isoformat(),
            "confirmation_source": in_force.confirmation_source,
        },
        "sources": [sources.stage(staging, i, s) for i, s in enumerate(wanted.sources)],
        "accounts": wanted.accounts is not None,
        "funds": wanted.funds is not None,
        "fund_max_age": wanted.fund_max_age,
        "tool_version": __version__,
        "expected": wanted.expected,
    }
    staging.put(REQUEST, _json(request))
    return Material(staging.folder, at_hand)


@dataclass(frozen=True)
class Material:
    """The material of a run folder, each part read once, when asked for; what is `at_hand` already not even once."""

    folder: Path
    at_hand: AtHand | None = None

    @cached_property
    def request(self) -> Mapping[str, Any]:
        """`request.json`. HistoryError where it is missing (a run kept without its inputs) or of another schema."""
        path = self.folder / REQUEST
        if not path.is_file():
            raise HistoryError("the run was kept without its material.", where=str(path), do="It cannot be replayed.")
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if found.get("schema") != SCHEMA:
            raise HistoryError(f"material of schema {found.get('schema')!r}, not {SCHEMA}.", where=str(path))
        return found

    @property
    def as_of(self) -> date:
        """The day in New York the run judged."""
        return date.fromisoformat(self.request["as_of"])

    @cached_property
    def intakes(self) -> tuple[Intake, ...]:
        """The holdings of each source, read again from the copies."""
        reading = self.at_hand.reading if self.at_hand else None
        return tuple(sources.read(self.folder, s, reading) for s in self.request["sources"])

    @cached_property
    def intake(self) -> Intake:
        """The holdings of all sources."""
        joined = sources.joined(self.intakes, [s["name"] for s in self.request["sources"]])
        return service.taken_as(joined, self.request["kind"])

    @cached_property
    def snapshot(self) -> ListSnapshot:
        """The list."""
        found = loads((self.folder / _LIST).read_text(encoding="utf-8"), _LIST)
        return replace(found, **self.request["list"])

    @cached_property
    def programme(self) -> programme.Programme:
        """The law as kept, with the confirmation that held then."""
        found = programme.parse_programme((self.folder / _LAW).read_bytes(), (self.folder / _TABLE).read_bytes())
        said = self.request["programme"]
        return programme.confirmed(found, date.fromisoformat(said["confirmed_through"]), said["confirmation_source"])

    @cached_property
    def master(self) -> securities.Master:
        """The securities master, shipped rows and own."""
        bodies = [(p.name, p.read_bytes()) for n in (_MASTER, _OWN) if (p := self.folder / n).is_file()]
        rows = tuple(row for name, body in bodies for row in securities.read_rows(body, name))
        return securities.Master(rows, hashlib.sha256(b"".join(body for _, body in bodies)).hexdigest())

    @cached_property
    def decisions(self) -> tuple[DecisionOnMatch, ...]:
        """The decisions as handed to the screening."""
        return tuple(_decision(d) for d in json.loads((self.folder / _DECISIONS).read_text(encoding="utf-8")))

    @cached_property
    def accounts(self) -> AccountMap | None:
        """Who owns the accounts, where a map was given."""
        from cmic_screen.accounts import load_account_map

        return load_account_map(self.folder / _ACCOUNTS) if self.request["accounts"] else None

    @cached_property
    def funds(self) -> FundBook | None:
        """Fund constituents, where a folder of them was given."""
        from cmic_screen.fundfiles import load_funds

        return load_funds(self.folder / _FUNDS, self.request["fund_max_age"]) if self.request["funds"] else None

    @cached_property
    def parts(self) -> dict[str, str]:
        """A digest a factor, and one of the month's expectations, which change no verdict: two runs differ in those
        whose digests differ. What follows the clock is left out.
        """
        law = (self.programme.sha256, self.request["programme"]["confirmed_through"])
        data = [self.master.sha256, _tree(self.folder / _ACCOUNTS), _tree(self.folder / _FUNDS)]
        said = {
            Factor.HOLDINGS: [
                self.request["kind"],
                *(sources.digest_of(self.folder, s) for s in self.request["sources"]),
            ],
            Factor.LIST: self.snapshot.digest,
            Factor.PROGRAMME: law,
            Factor.DECISION: (self.folder / _DECISIONS).read_text(encoding="utf-8"),
            Factor.DATA: [*data, self.request["fund_max_age"]],
            Factor.DATE: self.request["as_of"],
            Factor.VERSION: self.request["tool_version"],
        }
        found = {factor.value: digest(value) for factor, value in said.items()}
        return {**found, EXPECTATIONS: digest(self.request["expected"])}


def screen(
    of: Material, mixed: Mapping[Factor, Material] | None = None, *, given: Intake | None = None
) -> ScreeningRun:
    """Screen a run's material again, under its own circumstances; `mixed` takes single factors from another run,
    `given` are holdings read from elsewhere.
    """
    take = {f: (mixed or {}).get(f, of) for f in SWAPPED}
    data, intake, snapshot = take[Factor.DATA], given or take[Factor.HOLDINGS].intake, take[Factor.LIST].snapshot
    resolver = None
    if of.at_hand is not None:
        resolver = of.at_hand.resolvers.of(snapshot, data.master, securities=len(intake.table))
    return screening.screen(
        intake,
        snapshot,
        take[Factor.PROGRAMME].programme,
        take[Factor.DATE].as_of,
        take[Factor.DECISION].decisions,
        master=data.master,
        about=Circumstances(**_known(Circumstances, of.request["about"])),
        accounts=data.accounts,
        funds=data.funds,
        resolver=resolver,
    )


def differing(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[Factor, ...]:
    """The factors whose digests differ between two runs' parts."""
    return tuple(f for f in Factor if old.get(f.value) != new.get(f.value))


def _decision(said: Mapping[str, Any]) -> DecisionOnMatch:
    licence = said["licence"]
    if licence is not None:
        licence = Licence(
            **{
                **licence,
                "actions": tuple(Action(a) for a in licence["actions"]),
                "uids": tuple(licence["uids"]),
                "valid_from": date.fromisoformat(licence["valid_from"]),
                "valid_to": date.fromisoformat(licence["valid_to"]),
            }
        )
    known = _known(DecisionOnMatch, said)
    return DecisionOnMatch(**{**known, "until": date.fromisoformat(said["until"]), "licence": licence})


def _known(kind: type[Any], said: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that this release's type still has: a run of ten years ago may state more, and a replay shows if it
    mattered.
    """
    names = {f.name for f in fields(kind)}
    return {name: value for name, value in said.items() if name in names}


def _put_folder(staging: Staging, name: str, folder: Path) -> None:
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        staging.put_file(f"{name}/{label(path.relative_to(folder).as_posix())}", path)


def _tree(path: Path) -> str:
    """Digest over a file, or over every file of a folder by name; "" where there is nothing."""
    if path.is_file():
        return file_digest(path)
    files = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else []
    return digest([[p.relative_to(path).as_posix(), _tree(p)] for p in files]) if files else ""


def _json(value: Any) -> bytes:
    plain: Any = json.loads(json.dumps(value, ensure_ascii=False, default=_iso))
    return (canonical(plain) + "\n").encode("utf-8")


def _iso(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def replayed(folder: Path) -> str:
    """The record of a run folder computed anew from its material, as text, clear rows included."""
    from cmic_screen.report import record as records

    material = Material(folder)
    run = screen(material)
    path = folder / COMPARED
    if path.is_file():  # what came from other runs, which are not part of this one's material
        said: Mapping[str, Sequence[dict[str, str]]] = json.loads(path.read_text(encoding="utf-8"))
        run = replace(run, changes=tuple(said["changes"]), trend=tuple(said["trend"]))
    return records.dumps(records.to_record(run, all_rows=True))
