"""Operations over JSON: listed, and booked on a card (contract: cards)."""

from datetime import date, timedelta
from decimal import Decimal

from portal.cards.cards import api as cards_api
from portal.cards.customers import wire as customers_wire
from portal.cards.envelope import Listed
from portal.cards.operations import wire
from portal.cards.operations.schemas import (
    AmountChange,
    Noted,
    OperationFilter,
    PointsChange,
    RewardReceipt,
    RewardsChange,
    ScoresChange,
    StampsChange,
    TierChange,
    VisitsChange,
)
from portal.domain import periods
from portal.domain.accounts.tables import Partner
from portal.domain.accounts.tokens.tokens import Credential
from portal.domain.cards.cards import serials
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.history import shown
from portal.domain.cards.moments import membership, settling
from portal.domain.cards.operations import booking
from portal.domain.cards.operations.booking import Asked
from portal.domain.cards.words import API
from portal.domain.errors import Invalid
from portal.domain.members import finding
from portal.domain.sentences import say

_FIRST, _LAST = date(1970, 1, 2), date(9998, 12, 30)  # What a moment can be kept for


def index(caller: Credential, query: OperationFilter) -> Listed:
    """What happened to cards, newest first."""
    by = _narrowed(caller.partner_id, query)
    if by is None:
        return query.of([], 0)
    if by.keys() & {"card", "member"}:
        settling.what_credits(caller.partner_id)
    rows, total = shown.page(caller.partner_id, query.itemsPerPage, query.skipped, by)
    customers = customers_wire.customers(row.member_id for row in rows) if rows else {}
    return query.of([wire.operation(row, customers[row.member_id]) for row in rows], total)


def _narrowed(partner_id: int, query: OperationFilter) -> dict[str, int] | None:
    """What narrows the list; None where nothing can be in it."""
    by: dict[str, int | None] = {}
    if query.cardId is not None:
        serial = serials.normal(query.cardId)
        by["card"] = Card.select(Card.id).where(Card.serial == serial, Card.partner == partner_id).scalar()
    if query.customerId is not None:
        by["member"] = finding.number(partner_id, query.customerId)
    if query.templateId is not None:
        by["template"] = query.templateId
    if query.startDate is not None or query.endDate is not None:
        by |= _days(partner_id, query.startDate, query.endDate)
    return None if None in by.values() else {name: number for name, number in by.items() if number is not None}


def _days(partner_id: int, first: date | None, last: date | None) -> dict[str, int]:
    """The moments of days in the company's time zone, the last one in. Raises Invalid where they are reversed."""
    if first is not None and last is not None and first > last:
        raise Invalid("endDate", say("The last day is before the first one. Change one of them."))
    zone = Partner.get_by_id(partner_id).time_zone
    since = {} if first is None else {"since": periods.begins(max(first, _FIRST), zone)}
    until = {} if last is None else {"until": periods.begins(min(max(last, _FIRST), _LAST) + timedelta(days=1), zone)}
    return since | until


def add_stamp(caller: Credential, card_id: str, body: StampsChange) -> dict:
    """Add stamps to a stamp card. As many as make a reward become one, and the rest counts towards the next."""
    return _booked(caller, card_id, "add-stamp", body, body.stamps)


def subtract_stamp(caller: Credential, card_id: str, body: StampsChange) -> dict:
    """Take stamps from a stamp card. A finished round is not opened: rewards are subtracted by themselves."""
    return _booked(caller, card_id, "subtract-stamp", body, body.stamps)


def add_reward(caller: Credential, card_id: str, body: RewardsChange) -> dict:
    """Add rewards to a stamp card."""
    return _booked(caller, card_id, "add-reward", body, body.rewards)


def subtract_reward(caller: Credential, card_id: str, body: RewardsChange) -> dict:
    """Take rewards from a stamp card, such as when they are handed out."""
    return _booked(caller, card_id, "subtract-reward", body, body.rewards)


