"""A name that is plainly without notation is one of which nothing is taken off."""

import pytest

from cmic_screen.names import split_instrument
from cmic_screen.names.bare import is_bare


@pytest.mark.parametrize(
    "name", ["Hangzhou Hikvision Digital Technology Co., Ltd.", "Banco Inter S.A.", "GVS S.p.A.", "Smith & Nephew plc"]
)
def test_most_names_are_bare(name):
    assert is_bare(name)
    assert split_instrument(name).parts == ()


@pytest.mark.parametrize(
    "name", ["", "China Mobile H", "HKT Limited Partnership", "China Telecom 4%", "S.A.", "AB (publ)"]
)
def test_what_may_be_notation_is_left_to_who_reads_it(name):
    assert not is_bare(name)
