"""Assigning coupons over JSON (contract: coupons, "Assignment")."""

from flask import current_app

from portal.api import names
from portal.coupons.assignments.schemas import Assignment
from portal.domain.accounts.tokens.tokens import Credential
from portal.domain.coupons import sellers
from portal.domain.coupons.assignments import assigning
from portal.domain.coupons.assignments.assigning import Terms
from portal.domain.errors import Invalid
from portal.domain.sentences import say

_NAMES = {"global": "is_everywhere", "date_filter": "blackout", "start_date": "start", "end_date": "end"}
INDIVIDUAL, GROUP = "individual", "group"


def assign(caller: Credential, body: Assignment) -> dict:
    """Assign coupons: each gets an offer, or none does. The body may be flat, or stand under `data.attributes`."""
    with names.of_wire(_NAMES):
        assigning.assign(sellers.reached(caller.partner_id, caller.reach), body.coupon_ids, _terms(body))
    return {"success": True}


def assign_by_other_name(caller: Credential, body: Assignment) -> dict:
    """The same, under the address that some clients use."""
    return assign(caller, body)


def _terms(body: Assignment) -> Terms:
    return Terms(
        start=body.start_date,
        end=body.end_date,
        limit=body.limit,
        is_shared=_is_shared(body),
        timezone=body.timezone or current_app.config["SETTINGS"].time_zone,
        ticket_limit=body.ticket_limit,
        is_everywhere=bool(body.global_),
        taggable=bool(body.taggable),
        event_ids=body.event_ids or (),
        price_level_ids=body.price_level_ids or (),
        bundle_ids=body.bundle_ids or (),
        blackout=body.date_filter,
    )


def _is_shared(body: Assignment) -> bool:
    word = body.offer_type or (INDIVIDUAL if body.global_ else None)
    if word not in (INDIVIDUAL, GROUP):
        raise Invalid("offer_type", say("Say whether the offer is “individual” or “group”."))
    return word == GROUP