def add_scores(caller: Credential, card_id: str, body: ScoresChange) -> dict:
    """Add scores to a reward card that counts points, or to a multipass."""
    return _booked(caller, card_id, "add-scores", body, body.scores)


def subtract_scores(caller: Credential, card_id: str, body: ScoresChange) -> dict:
    """Take scores from a reward card or a multipass."""
    return _booked(caller, card_id, "subtract-scores", body, body.scores)


def add_visit(caller: Credential, card_id: str, body: VisitsChange) -> dict:
    """Add visits: those that were bought on a multipass, those that were made on other cards that count them."""
    return _booked(caller, card_id, "add-visit", body, body.visits)


def subtract_visit(caller: Credential, card_id: str, body: VisitsChange) -> dict:
    """Use visits of a multipass, or of a membership with limits."""
    return _booked(caller, card_id, "subtract-visit", body, body.visits)


def add_point(caller: Credential, card_id: str, body: PointsChange) -> dict:
    """Add points to a discount card, or money to a cashback card or a certificate."""
    return _booked(caller, card_id, "add-point", body, body.points)


def subtract_point(caller: Credential, card_id: str, body: PointsChange) -> dict:
    """Take points from a discount card, or money from a cashback card or a certificate."""
    return _booked(caller, card_id, "subtract-point", body, body.points)


def add_transaction_amount(caller: Credential, card_id: str, body: AmountChange) -> dict:
    """Add what was paid to a cashback card, which earns its percentage of it."""
    return _booked(caller, card_id, "add-transaction-amount", body, body.amount)


def subtract_transaction_amount(caller: Credential, card_id: str, body: AmountChange) -> dict:
    """Take back what was paid from a cashback card, and its percentage with it."""
    return _booked(caller, card_id, "subtract-transaction-amount", body, body.amount)


def add_amount(caller: Credential, card_id: str, body: AmountChange) -> dict:
    """Add what was paid: to a cashback card as a transaction amount, to a stamp or reward card as a purchase."""
    return _booked(caller, card_id, "add-amount", body, body.amount)


def subtract_amount(caller: Credential, card_id: str, body: AmountChange) -> dict:
    """Take back what was paid: from a cashback card as a transaction amount, from a stamp or reward card as a purchase."""
    return _booked(caller, card_id, "subtract-amount", body, body.amount)


def add_purchase(caller: Credential, card_id: str, body: AmountChange) -> dict:
    """Add a purchase to a stamp or reward card that counts what is spent. What makes no stamp yet counts for the next."""
    return _booked(caller, card_id, "add-purchase", body, body.amount)


def subtract_purchase(caller: Credential, card_id: str, body: AmountChange) -> dict:
    """Take a purchase back from a stamp or reward card that counts what is spent."""
    return _booked(caller, card_id, "subtract-purchase", body, body.amount)


def receive_reward(caller: Credential, card_id: str, body: RewardReceipt) -> dict:
    """Exchange points of a reward card for the reward of a tier."""
    return _booked(caller, card_id, "receive-reward", body, tier_id=body.id)


def redeem_coupon(caller: Credential, card_id: str, body: Noted) -> dict:
    """Use a coupon card, which is possible once."""
    return _booked(caller, card_id, "redeem-coupon", body)


def set_membership_tier(caller: Credential, card_id: str, body: TierChange) -> dict:
    """Give a membership card a level: its first period begins now, and each begins anew on the same day."""
    membership.set_tier(caller.partner_id, card_id, body.tierId, body.period, API)
    return cards_api.show(caller, card_id)


def _booked(
    caller: Credential,
    card_id: str,
    verb: str,
    body: Noted,
    quantity: Decimal | int | None = None,
    tier_id: int | None = None,
) -> dict:
    asked = Asked(verb, quantity, tier_id, body.purchaseSum, body.comment)
    booking.book(caller.partner_id, card_id, asked)
    return cards_api.show(caller, card_id)
