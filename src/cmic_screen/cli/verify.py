"""`verify`: the auditor's button. Is the workbook as written, and would the same holdings give the same answer?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cmic_screen.cli.common import Format, FormatOption, digest_given, emit, say
from cmic_screen.errors import ExitCode, UsageError
from cmic_screen.labels import label

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cmic_screen.history.material import Material
    from cmic_screen.programme import Programme
    from cmic_screen.report.compare import Difference
    from cmic_screen.report.verify import Verification
    from cmic_screen.run import ScreeningRun
    from cmic_screen.settings import Settings

REPORT = Annotated[Path, typer.Argument(help="Report (xlsx) as `screen` wrote it, reviewers' cells filled in or not.")]
HOLDINGS = Annotated[
    list[Path] | None,
    typer.Option("--holdings", help="Holdings files: screen them again and compare; repeat the option for several."),
]
MORE = Annotated[
    list[Path] | None, typer.Argument(metavar="more", help="Further holdings files, after --holdings FILE.")
]
EXPECT = Annotated[
    str | None,
    typer.Option("--expect", help="A digest kept elsewhere: workbook digest, content digest or the file's SHA-256."),
]
OF_OTHER_RUNS = ("changes", "trend")
"""What of a record is about earlier runs; `history replay` and the ledger answer for it."""
_DO = {
    "holdings": "Give the files whose SHA-256 the report's Method sheet names.",
    "securities master": "Compare where the report was made, with that machine's data folder (CMIC_HOME).",
    "program version": "Compare with the version that made it, which the Method sheet names.",
    "decisions": "The ledger of the machine that made it has them: compare there, or `history replay` the export.",
}
"""What to do about a difference, by its cause; other causes have no one remedy."""
SHEET = Annotated[str | None, typer.Option("--sheet", help="As the report was made with.")]
ENCODING = Annotated[str | None, typer.Option("--encoding", help="As the report was made with.")]
PROFILE = Annotated[Path | None, typer.Option("--profile", help="As the report was made with.")]
FUNDS = Annotated[Path | None, typer.Option("--funds", help="As the report was made with.")]
ACCOUNTS = Annotated[Path | None, typer.Option("--account-map", help="As the report was made with.")]


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command(
        epilog="Example: cmic-screen verify report.xlsx --holdings holdings.xlsx --expect 3f7a…. "
        "Exits: 0 as written or equal, 20 no workbook, 22 differs or carries no seal."
    )(verify)


def verify(
    report: REPORT, more: MORE = None, holdings: HOLDINGS = None, expect: EXPECT = None, sheet: SHEET = None,
    encoding: ENCODING = None, profile: PROFILE = None, funds: FUNDS = None, account_map: ACCOUNTS = None,
    fmt: FormatOption = Format.TEXT,
) -> None:  # fmt: skip
    """Check a report: digests, seal, control totals; with the holdings, screen again and compare finding by finding."""
    from cmic_screen.report import verify as verifying

    if more and not holdings:
        raise UsageError(f"{more[0]} stands without --holdings.", do="Write: verify REPORT.xlsx --holdings FILE FILE.")
    holdings = [*(holdings or ()), *(more or ())]
    found = verifying.verify(report, digest_given(expect, "--expect"))
    data, lines = found.to_dict(), list(found.lines)
    differs = found.status == verifying.DIFFERS
    if holdings and not differs and found.record:
        again = _again(
            found.record, holdings,
            {"sheet": sheet, "encoding": encoding, "profile": profile, "funds": funds, "account_map": account_map},
        )  # fmt: skip
        difference = _compare(found, again)
        differs = difference is not None
        lines.append(_said(difference, holdings, earlier=bool(found.record.get("changes"))))
        data["rescreened"] = {
            "equal": not differs,
            "difference": {"where": difference.where, "text": difference.text, "cause": difference.cause}
            if difference
            else None,
        }
        data["lines"] = lines
    emit(data, "\n".join([f"{report.name}: {verifying.DIFFERS if differs else found.status}", *lines]), fmt)
    raise typer.Exit(int(ExitCode.HISTORY if differs else ExitCode.CLEAR))


def _again(record: Mapping[str, Any], holdings: Sequence[Path], options: Mapping[str, Any]) -> ScreeningRun:
    """The same holdings on the list, the programme and the securities master that the report names, as of its day: from
    the run's own material where this machine's ledger keeps it, unless options say otherwise; else with what is here,
    under the confirmation of the emergency that the report names and the decisions kept since.
    """
    import tempfile
    from datetime import date

    from cmic_screen import service
    from cmic_screen.history import decisions, material
    from cmic_screen.history.ledger import Ledger
    from cmic_screen.programme import confirmed
    from cmic_screen.settings import load_settings

    settings = load_settings({})
    as_of, named = date.fromisoformat(record["as_of"]), record["programme"]
    kept = None if any(options.values()) else _kept(record, settings)
    if kept is not None and _same_bytes(record, holdings):
        return material.screen(kept)
    with tempfile.TemporaryDirectory(prefix="cmic-verify-") as folder:
        request = service.Request(
            files=tuple(_as_recorded(record, holdings, Path(folder))), kind=record["kind"], as_of=as_of,
            list_path=record["list"]["digest"], history=False, run_id=record["run_id"], **options,
        )  # fmt: skip
        if kept is not None:
            return material.screen(kept, given=service.read(request))

        def law(found: Programme) -> Programme:
            return confirmed(found, date.fromisoformat(named["confirmed_through"]), named["source"])

        if not record.get("decisions"):
            return service.run(request, settings, law=law)
        with Ledger.open(settings.home, allow_network=settings.flag("allow_network_home")) as ledger:
            return service.run(request, settings, decisions.in_force(ledger, as_of), law=law)


def _kept(record: Mapping[str, Any], settings: Settings) -> Material | None:
    """The material of the run where the ledger here keeps it with the report's content; None else."""
    from cmic_screen.errors import HistoryError
    from cmic_screen.history import ledger, runs
    from cmic_screen.history.material import Material

    if not (settings.home / ledger.FILE).is_file():
        return None
    try:
        with ledger.Ledger.open(
            settings.home, write=False, allow_network=settings.flag("allow_network_home")
        ) as opened:
            for run in runs.all_runs(opened):
                if run.run_id == record["run_id"] and run.body["content_digest"] == record["content_digest"]:
                    found = Material(runs.whole(opened, run))
                    return found if found.request else None
    except HistoryError as error:  # what is here serves as well; but a person must know that it was taken
        say(f"The run's own material was not taken: {error.message}")
    return None


