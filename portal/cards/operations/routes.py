"""Operations: their pages, and their JSON endpoints, one line each."""

from portal.cards.envelope import Many, One
from portal.cards.examples import CARD, OPERATION, listed, one
from portal.cards.operations import api as json
from portal.cards.operations import pages
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
from portal.cards.schemas import Card, Operation
from portal.domain.accounts.roles import MAY_EDIT, MAY_VIEW
from portal.domain.cards.permits import CARDS_READ, CARDS_WRITE
from portal.routing import Route, api, page, permit, roles

READ, WRITE = permit(CARDS_READ), permit(CARDS_WRITE)
VIEW, EDIT = roles(MAY_VIEW), roles(MAY_EDIT)

PAGES = [
    page("GET POST", "/cards/<card_id>/operations/new", pages.new, EDIT),
    page("GET", "/cards/<card_id>/operations/foreseen", pages.foreseen, EDIT),
    page("GET POST", "/cards/<card_id>/operations/<operation_id>/reversal", pages.reversal, EDIT),
    page("GET", "/cards/<card_id>/figures/<figure>", pages.why, VIEW),
]


def _booked(name: str, view, body, summary: str, example: dict, **more) -> Route:
    return api(
        "POST",
        f"/api/v2/cards/<card_id>/{name}",
        view,
        WRITE,
        summary,
        operation=f"card_{name.replace('-', '_')}",
        body=body,
        answer=One[Card],
        example=example,
        answer_example=one(CARD),
        **more,
    )


API = [
    api(
        "GET",
        "/api/v2/operations",
        json.index,
        READ,
        "List operations",
        operation="list_operations",
        query=OperationFilter,
        answer=Many[Operation],
        answer_example=listed(OPERATION),
    ),
    _booked("add-stamp", json.add_stamp, StampsChange, "Add stamps", {"stamps": 2}),
    _booked("subtract-stamp", json.subtract_stamp, StampsChange, "Subtract stamps", {"stamps": 1}),
    _booked("add-reward", json.add_reward, RewardsChange, "Add rewards", {"rewards": 1}),
    _booked("subtract-reward", json.subtract_reward, RewardsChange, "Subtract rewards", {"rewards": 1}),
    _booked("add-scores", json.add_scores, ScoresChange, "Add scores", {"scores": 20}),
    _booked("subtract-scores", json.subtract_scores, ScoresChange, "Subtract scores", {"scores": 5}),
    _booked("add-visit", json.add_visit, VisitsChange, "Add visits", {"visits": 1}),
    _booked("subtract-visit", json.subtract_visit, VisitsChange, "Subtract visits", {"visits": 1}),
    _booked("add-point", json.add_point, PointsChange, "Add points or money", {"points": 12.5, "comment": "A gift"}),
    _booked("subtract-point", json.subtract_point, PointsChange, "Subtract points or money", {"points": 2.5}),
    _booked(
        "add-transaction-amount", json.add_transaction_amount, AmountChange, "Add a transaction amount", {"amount": 49.9}
    ),
    _booked(
        "subtract-transaction-amount", json.subtract_transaction_amount, AmountChange, "Subtract a transaction amount",
        {"amount": 9.9},
    ),
    _booked("add-amount", json.add_amount, AmountChange, "Add an amount", {"amount": 49.9}),
    _booked("subtract-amount", json.subtract_amount, AmountChange, "Subtract an amount", {"amount": 9.9}),
    _booked("add-purchase", json.add_purchase, AmountChange, "Add a purchase", {"amount": 49.9}),
    _booked("subtract-purchase", json.subtract_purchase, AmountChange, "Subtract a purchase", {"amount": 9.9}),
    _booked("receive-reward", json.receive_reward, RewardReceipt, "Receive a reward", {"id": 4}, body_is_optional=True),
    _booked(
        "redeem-coupon", json.redeem_coupon, Noted, "Redeem a coupon", {"comment": "At the till"}, body_is_optional=True
    ),
    _booked(
        "set-membership-tier", json.set_membership_tier, TierChange, "Set the level of a membership",
        {"tierId": 3, "period": "month"},
    ),
]  # fmt: skip
ROUTES = PAGES + API
