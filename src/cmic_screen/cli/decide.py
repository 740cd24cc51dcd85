"""`decide` and `decisions list|sign|revoke|export|import`: what reviewers conclude; identity not authenticated."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cmic_screen.cli.common import Format, FormatOption, ReviewerOption, day, emit, say
from cmic_screen.errors import UsageError, words_of

if TYPE_CHECKING:
    from cmic_screen.history.ledger import Ledger
    from cmic_screen.history.runs import Run
    from cmic_screen.model import ListSnapshot

ID = Annotated[str, typer.Argument(help="A decision's id, D-0001.")]
RUN = Annotated[str, typer.Option("--run", help="Run id or beginning of one; default: the latest.")]
UNSIGNED = "waits for a second signature"


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    example = "decide F-007 --as false-positive --reason 'Other company: ISIN and country differ' --by Ana"
    app.command(epilog=f"Example: cmic-screen {example}")(decide)
    group = typer.Typer(help="Reviewers' decisions: in force, lapsed, to be signed.", no_args_is_help=True)
    for command, words in (
        (list_, "list --format json"), (sign, "sign D-0001 --by Bo"),
        (revoke, "revoke D-0001 --by Ana --reason 'The custodian corrected the name'"),
        (export, "export review.xlsx"), (import_, "import review.xlsx"),
    ):  # fmt: skip
        group.command(command.__name__.rstrip("_"), epilog=f"Example: cmic-screen decisions {words}")(command)
    app.add_typer(group, name="decisions")


def decide(
    findings: Annotated[list[str], typer.Argument(help="References as the report prints them: F-001 F-002.")],
    conclusion: Annotated[str, typer.Option("--as", help="false-positive, true-match, licensed or look-through.")],
    reason: Annotated[str, typer.Option("--reason", help="Why, in 15 characters at least.")],
    by: ReviewerOption,
    until: Annotated[str | None, typer.Option("--until", help="Last day in force, ISO; at most 366 days on.")] = None,
    run: RUN = "latest",
    entity: Annotated[str, typer.Option("--entity", help="Only this listed entity (OFAC uid) of the finding.")] = "",
    licence: Annotated[
        Path | None,
        typer.Option(
            "--licence", help="TOML: number, parties, actions, securities, limits, valid_from, valid_to, document."
        ),
    ] = None,
    fmt: FormatOption = Format.TEXT,
) -> None:
    """Decide on findings of a kept run: all of them or none. What lowers a verdict waits for a second signature."""
    from cmic_screen.history import Ledger, decisions, who
    from cmic_screen.history.answers import Answer, drafts
    from cmic_screen.moment import stamp, today

    said = None if licence is None else _licence(licence)
    actor = who(by)
    with Ledger.open() as ledger:
        record, snapshot = _material(ledger, _run(ledger, run))
        answers = [
            Answer(ref=ref, conclusion=conclusion, reason=reason, on=today(), until=day(until, "--until"), uid=entity,
                   licence=said)
            for ref in findings
        ]  # fmt: skip
        bodies = [body for answer in answers for body in drafts(record, snapshot, answer, actor)]
        made = decisions.enter(ledger, bodies, actor=actor, at=stamp())
    waits = {m.id: m.entry.body["conclusion"] in decisions.LOWERING for m in made}
    rows = [{**m.as_json(), "state": UNSIGNED if waits[m.id] else "in force"} for m in made]
    lines = [
        f"{m.id} {m.entry.body['ref']} {m.entry.body['conclusion']} until {m.entry.body['until']}"
        + (f"; not in force until signed: cmic-screen decisions sign {m.id} --by NAME" if waits[m.id] else "")
        for m in made
    ]
    emit(rows, "\n".join(lines), fmt)


def list_(fmt: FormatOption = Format.TEXT) -> None:
    """Every decision, with whether it is in force today and why not."""
    from cmic_screen.history import Ledger, decisions
    from cmic_screen.moment import today

    with Ledger.open(write=False) as ledger:
        made = decisions.all_made(ledger)
        now = {d.id: d for d in decisions.in_force(ledger, today())}
    near = {d.id for d in decisions.nearing_expiry(tuple(now.values()), today())}
    rows = [
        {**m.as_json(), "state": _state(now.get(m.id)), "nearing_expiry": m.id in near} for m in made
    ]  # fmt: skip
    lines = [
        f"{r['id']} {r['conclusion']:<14} {r['entity'] or '(inside)':<32} until {r['until']} by {r['by']}: {r['state']}"
        f"{' (ends soon)' if r['nearing_expiry'] else ''}"
        for r in rows
    ]
    emit(rows, "\n".join([*lines, "names are as typed: identity not authenticated"]), fmt)


def _state(now: Any) -> str:
    if now is None:
        return "superseded by a later decision"
    return "in force, while list entry, security and evidence stay as judged" if now.in_force else str(now.why_not)


def sign(identity: ID, by: ReviewerOption, fmt: FormatOption = Format.TEXT) -> None:
    """Sign another person's decision. The same name, or the same operating-system account, is refused."""
    from cmic_screen.history import Ledger, decisions, who
    from cmic_screen.moment import stamp

    with Ledger.open() as ledger:
        entry = decisions.sign(ledger, identity, actor=who(by), at=stamp())
    data = {"id": identity, "signed_by": entry.who.by, "at": entry.at}
    emit(data, f"{identity} signed by {entry.who.by} (identity not authenticated)", fmt)


