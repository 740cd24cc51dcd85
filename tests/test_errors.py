"""The words of an error: what, where, why it matters, what to do; and each family's exit code."""

import pytest

from cmic_screen import errors


def test_message_joins_its_parts_and_leaves_empty_ones_out():
    error = errors.InputError("no rows.", where="book.xlsx", why="Nothing was screened.", do="Check the file.")
    assert error.message == "book.xlsx: no rows. Nothing was screened. Check the file."
    assert errors.ListError("gone.").message == "gone."


@pytest.mark.parametrize(
    ("family", "code"),
    [
        (errors.UsageError, 2),
        (errors.InputError, 20),
        (errors.ListError, 21),
        (errors.HistoryError, 22),
        (errors.ReportError, 23),
    ],
)
def test_each_family_has_its_documented_exit_code(family, code):
    assert int(family("x").exit_code) == code
