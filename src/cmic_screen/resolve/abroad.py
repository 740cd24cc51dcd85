"""Names with a legal form that no company of the list bears (Inc, plc, SpA): which can be no listed one. Judges no
other.

So much of the likeness is taken off for such a form (programme.toml, `foreign`) that only a name which has a listed
one's words, and no others, may still ask. Most companies of a book that are not Chinese are told by it, without
looking at any listed name (issue 4: cost hardly grows with the list).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np

from cmic_screen.names.bare import is_bare
from cmic_screen.resolve.legal import may_be_forms
from cmic_screen.resolve.ragged import numbered
from cmic_screen.resolve.wordfacts import ABROAD, LETTERS, LISTED, OWN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from cmic_screen.resolve.wordfacts import WordFacts

_AND_LAST: Final = re.compile(r"(?:&|\bAND) \S+$", re.IGNORECASE)  # what stands behind AND is a word that was cut
_DOTTED: Final = ("S.A.", "S.p.A.", "S.P.A.", "N.V.")


def strangers(
    names: Sequence[str], of: NDArray[np.intp], words: NDArray[np.intp], facts: WordFacts
) -> NDArray[np.intp]:
    """The names, by their number, that have such a form and not the words of a listed name. `words`: those of all
    names, by name; `of`: whose each is.
    """
    ends = np.append(of[1:] != of[:-1], True)[: len(of)]
    abroad = np.bincount(of, ends & (facts.marked(words) & ABROAD > 0), len(names)) > 0
    dotted = of[ends & (words <= LETTERS)]
    abroad[dotted] = [names[i].endswith(_DOTTED) for i in dotted.tolist()]
    here = np.flatnonzero(abroad[of])
    of = of[here]
    each, at = numbered(words[here])
    marks, costly = facts.marked(each), facts.cost[each] > 0.0
    # A misspelt form is none of the name's words, a short name of the entity's own may stand beside them, and pinyin is
    # compared by its letters.
    loose = costly & (may_be_forms(facts.table.texts(each)) | (marks & OWN > 0) | facts.pinyin[each])
    strange = costly & (marks & LISTED == 0)
    sums = np.zeros(len(names), dtype=np.uint64)
    np.add.at(sums, of, facts.known.take(each, mode="clip")[at])
    out = (np.bincount(of, strange[at], len(names)) > 0) | ~facts.all_but_one.wholly(sums)
    out &= abroad & (np.bincount(of, loose[at], len(names)) == 0)
    found = [i for i in np.flatnonzero(out).tolist() if _plainly(" ".join(names[i].split()))]
    return np.array(found, dtype=np.intp)


def _plainly(name: str) -> bool:
    """Whether the form at the end of a name is one: nothing is notation, which might be what its words say."""
    return is_bare(name) and _AND_LAST.search(name) is None
