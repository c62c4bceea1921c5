"""All that is known of a person, in the shapes of the API: whoever asks for their data gets this file."""

import json

from portal import clock
from portal.cards.cards import api as cards_api
from portal.cards.customers import wire
from portal.cards.envelope import stamp
from portal.cards.operations import wire as operations_wire
from portal.domain import money
from portal.domain.cards.cards import lists
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.history import shown
from portal.domain.cards.ties import lists as ties
from portal.domain.members.tables import Member

_AT_ONCE = 500


def written(member: Member) -> str:
    """The file."""
    customer = wire.customers([member.id])[member.id]
    known = {
        "customer": customer | {"phoneInternational": member.phone, "language": member.language},
        "cards": [cards_api.whole(row) for row in _cards(member)],
        "operations": [operations_wire.operation(row, {"id": member.uuid}) for row in _operations(member)],
        "deals": [_deal(row) for row in _deals(member)],
        "handedOutAt": stamp(clock.micros()),
    }
    return json.dumps(known, ensure_ascii=False, indent=2)


def _cards(member: Member) -> list:
    theirs = Card.select(Card.serial).where(Card.member == member).order_by(Card.id)
    return [row for card in theirs if (row := lists.one(member.partner_id, card.serial))]


def _operations(member: Member) -> list:
    found, total = shown.page(member.partner_id, _AT_ONCE, 0, {"member": member.id})
    while len(found) < total:
        more, _ = shown.page(member.partner_id, _AT_ONCE, len(found), {"member": member.id})
        if not more:
            break
        found += more
    return found


def _deals(member: Member) -> list[ties.DealRow]:
    page = ties.of_member(member)
    found = page.rows
    while page.older_than is not None:
        page = ties.of_member(member, page.older_than)
        found += page.rows
    return found


def _deal(row: ties.DealRow) -> dict:
    """A purchase, as the API of deals names what is told of it."""
    cost = money.to_decimal(row.cost, row.currency)
    told = {"deal_id": row.deal_id, "offer": row.offer_name, "cost": f"{cost:f}", "currency": row.currency}
    return told | {"status": row.standing, "reportedAt": stamp(row.conversion_time)}
