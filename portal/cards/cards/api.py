"""Cards over JSON (contract: cards)."""

from flask import current_app

from portal.cards.cards import wire
from portal.cards.cards.schemas import CardChange, CardCreate, CardFilter, ExpirationChange, GivenField
from portal.cards.customers import wire as customers_wire
from portal.cards.envelope import Listed
from portal.domain.accounts.tokens.tokens import Credential
from portal.domain.cards.cards import cards, lists
from portal.domain.cards.cards.lists import ShownCard
from portal.domain.errors import NotFound
from portal.domain.members import finding
from portal.domain.sentences import say


def index(caller: Credential, query: CardFilter) -> Listed:
    """The cards that are not deleted, newest first."""
    by = {} if query.templateId is None else {"template": query.templateId}
    asked = {"uuid": query.customerId, "mail": query.customerEmail, "phone": query.customerPhone}
    if any(asked.values()):
        member = finding.one(caller.partner_id, **asked)
        if member is None:
            return query.of([], 0)
        by["member"] = member
    rows, total = lists.page(caller.partner_id, query.itemsPerPage, query.skipped, **by)
    return query.of(_in_list(rows), total)


def create(caller: Credential, body: CardCreate) -> dict:
    """Issue a card of a template to a customer, who has one of each template at most."""
    member = finding.one(caller.partner_id, uuid=body.customerId)
    if member is None:
        raise NotFound(say("customer"))
    card = cards.issue(caller.partner_id, member, body.templateId, _given(body.customFields))
    return show(caller, card.serial)


def show(caller: Credential, card_id: str) -> dict:
    """A card by its number, a deleted one as well."""
    row = lists.one(caller.partner_id, card_id)
    if row is None:
        raise NotFound(say("card"))
    return whole(row)


def change(caller: Credential, card_id: str, body: CardChange) -> dict:
    """Change answers to the template's fields."""
    card = cards.find(caller.partner_id, card_id)
    if body.customFields is not None:
        cards.change_fields(card, _given(body.customFields))
    return show(caller, card.serial)


def remove(caller: Credential, card_id: str) -> dict:
    """Delete a card. It takes no operation any more; what happened to it stays."""
    card = cards.find(caller.partner_id, card_id)
    cards.delete(card)
    return {"id": card.serial}


def set_expiration(caller: Credential, card_id: str, body: ExpirationChange) -> dict:
    """Say until when the card is good; null takes the end away."""
    card = cards.find(caller.partner_id, card_id)
    cards.set_expiration(card, body.expiresAt)
    return show(caller, card.serial)


def whole(row: ShownCard) -> dict:
    """A whole Card of a row."""
    (customer,) = customers_wire.of_rows([row.member])
    fields, tiers = lists.fields_of([row]), lists.tiers_of([row])
    return wire.card(row, fields.get(row.id, []), tiers.get(row.id, []), customer, _base())


def _in_list(rows: list[ShownCard]) -> list[dict]:
    if not rows:
        return []
    fields, tiers = lists.fields_of(rows), lists.tiers_of(rows)
    customers = customers_wire.of_rows([row.member for row in rows])
    base = _base()
    return [
        wire.in_list(row, fields.get(row.id, []), tiers.get(row.id, []), customer, base)
        for row, customer in zip(rows, customers, strict=True)
    ]


def _given(fields: list[GivenField] | None) -> list[dict]:
    return [field.given() for field in fields or []]


def _base() -> str:
    return current_app.config["SETTINGS"].public_url
