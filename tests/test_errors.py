"""The words of an error: what, where, why it matters, what to do; and each family's exit code."""

from pathlib import Path

import pytest

from cmic_screen import errors


def test_message_joins_its_parts_and_leaves_empty_ones_out():
    error = errors.InputError("no rows.", where="book.xlsx", why="Nothing was screened.", do="Check the file.")
    assert error.message == "book.xlsx: no rows. Nothing was screened. Check the file."
    assert errors.ListError("gone.").message == "gone."


def test_each_part_of_a_message_is_a_sentence():
    error = errors.InputError("no rows (empty)", why="Nothing was screened", do="See: cmic-screen look FILE")
    assert error.message == "no rows (empty). Nothing was screened. See: cmic-screen look FILE"


def test_a_fault_of_the_system_is_told_without_its_number_and_the_path_again():
    with pytest.raises(OSError, match="nosuch") as found:
        Path("nosuch").read_bytes()
    assert errors.words_of(found.value) == "No such file or directory"
    assert errors.words_of(ValueError("a day is missing")) == "a day is missing"


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