def _same_bytes(record: Mapping[str, Any], holdings: Sequence[Path]) -> bool:
    """Whether the files are those of the report, byte for byte: then the run's own copies are read as the run did."""
    from cmic_screen.digests import file_digest

    given = [file_digest(path) if path.is_file() else "" for path in holdings]
    return sorted(given) == sorted(entry["sha256"] for entry in record["inputs"])


def _as_recorded(record: Mapping[str, Any], holdings: Sequence[Path], folder: Path) -> list[Path]:
    """The files in the order of the report, and under its names where their bytes are the report's: a year later they
    lie in another folder under another name, which is no difference. What the report does not know comes last.
    """
    import shutil

    from cmic_screen.digests import file_digest

    inputs = list(record["inputs"])
    left, found = list(holdings), dict[int, Path]()
    for path in holdings:
        digest = file_digest(path) if path.is_file() else ""
        same = [i for i, entry in enumerate(inputs) if entry["sha256"] == digest and i not in found]
        at = next((i for i in same if inputs[i]["file"] == label(path.name)), same[0] if same else -1)
        if at >= 0:
            found[at] = path
            left.remove(path)
    named: list[Path] = []
    for at, path in sorted(found.items()):
        file, sheets = str(inputs[at]["file"]), [str(s["name"]) for s in inputs[at]["sheets"]]
        name = file if "/" in file else next((s for s in sheets if Path(s).suffix == Path(file).suffix != ""), file)
        if path.name == name:
            named.append(path)
            continue
        copy = folder / str(at) / name  # one of a folder or archive is known by its path in there
        copy.parent.mkdir(mode=0o700, parents=True)
        shutil.copyfile(path, copy)
        named.append(folder / str(at) if "/" in name else copy)
    return [*named, *left]


def _compare(found: Verification, again: ScreeningRun) -> Difference | None:
    """What changed since an earlier run, and the trend, follow from runs that are not at hand: taken as they stand. So
    is when and from where a list came that is the same list: another machine has fetched it on another day.
    """
    from dataclasses import replace

    from cmic_screen.report import compare
    from cmic_screen.report import record as recording

    assert found.record is not None
    then = found.record
    now = recording.to_record(replace(again, compliance_record=bool(then["compliance_record"]), changes=(), trend=()))
    now |= {name: then[name] for name in OF_OTHER_RUNS if name in then}
    if all(then["list"][name] == now["list"][name] for name in ("digest", "sha256")):
        now["list"] = then["list"]
    return compare.compare(then, {**now, "content_digest": recording.content_digest(now)})


def _said(difference: Difference | None, holdings: Sequence[Path], *, earlier: bool) -> str:
    if difference is None:
        names = ", ".join(p.name for p in holdings)
        more = (
            " What changed since earlier runs follows from those: `history replay` computes it again."
            if earlier
            else ""
        )
        return f"Screened again: equal. {names} on the same list gives every finding and total of the report.{more}"
    return f"Screened again: differs at {difference.where}. {difference.text} Cause: {difference.cause}." + (
        f" {_DO[difference.cause]}" if difference.cause in _DO else ""
    )
