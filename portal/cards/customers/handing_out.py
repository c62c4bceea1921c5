"""All that is known of a person, in the shapes of the API: whoever asks for their data gets this file."""

import json
from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlsplit

from portal import clock
from portal.cards.cards import api as cards_api
from portal.cards.customers import wire
from portal.cards.envelope import stamp
from portal.cards.operations import wire as operations_wire
from portal.domain import money
from portal.domain.cards.cards import lists
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.history import shown
from portal.domain.cards.pushes.browsers import subscriptions
from portal.domain.cards.pushes.told import found as pushes
from portal.domain.cards.ties import lists as ties
from portal.domain.cards.wallets import holdings, registrations
from portal.domain.cards.wallets.tables import APPLE, GOOGLE
from portal.domain.lists.key_pages import KeyPage
from portal.domain.members import elsewhere
from portal.domain.members.consents import consents
from portal.domain.members.elsewhere import Told
from portal.domain.members.oauth import chains
from portal.domain.members.sign_ins import sign_ins
from portal.domain.members.tables import Member
from portal.web import agents

_AT_ONCE, _EVERY = 500, 1_000_000


def written(member: Member) -> str:
    """The file."""
    customer = wire.customers([member.id])[member.id]
    known = {
        "customer": customer
        | {"member_id": member.id, "phoneInternational": member.phone, "language": member.language}
        | {"noNewsSince": _at(member.messages_off_at)},
        "cards": [cards_api.whole(row) for row in _cards(member)],
        "operations": [operations_wire.operation(row, {"id": member.uuid}) for row in _operations(member)],
        "deals": [_deal(row) for row in _all(lambda before: ties.of_member(member, before))],
        "inbox": [_message(row) for row in _all(lambda before: pushes.of_member(member.id, before)) if row.is_in_inbox],
        "ban": _ban(member),
        "consents": [
            {"for": one.about, "text": one.text, "at": _at(one.at), "withdrawnAt": _at(one.withdrawn_at)}
            for one in consents.of(member)
        ],
        "signIns": [_sign_in(row) for row in sign_ins.all_of(member.id)],
        "apps": [_app(row) for row in chains.all_of(member.id)],
        "notifiedBrowsers": [_browser(row) for row in subscriptions.of(member)],
        "wallets": _wallets(member),
        "elsewhere": _elsewhere(member),
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


def _all(read: Callable[[int | None], KeyPage]) -> list:
    page = read(None)
    found = page.rows
    while page.older_than is not None:
        page = read(page.older_than)
        found += page.rows
    return found


def _deal(row: ties.DealRow) -> dict:
    """A purchase, as the API of deals names what is told of it."""
    cost = money.to_decimal(row.cost, row.currency)
    told = {"deal_id": row.deal_id, "offer": row.offer_name, "cost": f"{cost:f}", "currency": row.currency}
    return told | {"status": row.standing, "reportedAt": stamp(row.conversion_time)}


def _message(row: pushes.Recipient) -> dict:
    return {"cardId": row.serial, "message": row.message, "at": stamp(row.settled_at), "seenAt": stamp(row.shown_at)}


def _ban(member: Member) -> dict | None:
    return {"until": _at(member.banned_until), "reason": member.ban_reason} if member.banned_until else None


def _sign_in(row: sign_ins.MemberSignIn) -> dict:
    begun = {"browser": agents.named(row.agent), "address": row.address, "mail": row.mail, "at": _at(row.created_at)}
    return begun | {"seenAt": _at(row.seen_at), "endedAt": _at(row.ended_at), "endsAt": _at(row.expires_at)}


def _app(row: chains.AppSignIn) -> dict:
    return {"name": row.name, "since": _at(row.created_at), "usedAt": _at(row.used_at), "endedAt": _at(row.ended_at)}


def _browser(row: subscriptions.PushSubscription) -> dict:
    """Not where it takes pushes, nor its keys: whoever has them could send it some."""
    return {"service": urlsplit(row.endpoint).hostname, "since": _at(row.created_at)}


def _wallets(member: Member) -> list[dict]:
    at_apple = [_in_wallet(APPLE, row.card, row.created_at) for row in registrations.of_member(member)]
    return at_apple + [_in_wallet(GOOGLE, row.card, row.since) for row in holdings.at_google(member)]


def _elsewhere(member: Member) -> dict[str, list[dict]]:
    tellers = elsewhere.of(member).items()
    return {name: [_told(one) for one in teller.tell(member, _EVERY)] for name, teller in tellers}


def _in_wallet(wallet: str, card: Card, since: datetime) -> dict:
    return {"wallet": wallet, "cardId": card.serial, "since": _at(since)}


def _told(one: Told) -> dict:
    things = [{"kind": kind, "id": number, "name": name} for kind, number, name in one.things]
    return {"about": one.about, "things": things, "done": [{"what": what, "at": _at(at)} for what, at in one.done]}


def _at(moment: datetime | None) -> str | None:
    return None if moment is None else stamp(clock.to_micros(moment))