def revoke(
    identity: ID, by: ReviewerOption,
    reason: Annotated[str, typer.Option("--reason", help="Why, in 15 characters at least.")],
    fmt: FormatOption = Format.TEXT,
) -> None:  # fmt: skip
    """Take a decision back: it no longer counts, and stays in the ledger."""
    from cmic_screen.history import Ledger, decisions, who
    from cmic_screen.moment import stamp

    with Ledger.open() as ledger:
        entry = decisions.revoke(ledger, identity, reason=reason, actor=who(by), at=stamp())
    emit({"id": identity, "revoked_by": entry.who.by, "at": entry.at}, f"{identity} revoked by {entry.who.by}", fmt)


def export(
    to: Annotated[Path, typer.Argument(help="The xlsx to write.")], run: RUN = "latest",
    fmt: FormatOption = Format.TEXT,
) -> None:  # fmt: skip
    """Write a run's open questions to a workbook with yellow cells to fill in."""
    from cmic_screen.history import Ledger, decisions, sheet

    if to.exists():
        raise UsageError(
            "there is a file of that name already.", where=str(to), why="What a person filled in there would be lost.",
            do="Name another; `decisions import` is what brings a filled one back.",
        )  # fmt: skip
    with Ledger.open(write=False) as ledger:
        record, _ = _material(ledger, _run(ledger, run))
        count = sheet.write(to, record, decisions.all_made(ledger))
    data = {"questions": count, "run": record["run_id"], "file": str(to)}
    emit(data, f"{count} questions of run {record['run_id']}: {to}", fmt)


def import_(
    file: Annotated[Path, typer.Argument(help="A report, or a file of `decisions export`, with yellow cells filled.")],
    run: Annotated[str, typer.Option("--run", help="Run id, where the workbook does not name it.")] = "",
    fmt: FormatOption = Format.TEXT,
) -> None:
    """Enter the decisions of a workbook: every row checked, conflicts shown, all of them or none."""
    from cmic_screen.history import Ledger, decisions, sheet, who
    from cmic_screen.moment import stamp, today

    named, rows = sheet.filled(file)
    if not rows:
        raise UsageError("no yellow cell is filled.", where=str(file), why="Nothing was imported.")
    with Ledger.open() as ledger, ledger.writing():
        if not (run or named):
            raise UsageError("the workbook does not name its run.", where=str(file), do="Name it with --run.")
        record, snapshot = _material(ledger, _run(ledger, run or named))
        plan = sheet.plan(rows, record, snapshot, decisions.all_made(ledger), importer=who(), today=today())
        made = [m for actor, body in plan.new for m in decisions.enter(ledger, [body], actor=actor, at=stamp())]
        for identity, actor in plan.signatures:
            decisions.sign(ledger, identity, actor=actor, at=stamp())
    for remark in plan.remarks:
        say(remark)
    waits = [m.id for m in made if m.entry.body["conclusion"] in decisions.LOWERING]
    data = {
        "entered": [m.as_json() for m in made], "signed": [identity for identity, _ in plan.signatures],
        "waiting": waits, "filled_rows": len(rows), "remarks": list(plan.remarks),
    }  # fmt: skip
    told = f"{len(made)} decisions entered, {len(plan.signatures)} signed, from {len(rows)} filled rows"
    told += f"; not in force until a second person signs: {', '.join(waits)}" if waits else ""
    emit(data, told, fmt)


def _run(ledger: Ledger, text: str) -> Run:
    from cmic_screen.history import runs

    return runs.find(ledger, text)


def _material(ledger: Ledger, run: Run) -> tuple[dict[str, Any], ListSnapshot]:
    """A kept run's record and the list it was screened with, from its folder."""
    from cmic_screen.history import runs, store
    from cmic_screen.history.changes import record_of
    from cmic_screen.reference.snapshot import read_snapshot

    folder = runs.whole(ledger, run, store.RECORD, store.LIST)
    return record_of(folder), read_snapshot(folder / store.LIST)


def _licence(path: Path) -> dict[str, Any]:
    """A licence's particulars; the document's digest is worked out from the file it names."""
    from cmic_screen.digests import file_digest

    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
        document = said.pop("document", "")
        if document:
            said["digest"] = file_digest(path.parent / document)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"the licence file cannot be read: {words_of(error)}.", where=str(path)) from error
    return {k: v if isinstance(v, list) else str(v) for k, v in said.items()}
