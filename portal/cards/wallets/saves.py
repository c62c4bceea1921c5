"""A card as Google's wallet shows it (a loyalty class for its template, a loyalty object for itself), in a signed link."""

from typing import Any

from flask import current_app

from portal import clock, languages
from portal.cards import links
from portal.delivery import google_save
from portal.domain.cards.cards.lists import ShownCard
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.wallets import google_objects, setups
from portal.domain.cards.wallets.google_keys import GoogleKeys
from portal.domain.cards.wallets.tables import WalletSetup


def link(card: Card, row: ShownCard, setup: WalletSetup) -> str:
    """The address at Google that saves the card. Raises Unreadable where SECRET_KEY is another one since."""
    keys, base = setups.google(setup), current_app.config["SETTINGS"].public_url
    with languages.speaking(languages.known(card.member.language) or languages.spoken()):
        shown = google_objects.whole(card, row, keys)
    payload = {"loyaltyClasses": [_class(card, keys, base)], "loyaltyObjects": [shown]}
    at = clock.wall_micros() // 1_000_000  # Google's clock
    return google_save.link(payload, base, at, keys.mail, keys.key_id, keys.key)


def _class(card: Card, keys: GoogleKeys, base: str) -> dict[str, Any]:
    template = card.template
    logo = f"{base}/pictures/{template.logo}" if template.logo else links.template_icon(base, template.key)
    return {
        "id": google_objects.class_id(card, keys.issuer),
        "issuerName": template.partner.name,
        "programName": template.name,
        "programLogo": {"sourceUri": {"uri": logo}},
        "hexBackgroundColor": template.background,
        "reviewStatus": "UNDER_REVIEW",
    }
