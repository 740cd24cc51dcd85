"""What changed between two lists: each kind of change once, in words and as data."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from cmic_screen.model import EntityName, EntityTicker, NameKind, Scheme, SecurityIdentifier
from cmic_screen.reference.compare import diff, to_dict, to_text


@pytest.fixture
def later(embedded):
    """The embedded list a week on, with one entity replaced."""

    def make(uid: str = "33111", **changes):
        entities = tuple(replace(e, **changes) if e.uid == uid else e for e in embedded.entities)
        return replace(embedded, entities=entities, published=embedded.published + timedelta(days=7))

    return make


CHANGES = {
    "names": (
        {"names": (EntityName(text="SZ DJI TECHNOLOGY CO., LTD.", kind=NameKind.PRIMARY),
                   EntityName(text="DAJIANG", kind=NameKind.AKA))},
        ["name gone: 深圳市大疆创新科技有限公司 (primary)", "new: DAJIANG (aka)"],
    ),
    "identifiers": (
        {"identifiers": (SecurityIdentifier(scheme=Scheme.ISIN, value="US1694261033"),)},
        ["identifier gone: USCC 914403007954257495; new: ISIN US1694261033"],
    ),
    "tickers": ({"tickers": (EntityTicker(text="1 HK", code="1", country="HK"),)}, ["ticker new: 1 HK"]),
    "effective": (
        {"effective": date(2022, 2, 15)},
        ["date from which dealing is prohibited gone: 2022-02-14; new: 2022-02-15"],
    ),
    "divestment_ends": (
        {"divestment_ends": date(2023, 1, 1)},
        ["end of the divestment window gone: 2022-12-16; new: 2023-01-01"],
    ),
    "target_type": ({"target_type": "Private Company"}, ["target type new: Private Company"]),
    "linked_to": ({"linked_to": ("SOMEBODY",)}, ["link new: SOMEBODY"]),
    "countries": ({"countries": ("HK",)}, ["country gone: CN; new: HK"]),
}  # fmt: skip


@pytest.mark.parametrize("field", CHANGES)
def test_a_changed_field_is_named_with_what_went_and_came(field, embedded, later):
    changes, words = CHANGES[field]
    found = diff(embedded, later(**changes))
    assert found.touched == {"33111"}
    assert [c.field for c in found.changed[0].changes] == [field]
    text = to_text(found)
    assert "changed  33111 SZ DJI TECHNOLOGY CO., LTD." in text
    for word in words:
        assert word in text
    assert "0 added, 0 removed, 1 changed" in text


def test_a_renamed_company_is_called_renamed(embedded, later):
    names = (EntityName(text="DJI HOLDINGS", kind=NameKind.PRIMARY),)
    assert "renamed  33111 DJI HOLDINGS" in to_text(diff(embedded, later(names=names)))


def test_an_invented_listing_and_a_removal(embedded, invent):
    new = replace(embedded, entities=(*embedded.entities[1:], invent()), published=date(2026, 11, 29))
    found = diff(embedded, new)
    text = to_text(found)
    assert (
        "added    40001 EXAMPLE DRONES CO., LTD.: listed 2026-11-29, dealing prohibited from 2027-01-28, "
        "divestment until 2027-11-29"
    ) in text
    assert "removed  30882 CHINA TELECOM CORPORATION LIMITED" in text
    data = to_dict(found)
    assert [e["uid"] for e in data["added"]] == ["40001"]
    assert [e["uid"] for e in data["removed"]] == ["30882"]
    assert data["before"]["entities"] == data["after"]["entities"] == 68
    assert found.touched == {"40001", "30882"}


def test_an_entity_marked_removed_counts_as_gone(embedded, later):
    found = diff(embedded, later(removed=date(2026, 6, 1)))
    assert [e.uid for e in found.removed] == ["33111"]


def test_equal_lists_say_so_whatever_their_order(embedded):
    turned = replace(embedded, entities=tuple(reversed(embedded.entities)))
    found = diff(embedded, turned)
    assert found.touched == frozenset()
    assert "nothing about any company differs" in to_text(found)


def test_what_a_format_lacks_is_not_called_a_change(embedded):
    poorer = replace(
        embedded,
        format="LEGACY_CSV",
        entities=tuple(
            replace(e, legal_authority=(), names=tuple(n for n in e.names if n.script == "Latin"))
            for e in embedded.entities
        ),
    )
    found = diff(poorer, embedded)
    assert found.touched == frozenset()
    assert "not compared" in to_text(found)
    assert to_dict(found)["not_compared"] == ["legal authority", "names not in Latin script", "venues of tickers"]
    assert diff(replace(poorer, format="ENHANCED_XML"), embedded).touched != frozenset()
