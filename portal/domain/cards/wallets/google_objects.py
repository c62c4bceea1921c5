"""A card as Google's wallet shows it: an object of a loyalty class, which is its template's. The link that saves it has the whole of
it, and what changes is told later."""

from typing import Any

from portal import clock, languages
from portal.domain.cards.cards.lists import ShownCard
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.counter import codes
from portal.domain.cards.operations import words
from portal.domain.cards.operations.rows import shown_of
from portal.domain.cards.wallets.google_keys import GoogleKeys
from portal.domain.cards.words import COUPON, DISCOUNT, MEMBERSHIP, STAMP
from portal.domain.members import names
from portal.domain.sentences import Sentence, counted, joined, say


def object_id(issuer: str, serial: str) -> str:
    """What the card's object is called there, by the card's number."""
    return f"{issuer}.{serial.replace('-', '')}"


def class_id(card: Card, issuer: str) -> str:
    """What its template's class is called there."""
    return f"{issuer}.{card.template.uuid}"


def whole(card: Card, row: ShownCard, keys: GoogleKeys) -> dict[str, Any]:
    """The object, in the language that is spoken."""
    number = codes.still_of(card)
    fixed = {
        "id": object_id(keys.issuer, card.serial),
        "classId": class_id(card, keys.issuer),
        "accountId": card.serial,
        "barcode": {"type": "QR_CODE", "value": number, "alternateText": card.serial},
    }
    return fixed | {name: value for name, value in changing(card, row).items() if value is not None}


def changing(card: Card, row: ShownCard) -> dict[str, Any]:
    """What of it changes, in the language that is spoken; None where there is no such thing any more."""
    label = words.label(row.kind, shown_of(row.kind, row.mechanics))
    points = {"label": label.said(), "localizedLabel": _localised(label), "balance": {"string": stands(row).said()}}
    return {
        "state": _state(card),
        "accountName": names.full(card.member.first_name, card.member.surname),
        "loyaltyPoints": points,
        "validTimeInterval": {"end": {"date": card.expires_at.isoformat()}} if card.expires_at else None,
    }


def stands(row: ShownCard) -> Sentence:
    """What is on the card."""
    main = shown_of(row.kind, row.mechanics)
    number = words.said(row.kind, row.mechanics, row.currency, main, getattr(row, main))
    if row.kind == STAMP:
        stamps = say("{count} of {total} stamps", count=row.uses, total=row.stamps_total)
        return _and(stamps, row.rewards and counted(row.rewards, "1 reward", "{number} rewards"))
    if row.kind == COUPON:
        return say("Redeemed") if row.coupon else say("Good for one use")
    if row.kind == DISCOUNT:
        return _and(say("{percent} off", percent=f"{(row.discount or 0) / 100:g}%"), number)
    return _and(row.tier_name, number) if row.kind == MEMBERSHIP else _and(number)


def _state(card: Card) -> str:
    if card.deleted_at is not None:
        return "INACTIVE"
    return "EXPIRED" if clock.has_passed(card.expires_at) else "COMPLETED" if card.coupon else "ACTIVE"


def _localised(text: Sentence) -> dict[str, Any]:
    """A sentence in each language, that of the holder for all others."""
    each = {language: {"language": language, "value": text.said(language)} for language in languages.NAMES}
    mine = each.pop(languages.spoken())
    return {"defaultValue": mine, "translatedValues": list(each.values())}


def _and(*parts: str | int | None) -> Sentence:
    return joined([part for part in parts if part], ", ")  # type: ignore[misc]
