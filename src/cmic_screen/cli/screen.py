"""`screen` and `trades`: read, screen, write the report and the record, print the summary, exit as documented."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from cmic_screen.cli import common
from cmic_screen.cli.common import Format, FormatOption, FundsOption, day, quiet, stages

FILES = Annotated[
    list[Path],
    typer.Argument(
        help="xlsx, xlsm, xls, xlsb, ods, csv, tsv, txt, parquet, XML (13F, N-PORT …), OFX, QIF, zip, or a folder.",
        readable=False,  # what cannot be read is said by its name (exit 20), not as wrong usage
    ),
]
OUT = Annotated[Path | None, typer.Option("--out", help="Where the Excel report goes; default: beside the input.")]
JSON = Annotated[Path | None, typer.Option("--json", help="Where the JSON record goes; default: nowhere.")]
AS_OF = Annotated[
    str | None, typer.Option("--as-of", help="ISO day in New York the holdings are judged on; default: today.")
]
PROFILE = Annotated[Path | None, typer.Option("--profile", help="Column layout made with `profile init`.")]
LIST = Annotated[
    str, typer.Option("--list", help="Snapshot to screen with: file, digest, publication date or `embedded`.")
]
SHEET = Annotated[str | None, typer.Option("--sheet", help="Only this sheet.")]
ACCOUNTS = Annotated[
    Path | None, typer.Option("--account-map", help="File: who owns and benefits from each account, licences.")
]
ENCODING = Annotated[
    str | None, typer.Option("--encoding", help="Encoding of delimited text, where the guess is wrong.")
]
ALL_ROWS = Annotated[bool, typer.Option("--all-rows", help="Put clear rows in the JSON record too.")]
STRICT = Annotated[bool, typer.Option("--strict", help="Stop with exit 21 on a list last checked too long ago.")]
RUN_ID = Annotated[str, typer.Option("--run-id", help="Name of the run; default: made from time and inputs.")]
PACK = Annotated[Path | None, typer.Option("--pack", help="Write the evidence pack (zip) here too.")]
NO_INPUTS = Annotated[bool, typer.Option("--no-inputs", help="Digests instead of the inputs in the pack.")]
NO_HISTORY = Annotated[
    bool, typer.Option("--no-history", help="Keep no ledger entry; the report says it is no compliance record.")
]

EXITS = "Exits: 0 clear, 10 prohibited, 11 unscreened, 12 review, 20 input, 21 list, 22 history, 23 report."


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command(epilog=f"Example: cmic-screen screen holdings.xlsx --out report.xlsx --json record.json. {EXITS}")(
        screen
    )
    app.command(epilog=f"Example: cmic-screen trades blotter.csv --json record.json. {EXITS}")(trades)


def screen(
    files: FILES, out: OUT = None, json: JSON = None, as_of: AS_OF = None, profile: PROFILE = None, list_: LIST = "",
    sheet: SHEET = None, funds: FundsOption = None, account_map: ACCOUNTS = None, encoding: ENCODING = None,
    all_rows: ALL_ROWS = False, strict: STRICT = False, run_id: RUN_ID = "", pack: PACK = None,
    no_inputs: NO_INPUTS = False, no_history: NO_HISTORY = False, fmt: FormatOption = Format.TEXT,
) -> None:  # fmt: skip
    """Screen holdings against the NS-CMIC List and write the Excel prohibition report."""
    _go("holdings", **locals())


def trades(
    files: FILES, out: OUT = None, json: JSON = None, as_of: AS_OF = None, profile: PROFILE = None, list_: LIST = "",
    sheet: SHEET = None, funds: FundsOption = None, account_map: ACCOUNTS = None, encoding: ENCODING = None,
    all_rows: ALL_ROWS = False, strict: STRICT = False, run_id: RUN_ID = "", pack: PACK = None,
    no_inputs: NO_INPUTS = False, no_history: NO_HISTORY = False, fmt: FormatOption = Format.TEXT,
) -> None:  # fmt: skip
    """Judge a trade blotter: each row's action, at its trade instant, under the phase of the listed entity then."""
    _go("trades", **locals())


def _named(path: Path) -> Path:
    """A path with a name: `.` and `..` have none to call copies and the report by."""
    return path if path.name not in {"", ".."} else path.resolve()


def _go(kind: str, **o: Any) -> None:
    from cmic_screen import service
    from cmic_screen.delivery import Outputs, deliver, summary
    from cmic_screen.settings import load_settings

    settings = load_settings({
        "list": o["list_"] or None, "strict": o["strict"] or None, "history": False if o["no_history"] else None,
        "funds": str(o["funds"]) if o["funds"] else None, "profile": str(o["profile"]) if o["profile"] else None,
        "account_map": str(o["account_map"]) if o["account_map"] else None,
    })  # fmt: skip
    request = service.Request(
        files=tuple(map(_named, o["files"])), kind=kind, as_of=day(o["as_of"], "--as-of"), sheet=o["sheet"],
        encoding=o["encoding"],
        profile=Path(settings.text("profile")) if settings.text("profile") else None, list_path=o["list_"],
        run_id=o["run_id"], strict=o["strict"],
        history=settings.flag("history"),
    )  # fmt: skip
    outputs = Outputs(
        report=o["out"], record=o["json"], pack=o["pack"], all_rows=o["all_rows"], inputs_in_pack=not o["no_inputs"]
    )
    as_json = o["fmt"] is Format.JSON
    with stages(drawn=not as_json) as say:
        delivered = deliver(request, settings, outputs, say=say, tell=common.say)
    if as_json or not quiet():
        typer.echo(summary(delivered, as_json=as_json, all_rows=o["all_rows"]))
    raise typer.Exit(int(delivered.run.exit_code))
