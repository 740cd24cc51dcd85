"""Control totals, qualifications, and data issues about the run as a whole (dates, empty files, accounts, spelling); it
judges no position.

Totals are interfaces §2. The same holdings found on several sheets are screened each time and count once in value.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final

from cmic_screen.intake import SAID_AT_ONCE, DataIssue
from cmic_screen.positions import ACCOUNT
from cmic_screen.run import Money, Qualification, Totals
from cmic_screen.securities import cleared_in_part, repeats_its_code

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from cmic_screen.accounts import AccountMap
    from cmic_screen.intake import Intake
    from cmic_screen.model import Finding, ListSnapshot
    from cmic_screen.programme import Programme
    from cmic_screen.run import Circumstances
    from cmic_screen.securities import Distinct

_SHOWN: Final = 5
OLD: Final = 45
"""Days between the holdings' own date and the as-of day from which an issue is raised: a month-end statement arrives
within weeks, so an older file has probably been mistaken for the current one.
"""


def dated(intake: Intake, as_of: date) -> Intake:
    """The intake with an issue where its own dates do not fit `as_of`: screening the file of another month is a common
    mistake that nothing else would show. Files without dates raise no issue.
    """
    issues = (_trades_ahead if intake.kind == "trades" else _other_day)(intake, as_of)
    return replace(intake, issues=(*issues, *intake.issues)) if issues else intake


def emptied(intake: Intake) -> Intake:
    """The intake with an issue for each file that gave no position and no problem: among other files, an export that
    broke off after its header would otherwise go unnoticed. Files already reported in `SAID_AT_ONCE` issues are left
    out.
    """
    told = {i.file for i in intake.issues if i.code in SAID_AT_ONCE}
    issues = tuple(
        DataIssue(
            code="FILE_WITHOUT_HOLDINGS",
            file=f.file,
            text="No position was found in it.",
            done="Nothing of it was screened.",
            effect="If it should hold something, export it again, or see with `cmic-screen look` what is read of it.",
        )
        for f in intake.inputs
        if f.file not in told and not any(s.positions or s.problems for s in f.sheets)
    )
    return replace(intake, issues=(*issues, *intake.issues)) if issues else intake


def mapped(intake: Intake, accounts: AccountMap) -> Intake:
    """The intake with an issue that names the accounts of the account map that no row has: an account spelled
    differently in the map (`BRK-1001` for `BRK-1001 Hollis Family`) has no effect, and would otherwise go unnoticed.
    """
    table = intake.table
    unmet = accounts.unmet({n for c in ACCOUNT for n in table[c].unique()})
    if not unmet:
        return intake
    every = len(unmet) == len(accounts.people)
    issue = DataIssue(
        code="ACCOUNT_MAP_UNMET" if every else "ACCOUNT_MAP_PART_UNMET",
        text=f"{'No account' if every else 'Not every account'} of the account map is an account of the holdings.",
        rows=len(unmet),
        examples=unmet[:_SHOWN],
        done="Owners of accounts that the map does not name are unknown: treated as U.S. persons.",
        effect="Write accounts in the map as the holdings print them, blanks and case apart.",
    )
    return replace(intake, issues=(*intake.issues, issue))


def spelled(intake: Intake, securities: Distinct) -> Intake:
    """The intake with issues where names could be compared only in part: names in scripts for which few listed names
    are known, and codes without a market in place of names, if most securities have them (a few are names: SAP, 3M).
    """
    every = securities.by_fingerprint
    part = {n: s.names[0] for n, s in every.items() if cleared_in_part(s)}
    coded = {n: s.names[0] for n, s in every.items() if repeats_its_code(s)}
    issues = []
    if part:
        issue = DataIssue(
            code="NAMES_COMPARED_IN_PART",
            text=f"Names in Japanese kana, Korean or Cyrillic letters alone, without a valid identifier: {len(part)}.",
            done="Compared with the names known in these letters: those of some listed companies only.",
            effect="A listed company may be missed. Add ISINs, or the names in Latin or Chinese letters.",
        )
        issues.append(_of_rows(issue, part, securities))
    if len(coded) > 1 and len(coded) * 2 > len(every):
        issue = DataIssue(
            code="NAMES_ARE_CODES",
            text=f"{len(coded)} of {len(every)} securities state a code without a market in place of a name and no "
            "valid identifier.",
            done="Compared with the symbols of listed companies' lines; a code that has passed to another company, or "
            "of a market that is not known, says little.",
            effect="A listed company may be missed. Add names, ISINs, or the codes' markets.",
        )
        issues.append(_of_rows(issue, coded, securities))
    return replace(intake, issues=(*intake.issues, *issues)) if issues else intake


def _of_rows(issue: DataIssue, found: Mapping[str, str], securities: Distinct) -> DataIssue:
    """The issue with the number of rows of the securities in `found` (fingerprint -> name) and the first names."""
    rows = int(securities.fingerprints.isin(list(found)).sum())
    return replace(issue, rows=rows, examples=tuple(found.values())[:_SHOWN])


def _other_day(intake: Intake, as_of: date) -> tuple[DataIssue, ...]:
    """An issue per file whose stated date is after `as_of` or more than `OLD` days before it; one for the whole intake
    where only rows state dates.
    """
    stated = [(f.file, f.as_of) for f in intake.inputs if f.as_of] or [("", intake.as_of)]
    issues = []
    for file, text in stated:
        away = _away(text, as_of)
        if 0 <= away <= OLD:
            continue
        how = f"{abs(away)} day{'s' * (abs(away) > 1)} {'before' if away > 0 else 'after'}"
        issues.append(
            DataIssue(
                code="HOLDINGS_OF_ANOTHER_DAY",
                file=file,
                text=f"The holdings are stated as of {text}, {how} the day they are judged on ({as_of}).",
                done="Judged as held on that day, as asked.",
                effect="If this is not the file that was meant, screen that one; --as-of sets the day.",
            )
        )
    return tuple(issues)


def _away(stated: str, as_of: date) -> int:
    """Days from a stated ISO date to `as_of`; 0 where it cannot be read."""
    try:
        return (as_of - date.fromisoformat(stated)).days
    except ValueError:
        return 0


def _trades_ahead(intake: Intake, as_of: date) -> tuple[DataIssue, ...]:
    days = intake.table["trade_date"].tolist()
    ahead = [d for d in days if d[:10] > as_of.isoformat()]
    if not ahead:
        return ()
    return (
        DataIssue(
            code="TRADES_AHEAD",
            text=f"{len(ahead)} of {len(days)} trades are dated after the day of the run ({as_of}), to {max(ahead)}.",
            rows=len(ahead),
            done="Judged by the list as it is now.",
            effect="What is listed until then is not known; check the order of day and month too.",
        ),
    )


def totals(intake: Intake, outcomes: pd.DataFrame, findings: Sequence[Finding], distinct: int) -> Totals:
    """The control totals. `findings` include row problems, which count as UNSCREENED; `distinct` is the number of
    securities.
    """
    ends: Counter[str] = Counter(outcomes["verdict"].tolist())
    sheets = [s for f in intake.inputs for s in f.sheets]
    dismissed = sum(1 for f in findings if any(m.sub_reason == "dismissed" for m in f.judgement.matches))
    return Totals(
        rows_read=sum(s.rows_read for s in sheets),
        headers=sum(s.headers for s in sheets),
        positions=len(intake.table),
        continuations=sum(s.continuations for s in sheets),
        set_aside_rows=len(intake.set_aside),
        problems=len(intake.problems),
        prohibited=ends["PROHIBITED"],
        permitted=ends["PERMITTED"],
        dismissed=dismissed,
        upcoming=ends["UPCOMING"],
        unscreened=ends["UNSCREENED"] + len(intake.problems),
        review=ends["REVIEW"],
        set_aside=ends["SET_ASIDE"],
        clear=ends["CLEAR"],
        distinct_securities=distinct,
        market_value=_money(intake.table, outcomes["verdict"].tolist()),
    )


def _money(table: pd.DataFrame, verdicts: list[str]) -> dict[str, Money]:
    """Market value per ISO 4217 currency (`not stated` without one); holdings repeated on another sheet count once."""
    sums: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    rows = zip(
        table["currency"].tolist(), table["market_value"].tolist(), table["flags"].tolist(), verdicts, strict=True
    )
    for currency, value, flags, verdict in rows:
        if not value or "DUPLICATE_SHEET" in flags:
            continue
        try:
            amount = Decimal(value)
        except InvalidOperation:
            continue
        per = sums[currency or "not stated"]
        per["all"] += amount
        if verdict in {"PROHIBITED", "REVIEW"}:
            per[verdict.lower()] += amount
    return {
        currency: Money(all=plain(per["all"]), prohibited=plain(per["prohibited"]), review=plain(per["review"]))
        for currency, per in sorted(sums.items())
    }


def plain(amount: Decimal) -> str:
    """A decimal as text without an exponent; every zero is `0`."""
    return f"{amount:f}" if amount else "0"


def qualifications(
    intake: Intake | None, snapshot: ListSnapshot, programme: Programme, as_of: date, about: Circumstances
) -> tuple[Qualification, ...]:
    """What qualifies a clean result: a stale list, an unconfirmed emergency, Form 13F input only (architecture §1.2).

    `intake` None: a single security without a file. () where nothing qualifies it.
    """
    words = programme.raw["qualification"]
    found: list[Qualification] = []
    if about.list_stale:
        text = words["LIST_STALE"].format(
            published=snapshot.published, age=about.list_age_days, days=about.max_list_age
        )
        found.append(Qualification(code="LIST_STALE", text=text))
    unconfirmed = programme.unconfirmed(as_of)
    if unconfirmed:
        found.append(Qualification(code="PROGRAMME_UNCONFIRMED", text=unconfirmed))
    if intake is not None and intake.only_13f:
        found.append(Qualification(code="ONLY_13F", text=words["ONLY_13F"]))
    return tuple(found)
