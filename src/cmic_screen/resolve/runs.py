"""Listed names printed without spaces between their words, whole or cut: HANGZHOUHIKVISIONDIGITALTECHNOLOGYCOLTD.

Text taken out of PDF files and fixed-width fields loses its spaces. Words are not guessed: the letters must be those of
a listed name, but for its legal form.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from itertools import islice, takewhile
from typing import TYPE_CHECKING, Final

import numpy as np

from cmic_screen.resolve.legal import STOP, strip_forms
from cmic_screen.resolve.letters import Hashes, beginnings, run_hash

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from cmic_screen.resolve.listed import ListedName

SHORTEST: Final = 12
"""Letters from which words run together say a name: fewer may be one word."""
CUT_FROM: Final = 20
"""Letters from which the beginning of a name is one that a narrow field has cut."""
_FORMS: Final = (
    "CORPORATIONLIMITED", "COMPANYLIMITED", "CORPORATIONLTD", "COMPANYLTD", "CORPLIMITED", "CORPORATION", "COLIMITED",
    "CORPLTD", "LIMITED", "COMPANY", "COLTD", "CORP", "LTD", "CO",
)  # fmt: skip


class Runs:
    """Listed names by their letters."""

    def __init__(self, names: Iterable[tuple[ListedName, str]]) -> None:
        """`names`: those in Latin letters, each with its text normalised; one of one word has no spaces to lose."""
        self._names: dict[str, list[ListedName]] = defaultdict(list)
        for name, text in names:
            printed = text.split()
            words, _ = strip_forms(printed)
            for kept in (words, [w for w in words if w not in STOP], printed):
                letters = "".join(kept)
                if len(kept) > 1 and len(letters) >= SHORTEST and name not in self._names[letters]:
                    self._names[letters].append(name)
        self._sorted = sorted(self._names)
        self._hashes = Hashes(np.array([run_hash(letters) for letters in self._sorted], dtype=np.uint32))

    def __contains__(self, word: object) -> bool:
        """Whether the word is a listed name without its spaces."""
        return isinstance(word, str) and bool(self.find([word]))

    def begin(self, hashes: NDArray[np.uint32], sizes: NDArray[np.intp], first: NDArray[np.intp]) -> NDArray[np.bool_]:
        """Of each word whether it may end the letters of a listed name, with all words before it (HIKVI SION DIGITAL):
        from the words' hashes, their sizes, and the position of the first word of the same name.
        """
        whole, letters = beginnings(hashes, sizes, first)
        return self._hashes.has(whole) & (letters >= SHORTEST)

    def find(self, words: Sequence[str]) -> list[ListedName]:
        """The listed names whose letters these words have, in whatever spacing; [] for none."""
        letters = "".join(words)
        if len(letters) < SHORTEST:
            return []
        forms = [form for form in _FORMS if letters.endswith(form)] if letters.endswith(_FORMS) else []
        for bare in (letters, *(letters.removesuffix(form) for form in forms)):
            if bare in self._names:
                return self._names[bare]
        if len(words) > 1 or len(letters) < CUT_FROM:
            return []
        at = bisect_left(self._sorted, letters)
        begun = takewhile(lambda known: known.startswith(letters), islice(self._sorted, at, None))
        return [name for known in begun for name in self._names[known]]
