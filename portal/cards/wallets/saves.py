"""A card as Google's wallet shows it (a loyalty class for its template, a loyalty object for itself), in a signed link."""

from typing import Any

from flask import current_app

from portal import clock, languages
from portal.cards import drawing, links, sentences
from portal.cards.wallets.passes import said
from portal.delivery import google_save
from portal.domain.cards.cards.lists import ShownCard
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.counter import codes
from portal.domain.cards.templates.kinds import KINDS
from portal.domain.cards.wallets import setups
from portal.domain.cards.wallets.google_keys import GoogleKeys
from portal.domain.cards.wallets.tables import WalletSetup
from portal.domain.sentences import Sentence


def link(card: Card, row: ShownCard, setup: WalletSetup) -> str:
    """The address at Google that saves the card. Raises Unreadable where SECRET_KEY is another one since."""
    keys, base = setups.google(setup), current_app.config["SETTINGS"].public_url
    with languages.speaking(languages.known(card.member.language) or languages.spoken()):
        shown = _object(card, row, keys)
    payload = {"loyaltyClasses": [_class(card, keys, base)], "loyaltyObjects": [shown]}
    at = clock.wall_micros() // 1_000_000  # Google's clock
    return google_save.link(payload, base, at, keys.mail, keys.key_id, keys.key)


def _class(card: Card, keys: GoogleKeys, base: str) -> dict[str, Any]:
    template = card.template
    logo = f"{base}/pictures/{template.logo}" if template.logo else links.template_icon(base, template.key)
    return {
        "id": _class_id(card, keys),
        "issuerName": template.partner.name,
        "programName": template.name,
        "programLogo": {"sourceUri": {"uri": logo}},
        "hexBackgroundColor": template.background,
        "reviewStatus": "UNDER_REVIEW",
    }


def _object(card: Card, row: ShownCard, keys: GoogleKeys) -> dict[str, Any]:
    drawn, number = drawing.of_card(card), codes.still_of(card)
    label, stands = drawn.label or KINDS[row.kind].name, drawn.figure or sentences.on_it(row)
    ends = {"validTimeInterval": {"end": {"date": card.expires_at.isoformat()}}} if card.expires_at else {}
    return {
        "id": f"{keys.issuer}.{number}",
        "classId": _class_id(card, keys),
        "state": "EXPIRED" if clock.has_passed(card.expires_at) else "COMPLETED" if card.coupon else "ACTIVE",
        "accountId": card.serial,
        "accountName": drawn.state.holder,
        "barcode": {"type": "QR_CODE", "value": number, "alternateText": card.serial},
        "loyaltyPoints": {
            "label": said(label),
            "localizedLabel": _localised(label),
            "balance": {"string": said(stands)},
        },
        **ends,
    }


def _localised(text: str) -> dict[str, Any]:
    """A sentence in each language, that of the holder for all others."""
    each = [
        {"language": language, "value": text.said(language) if isinstance(text, Sentence) else text}
        for language in languages.NAMES
    ]
    mine = languages.spoken()
    return {
        "defaultValue": next(one for one in each if one["language"] == mine),
        "translatedValues": [one for one in each if one["language"] != mine],
    }


def _class_id(card: Card, keys: GoogleKeys) -> str:
    return f"{keys.issuer}.{card.template.uuid}"
