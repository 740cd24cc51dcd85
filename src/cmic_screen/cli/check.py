"""`check`: one security before a trade, with its evidence and what is permitted; one line, or JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from cmic_screen.cli.common import Format, FormatOption, day, emit
from cmic_screen.errors import UsageError

if TYPE_CHECKING:
    from cmic_screen.checking import Answer


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command(
        epilog="Example: cmic-screen check --isin HK0941009539 --action BUY. Exits: 0 valid identifier, no match; "
        "10 prohibited, 12 review, upcoming, qualified, or no match found for a bare name."
    )(check)


def check(
    name: Annotated[str, typer.Argument(help="Name of the issuer or security.")] = "",
    isin: Annotated[str, typer.Option(help="ISIN.")] = "",
    cusip: Annotated[str, typer.Option(help="CUSIP.")] = "",
    sedol: Annotated[str, typer.Option(help="SEDOL.")] = "",
    figi: Annotated[str, typer.Option(help="FIGI.")] = "",
    ticker: Annotated[str, typer.Option(help="Ticker with its market, as in '941 HK'.")] = "",
    action: Annotated[str, typer.Option(help="What is intended: HOLD, BUY, SELL, DIVIDEND_REINVESTMENT…")] = "HOLD",
    on: Annotated[str | None, typer.Option("--on", help="ISO day in New York; default: today.")] = None,
    list_: Annotated[str, typer.Option("--list", help="Snapshot: file, digest, publication date or `embedded`.")] = "",
    fmt: FormatOption = Format.TEXT,
) -> None:
    """Check one security before a trade: match, evidence, phase, what is permitted and what is not."""
    from cmic_screen.checking import as_data
    from cmic_screen.checking import check as ask
    from cmic_screen.model import Action
    from cmic_screen.settings import load_settings

    wanted = action.strip().upper().replace("-", "_")
    if wanted not in Action.__members__:
        raise UsageError(f"unknown action {action!r}.", where="--action", do=f"Known are: {', '.join(Action)}.")
    stated = {"security_name": name, "isin": isin, "cusip": cusip, "sedol": sedol, "figi": figi, "ticker": ticker}
    answer = ask(
        stated, load_settings({"list": list_ or None}), action=Action[wanted], on=day(on, "--on"), list_path=list_
    )
    emit(as_data(answer), as_text(answer), fmt)
    raise typer.Exit(int(answer.exit_code))


def as_text(answer: Answer) -> str:
    """The answer for a person: the sentence, what is and is not permitted, the evidence, what qualifies it."""
    from cmic_screen.report.sheets.words import KINDS, PHASES, RELATIONS

    lines = [answer.sentence]
    lines.extend(f"  permitted: {text}" for text in answer.judgement.permitted)
    lines.extend(f"  prohibited: {text}" for text in answer.judgement.prohibited)
    for judged in answer.judgement.matches:
        entity = judged.match.entity
        relation, phase = RELATIONS[judged.match.relation.value], PHASES[judged.phase.value]
        lines.append(f"  {entity.name} (OFAC uid {entity.uid}): {relation}, {phase}")
        lines.extend(
            f"    {e.result.value} ({KINDS[e.kind.value]}): {e.searched} / {e.found} ({e.source})"
            for e in judged.match.evidence
        )
        lines.append(f"    listed because: {entity.basis.text}")
    lines.extend(f"  {r.scheme.value.upper()} {r.text!r} is not valid: {r.fault}" for r in answer.security.rejected)
    lines.extend(f"  nearest listed name: {n.name} ({n.score:.2f}): {n.why_not}" for n in answer.nearest)
    lines.extend(f"! {q.text}" for q in answer.qualifications)
    if answer.judgement.citations:
        lines.append(f"  sources: {'; '.join(answer.judgement.citations)}")
    age = answer.list_age_days
    lines.append(
        f"  list published {answer.snapshot.published}, "
        + (f"not confirmed current for {age} days" if age else "confirmed current today")
    )
    return "\n".join(lines)
