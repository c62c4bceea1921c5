"""What an approved deal gives to cards, and what a canceled or returned one takes back (contract: cards, "Deals and cards")."""

import json
from typing import NamedTuple

from portal.database import Statement, savepoint
from portal.domain.cards.operations import crediting, locking
from portal.domain.cards.operations.rows import Operation
from portal.domain.cards.ties.tables import CardDeal
from portal.domain.errors import Refused
from portal.domain.members import finding
from portal.domain.sentences import say
from portal.domain.steps import Steps, first_failed

CURRENCY, NAMED, KNOWN, HAS_CARD, GIVEN = (
    "template in the currency",
    "customer named",
    "customer known",
    "customer has a card",
    "card credited",
)
_FOUND = "customer found"  # of the steps of a deal's attribution, where not the order said who bought
_CHECKS = (CURRENCY, NAMED, KNOWN, HAS_CARD, GIVEN)


class Approved(NamedTuple):
    """A deal as it was approved; its cost in minor units."""

    id: int
    partner_id: int
    catalog_id: int
    currency: str
    cost: int


class _Rule(NamedTuple):
    template_id: int
    name: str
    currency: str


class _Customer(NamedTuple):
    """Whom the deal names, and the steps that may tell how it came to."""

    name: str | None
    attribution: str

    @property
    def found(self) -> str:
        """Why it is them, where the order did not say so."""
        steps = json.loads(self.attribution)
        return next((step["detail"] for step in steps if step["check"] == _FOUND), "")


_RULES = Statement(
    """SELECT t.id AS template_id, t.name, t.currency FROM template_catalog l JOIN card_template t ON t.id = l.template_id
    WHERE l.catalog_id = :catalog AND t.partner_id = :partner AND t.credits_deals ORDER BY t.id""",
    _Rule,
)
_CUSTOMER = Statement("SELECT customer AS name, attribution FROM deal WHERE id = :deal", _Customer)
_CARD = Statement("SELECT id FROM card WHERE template_id = :template AND member_id = :member AND deleted_at IS NULL")
_CREDITS = Statement("SELECT card_id, operation_id FROM card_deal WHERE deal_id = :deal AND operation_id IS NOT NULL")


def credit(deal: Approved) -> None:
    """Credit each card that its customer has of templates that name its catalog, in the transaction of the approval, and keep
    for each template what was done or why nothing was."""
    rules = _RULES.rows(catalog=deal.catalog_id, partner=deal.partner_id)
    if not rules:
        return
    customer = _CUSTOMER.row(deal=deal.id) or _Customer(None, "[]")
    member = finding.named(deal.partner_id, customer.name)
    cards = {rule: _CARD.value(template=rule.template_id, member=member) if member else None for rule in rules}
    for rule in sorted(rules, key=lambda rule: cards[rule] or 0, reverse=True):  # As locking wants it.
        steps = Steps(*_CHECKS)
        operation = _credited(deal, rule, customer, member, cards[rule], steps)
        CardDeal.create(
            deal=deal.id, template=rule.template_id, member=member, card=cards[rule], operation=operation and operation.id,
            steps=steps.as_list(),
        )  # fmt: skip


def take_back(deal_id: int, back: int, whole: int) -> None:
    """Take back what the deal credited, as `back` of its `whole` went back in all so far; what is not there is owed."""
    found = [(locking.present_id(card), operation) for card, operation in _CREDITS.rows(deal=deal_id)]
    for _, operation in sorted(found, reverse=True):
        crediting.take_back(operation, back, whole)


def forget(deal_id: int) -> None:
    """The deal is removed: its credits are taken back, and nothing tells of it."""
    take_back(deal_id, 1, 1)
    CardDeal.delete().where(CardDeal.deal == deal_id).execute()


def _credited(
    deal: Approved, rule: _Rule, customer: _Customer, member: int | None, card: int | None, steps: Steps
) -> Operation | None:
    for check, holds, sentence, fix in _conditions(deal, rule, customer.name, member, card):
        if not holds:
            steps.failed(check, sentence, fix)
            return None
        steps.passed(check, customer.found if check == KNOWN else "")
    try:
        with savepoint():
            operation = crediting.credit(card or 0, deal.cost)
    except Refused as error:
        failed = first_failed(error.steps)
        steps.failed(GIVEN, error.sentence, failed["fix"] if failed else "")
        return None
    if operation is None:
        sentence = say("“{template}” gives nothing for a deal of this sum.", template=rule.name)
        steps.failed(GIVEN, sentence, say("Say in the template how much each deal gives."))
    else:
        steps.passed(GIVEN)
    return operation


def _conditions(deal: Approved, rule: _Rule, name: str | None, member: int | None, card: int | None) -> list[tuple]:
    """Each check with whether it holds, what is said when it does not, and what would mend it. The customer's name for
    themselves is not told: it would stay when the person is erased."""
    other = say(
        "The deal is in {deal}, and “{template}” counts in {currency}.",
        deal=deal.currency, template=rule.name, currency=rule.currency,
    )  # fmt: skip
    return [
        (CURRENCY, rule.currency == deal.currency, other, say("Make a template in this currency for the catalog.")),
        (
            NAMED,
            bool(name),
            say("The order did not say who the customer is."),
            say("Let the shop send customer= in another_data: their mail address, phone, or your id of them."),
        ),
        (
            KNOWN,
            member is not None,
            say("None of your customers has this mail address, phone or id."),
            say("Add the customer, or correct what the shop sends."),
        ),
        (
            HAS_CARD,
            card is not None,
            say("The customer had no card of “{template}”.", template=rule.name),
            say("Give the customer a card before the next deal is approved."),
        ),
    ]
