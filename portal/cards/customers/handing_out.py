"""All that is known of a person, in the shapes of the API: whoever asks for their data gets this file."""

import json

from portal import clock
from portal.cards.cards import api as cards_api
from portal.cards.customers import wire
from portal.cards.envelope import stamp
from portal.cards.operations import wire as operations_wire
from portal.domain.cards.cards import lists
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.operations import shown
from portal.domain.members.tables import Member

_AT_ONCE = 500


def written(member: Member) -> str:
    """The file."""
    customer = wire.customers([member.id])[member.id]
    known = {
        "customer": customer | {"phoneInternational": member.phone, "language": member.language},
        "cards": [cards_api.whole(row) for row in _cards(member)],
        "operations": [operations_wire.operation(row, {"id": member.uuid}) for row in _operations(member)],
        "handedOutAt": stamp(clock.micros()),
    }
    return json.dumps(known, ensure_ascii=False, indent=2)


def _cards(member: Member) -> list:
    theirs = Card.select(Card.serial).where(Card.member == member).order_by(Card.id)
    return [lists.BY_SERIAL.row(serial=card.serial, partner=member.partner_id) for card in theirs]


def _operations(member: Member) -> list:
    found, total = shown.page(member.partner_id, _AT_ONCE, 0, {"member": member.id})
    while len(found) < total:
        more, _ = shown.page(member.partner_id, _AT_ONCE, len(found), {"member": member.id})
        if not more:
            break
        found += more
    return found
