"""The gate takes any text a stranger's file may hold."""

from hypothesis import given, settings
from hypothesis import strategies as st

from cmic_screen.reference import embedded_snapshot
from cmic_screen.resolve.by_name import ListedName, NameIndex

NAMES = [
    ListedName(uid=e.uid, text=n.text, kind=n.kind, script=n.script, source=n.source, relation="issuer")
    for e in embedded_snapshot().entities
    for n in e.names
]
INDEX = NameIndex(NAMES)


def test_single_letters_beside_letters_beyond_ascii():
    assert INDEX.search(["Å B C Société", "C.N.O.O.C. Ltd", "Ö A B C D", "A B C 中国移动"])[1]


@settings(max_examples=3 * settings.default.max_examples)
@given(st.lists(st.text(max_size=40), max_size=8))
def test_no_text_stops_a_search(names):
    assert len(INDEX.search(names)) == len(names)
