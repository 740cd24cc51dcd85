"""The history room: the ledger, kept runs, reviewers' decisions, what changed and why, and the unattended month.

In comes a finished `ScreeningRun` or its record; out go entries of an append-only ledger, run folders, and changes with
their cause. Nothing is ever deleted (31 CFR 501.601: ten years), no holding or client name is logged, and nothing
here judges: reading the ledger loads neither pandas nor openpyxl.
"""

from __future__ import annotations

from cmic_screen.history.ledger import Ledger, who

__all__ = ["Ledger", "who"]
