"""How a list file that is not understood is refused: file, record, field, and what to do; it never repairs anything.

The rule is the project's own: a list that is not understood, in part or whole, never becomes a shorter list.
"""

from __future__ import annotations

from cmic_screen.errors import ListError

WHY = "A list read in part would miss listed companies, so nothing of this file is used."
DO = "Fetch the file again from OFAC; if it is as OFAC publishes it, this release cannot read it: report it."


def refuse(what: str, *, file: str, record: str = "", field: str = "", do: str = DO) -> ListError:
    """The error to raise for `file`; `record` is OFAC's uid or a line, `field` the field's published name."""
    where = ", ".join(p for p in (file, f"record {record}" if record else "", f"field {field}" if field else "") if p)
    return ListError(what.rstrip(".") + ".", where=where, why=WHY, do=do)
