"""The bounds hold: what they leave out could not have reached the floor."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cmic_screen.model import NameKind
from cmic_screen.names import normalise
from cmic_screen.resolve import bounds
from cmic_screen.resolve.by_name import ListedName, NameIndex
from cmic_screen.resolve.heldname import held_name
from cmic_screen.resolve.variants import core_words

TEXTS = (
    "CHINA MOBILE LIMITED",
    "CHINA MOBILE COMMUNICATIONS GROUP CO., LTD.",
    "HANGZHOU HIKVISION DIGITAL TECHNOLOGY CO., LTD.",
    "CHINA RAILWAY CONSTRUCTION CORPORATION LIMITED",
    "ANHUI GREAT WALL MILITARY INDUSTRY COMPANY LIMITED",
    "CNOOC",
    "AERO ENGINE CORP OF CHINA",
    "CHINA HONG KONG TELECOM 3I LTD",
    "GREAT WALL TECHNOLOGY",
)
LISTED = [ListedName(str(i), text, NameKind.PRIMARY) for i, text in enumerate(TEXTS)]
INDEX = NameIndex(LISTED)
WORDS = """
    CHINA CHN MOBILE MOBIL MOBLIE COMMUNICATIONS COMM CMNCTS HANGZHOU HANG ZHOU HIKVISION HIK VISION HIKVISON DIGITAL
    DIGITL TECHNOLOGY TECH RAILWAY RLWY CONSTRUCTION CONSTRUCTIO GREATWALL GREAT WALL MILITARY INDUSTRY IND CNOOC CNOCO
    AERO ENGINE CHINAMOBILE GAMES UMPAS SHANGHAI GROUP HONG KONG HK CORP LTD CORPORATI CO A H YC 1 3I TELECOM MO MOB M
    CONS DIGI COM TE LECOM MILI TARY MDBIKE TEHC NCMO
"""
NAMES = st.lists(st.sampled_from(WORDS.split()), min_size=1, max_size=7).map(" ".join)


def test_a_common_word_leads_to_no_name_of_which_it_is_the_lesser_part() -> None:
    """Only so does cost hardly grow with the list; and every listed name is led to by a word of its own."""
    variants, prefix = INDEX._variants, INDEX._reach._prefix
    words = np.arange(len(variants.vocabulary.all))
    none = np.zeros(len(words), dtype=np.intp)
    of, place = prefix.first.expanded(words, none)
    led = {variants.vocabulary.all[n]: [variants.all[v].words for v in prefix.variant[place[of == n]]] for n in words}
    assert led["TECHNOLOGY"] == []
    assert led["HIKVISION"] == [("HANGZHOU", "HIKVISION", "DIGITAL", "TECHNOLOGY")]
    assert {v for found in led.values() for v in found} == {v.words for v in variants.all}
    assert (prefix.first.counts(words, none + 1) >= prefix.first.counts(words, none)).all()


def reached_by_alignment(name: str) -> dict[int, float]:
    """Every variant that the aligner gives the floor or more, one by one."""
    core, _ = core_words(normalise(name), len(name))
    every = range(len(INDEX._variants.all))
    scores = {n: INDEX._variants._aligned(core, len(name), n).score for n in every}
    return {n: score for n, score in scores.items() if score >= 0.8}


@settings(max_examples=3 * settings.default.max_examples)
@given(st.lists(NAMES, min_size=1, max_size=6), st.sampled_from([1, 500_000]))
def test_no_variant_that_reaches_the_floor_is_left_out(names: list[str], cells: int) -> None:
    """Whatever is held at once in memory; and its bound is no less than its score."""
    held = [(core_words(normalise(n), len(n))[0], len(n)) for n in names]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bounds, "CELLS", cells)
        found = INDEX._reach.of_many(held)
    for name, reached in zip(names, found, strict=True):
        bound = {number: b for b, number in reached}
        assert all(bound.get(n, 0.0) >= score - 1e-9 for n, score in reached_by_alignment(name).items()), name


@settings(max_examples=3 * settings.default.max_examples)
@given(st.lists(NAMES, min_size=1, max_size=6))
def test_the_gate_lets_through_what_the_words_reach(names: list[str]) -> None:
    """Before notation and legal forms are taken off, no name is lost that the aligner would find. What is taken off as
    notation (the last H of `CHINA HANGZHOU DIGI H`) may be what it would have found it by.
    """
    passing = INDEX._gate.passing(names)
    through = {*passing.plain[INDEX._reach.names(passing.words)].tolist(), *passing.odd}
    for i, (name, hits) in enumerate(zip(names, INDEX.search(names), strict=True)):
        if reached_by_alignment(name):
            assert i in through, name
            assert hits or held_name(name).split.parts, name
