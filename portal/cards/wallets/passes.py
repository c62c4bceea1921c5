"""A card as a pass of Apple's shows it (Wallet's `pass.json`): its colours, what is on it, its code for the counter, and where
a phone asks for changes."""

from typing import Any

from flask import current_app

from portal import languages
from portal.cards import drawing, links, sentences
from portal.cards.wallets import localised
from portal.cards.wallets.localised import Fields, Lists
from portal.delivery import apple_pass, pass_pictures
from portal.domain.cards.cards.lists import ShownCard
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.counter import codes
from portal.domain.cards.templates.kinds import COUPON, KINDS
from portal.domain.cards.wallets import holdings, setups, tokens
from portal.domain.cards.wallets.apple_keys import AppleKeys
from portal.domain.cards.wallets.tables import WalletSetup
from portal.domain.pictures import shelf
from portal.domain.sentences import Sentence, say

SERVICE = "/wallets/apple"  # before Apple's own `/v1/…`
_TEXTS = (("about", say("About the card")), ("how_to_earn", say("How one earns")), ("terms", say("Terms")))


def made(card: Card, row: ShownCard, setup: WalletSetup) -> bytes:
    """The signed pass. Raises Unreadable where SECRET_KEY is another one since."""
    keys, template = setups.apple(setup), card.template
    pictures = pass_pictures.icons(template.background, template.foreground)
    logo = shelf.served(template.logo) if template.logo else None
    if logo:
        pictures = pictures | pass_pictures.logos(logo.body)
    shown, lists = _shown(card, row, keys)
    said_in = {f"{language}.lproj/pass.strings": localised.strings(texts) for language, texts in lists.items()}
    return apple_pass.packed(shown, pictures | said_in, keys.certificate, keys.key, keys.intermediate)


def said(text: str) -> str:
    """A sentence in the reader's language."""
    return text.said() if isinstance(text, Sentence) else str(text)


def _shown(card: Card, row: ShownCard, keys: AppleKeys) -> tuple[dict[str, Any], Lists]:
    template, base = card.template, current_app.config["SETTINGS"].public_url
    language = languages.known(template.partner.language) or languages.ENGLISH
    fields, lists = localised.fields(lambda: _fields(card, row, base), language)
    name, company = (localised.as_typed(text, lists[language]) for text in (template.name, template.partner.name))
    number = codes.still_of(card)
    code = {"format": "PKBarcodeFormatQR", "message": number, "messageEncoding": "iso-8859-1", "altText": card.serial}
    shown = {
        "formatVersion": 1,
        "passTypeIdentifier": keys.pass_type,
        "teamIdentifier": keys.team,
        "serialNumber": card.serial,
        "organizationName": company,
        "description": name,
        "logoText": name,
        "backgroundColor": _colour(template.background),
        "foregroundColor": _colour(template.foreground),
        "labelColor": _colour(template.label_colour),
        "barcodes": [code],
        "barcode": code,
        "webServiceURL": f"{base}{SERVICE}",
        "authenticationToken": tokens.of(card),
        "voided": card.deleted_at is not None or bool(card.coupon),
        **({"expirationDate": card.expires_at.isoformat(timespec="seconds")} if card.expires_at else {}),
        "coupon" if row.kind == COUPON else "storeCard": fields,
    }
    return shown, lists


def _fields(card: Card, row: ShownCard, base: str) -> Fields:
    template, drawn = card.template, drawing.of_card(card)
    corner = [_field("corner", *drawn.corner)] if drawn.corner else []
    main = _field("balance", drawn.label or KINDS[row.kind].name, drawn.figure or sentences.on_it(row))
    main["changeMessage"] = said(say("{name}: {stands}", name=template.name, stands="%@"))
    note = [_field("note", "", drawn.note)] if drawn.note else []
    told = [_field(name, label, template.texts[name]) for name, label in _TEXTS if template.texts.get(name)]
    return {
        "headerFields": corner,
        "primaryFields": [main],
        "secondaryFields": note,
        "auxiliaryFields": [
            _field("holder", say("Name"), drawn.state.holder),
            _field("number", say("Number"), card.serial),
        ],
        "backFields": [_message(card), _field("page", say("The card’s page"), links.card(base, card.key)), *told],
    }


def _message(card: Card) -> dict:
    """What was sent to the card last: a phone shows it when it changes."""
    shown = holdings.shown(card.id)
    text = shown.message if shown else ""
    return _field("message", say("Latest message"), text or say("Nothing was sent yet.")) | {"changeMessage": "%@"}


def _field(key: str, label: str, value: str) -> dict:
    return {"key": key, "label": said(label), "value": said(value)}


def _colour(hexadecimal: str) -> str:
    return "rgb({}, {}, {})".format(*bytes.fromhex(hexadecimal[1:]))
