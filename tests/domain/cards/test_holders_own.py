"""What a holder changes of themselves, by what their cards need."""

import pytest

from portal.domain.cards.cards import cards, holders_own
from portal.domain.cards.templates.tables import CardField
from portal.domain.errors import Invalid
from portal.domain.members import members
from portal.domain.members.tables import Member
from tests.support import loyalty


def test_a_phone_that_a_card_needs_is_not_taken_away_however_late_it_came(world):
    mia, template = loyalty.customer(world.acme, "Mia"), loyalty.template(world.acme, 0)
    cards.issue(world.acme.id, mia.id, template.id)
    CardField.create(template=template, name="Your phone", kind="phone", place=1, is_required=True)
    read_before = Member.get_by_id(mia.id)
    holders_own.change(read_before, {"surname": "Moser", "phone": None})  # There is none to take away.
    members.change(mia, {"phone": "+49 151 23456780"})
    for empty in (None, " "):
        with pytest.raises(Invalid, match=f"Your card {template.name} needs a phone number."):
            holders_own.change(read_before, {"phone": empty})
    assert Member.get_by_id(mia.id).phone == "+4915123456780"
    CardField.update(is_required=False).execute()
    assert holders_own.change(read_before, {"phone": None}).phone is None
