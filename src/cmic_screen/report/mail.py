"""Summary text and e-mail: verdict, counts and digests for people who need no holdings; no client's name unless asked.

Writes RFC 5322 messages with the standard library, and sends nothing. A digest in a mailbox is one kept elsewhere.
"""

from __future__ import annotations

from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any

from cmic_screen.report.sheets import summary, words
from cmic_screen.report.tables import clean

if TYPE_CHECKING:
    from collections.abc import Mapping


def summary_text(record: Mapping[str, Any], *, workbook_digest: str = "", client: str = "", names: bool = False) -> str:
    """What a run found, in counts: qualifications first, then the verdict, totals and digests, ending in a newline.

    `client` and, with `names`, the file names appear only when given: counts alone tell an outsider nothing of a book.
    """
    totals, listed = record["totals"], record["list"]
    lines = [q["text"] for q in record["qualifications"]]
    if not record["compliance_record"]:
        lines.append("Made without a history: not a compliance record.")
    lines += [summary.verdict(record), ""]
    if client:
        lines.append(f"Client             {client}")
    if names:
        lines += [f"Holdings           {i['file']}" for i in record["inputs"]]
    lines += [
        f"Run                {record['run_id']}",
        f"Judged as of       {record['as_of']} (holdings as of {record['holdings_as_of'] or 'not stated'})",
        f"List               published {listed['published']}, last known to be current {listed['age_days']} days ago",
        "",
    ]
    lines += [f"{name:<18} {totals[name.lower()]:>9,}  {meaning}" for name, meaning in words.CONCLUSIONS.items()]
    ends = sum(totals[name.lower()] for name in words.CONCLUSIONS)
    lines += [
        f"{'all':<18} {ends:>9,}  of {totals['rows_read']:,} rows read",
        "",
        f"Content digest     {record['content_digest']}",
    ]
    if workbook_digest:
        lines.append(f"Workbook digest    {workbook_digest}")
    lines.append("Keep this message: `cmic-screen verify REPORT.xlsx --expect DIGEST` needs a digest kept elsewhere.")
    return "\n".join(clean(line)[0] for line in lines) + "\n"


def message(
    record: Mapping[str, Any],
    *,
    workbook_digest: str = "",
    client: str = "",
    names: bool = False,
    sender: str = "",
    to: tuple[str, ...] = (),
) -> bytes:
    """The summary as an .eml file, dated with the run's own time; the same run gives the same bytes.

    Nothing is attached: a report leaves the machine only by a person's hand. ValueError for an address with a line end.
    """
    mail = EmailMessage()
    totals = record["totals"]
    counts = ", ".join(f"{totals[k]:,} {k}" for k in ("prohibited", "unscreened", "review", "upcoming"))
    qualified = " (qualified)" if record["qualifications"] else ""
    mail["Subject"] = f"NS-CMIC screening as of {record['as_of']}{qualified}: {counts}"
    if sender:
        mail["From"] = sender
    if to:
        mail["To"] = ", ".join(to)
    mail["Date"] = format_datetime(datetime.fromisoformat(record["created_at"]))
    mail["Message-ID"] = f"<{record['content_digest'][:32]}.{_word(record['run_id'])}@cmic-screen.invalid>"
    mail.set_content(summary_text(record, workbook_digest=workbook_digest, client=client, names=names), cte="8bit")
    return mail.as_bytes()


def _word(text: str) -> str:
    """A run id as part of a message id: letters, digits and dashes of the first forty signs."""
    return "".join(c if c.isascii() and (c.isalnum() or c == "-") else "-" for c in text[:40]) or "run"
