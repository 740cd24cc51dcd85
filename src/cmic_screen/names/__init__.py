"""Names of issuers and securities, reduced to the form in which they are compared. Pure text work.

In comes a name as a file, a custodian or OFAC prints it; out go its words without the notation of the instrument
(`split_instrument`) and its canonical spelling (`normalise`). Nothing here knows the list or decides what matches, and
nothing is thrown away in silence: every part that is taken off a name is returned with what it means.
"""

from cmic_screen.names.bilingual import halves
from cmic_screen.names.fold import has_han, normalise
from cmic_screen.names.instrument import Part, SplitName, split_instrument

__all__ = ["Part", "SplitName", "halves", "has_han", "normalise", "split_instrument"]
