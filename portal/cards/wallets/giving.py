"""The addresses by which a holder puts their card into a wallet. Whoever has the link of the card has these; taking it installs it."""

from datetime import UTC, datetime

from flask import Response, redirect

from portal import clock
from portal.cards import opened
from portal.cards.wallets import passes, saves
from portal.database import transaction
from portal.delivery import apple_pass, pass_pictures
from portal.domain.cards.asking import asking
from portal.domain.cards.cards import lists, of_members
from portal.domain.cards.cards.lists import ShownCard
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.wallets import holdings, installing, setups, states
from portal.domain.cards.wallets.tables import APPLE, GOOGLE, WalletSetup
from portal.domain.errors import NotFound
from portal.domain.sentences import say
from portal.web.answers import secret


def apple(card_key: str):
    """The pass, signed."""
    card, row, setup = _found(card_key, APPLE)
    _note(card, APPLE)
    return secret(as_file(card, row, setup))


def google(card_key: str):
    """On to Google's page that saves it."""
    card, row, setup = _found(card_key, GOOGLE)
    place = saves.link(card, row, setup)
    with transaction():
        _note(card, GOOGLE)
        holdings.keep(card, GOOGLE, is_due=False)
    return secret(redirect(place, 302))


def _note(card: Card, wallet: str) -> None:
    """What reads mails and pages by itself follows these links, too."""
    if opened.by_its_holder(card):
        installing.note(card, wallet)


def icon(template_key: str):
    """A picture in the template's colours: Google wants one of each company, and fetches it."""
    template = asking.template_of(template_key)
    if template is None:
        raise NotFound(say("template"))
    return Response(pass_pictures.badge(template.background, template.foreground), content_type="image/png")


def as_file(card: Card, row: ShownCard, setup: WalletSetup) -> Response:
    """The answer that has the pass as it is now, and how a phone names it when it asks for another one."""
    state = states.of_card(card.id)
    answer = Response(passes.made(card, row, setup), content_type=apple_pass.CONTENT_TYPE)
    answer.headers["Content-Disposition"] = f'attachment; filename="{card.serial}.pkpass"'
    answer.last_modified = datetime.fromtimestamp(states.give(card.id, state), UTC)
    return answer


def _found(card_key: str, wallet: str) -> tuple[Card, ShownCard, WalletSetup]:
    """Raises NotFound for a wrong key, a deleted card, and where the wallet is not set up or switched off."""
    card = of_members.by_key(card_key)
    if card is None or card.deleted_at is not None:
        raise NotFound(say("card"))
    clock.use(card.template.partner.clock_offset)
    setup = setups.working(card.partner_id).get(wallet)
    row = lists.one(card.partner_id, card.serial)
    if setup is None or row is None:
        raise NotFound(say("card"))
    return card, row, setup
