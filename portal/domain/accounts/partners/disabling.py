"""Keeping a partner out, with its test mode: its people see no page of it, its tokens are refused, nobody new joins it.

What it agreed stays: links of its promoters lead to the shop, deals, rewards and payouts are kept as they are.
"""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from portal import clock
from portal.database import Statement, transaction
from portal.domain.accounts.tables import Partner
from portal.domain.events import log


class AtStake(NamedTuple):
    """What stops working: for how many people, how many API tokens, how many catalogs of the marketplace."""

    people: int
    tokens: int
    catalogs: int


before_enabling: list[Callable[[Partner], None]] = []  # each may refuse
_AT_STAKE = Statement(
    """SELECT (SELECT COUNT(*) FROM membership WHERE partner_id = :partner) AS people,
        (SELECT COUNT(*) FROM client_token WHERE partner_id = :partner AND revoked_at IS NULL) AS tokens,
        (SELECT COUNT(*) FROM catalog WHERE partner_id = :partner AND is_published AND archived_at IS NULL) AS catalogs""",
    row=AtStake,
)


def at_stake(partner: Partner) -> AtStake:
    """What a partner loses while it is disabled."""
    (found,) = _AT_STAKE.rows(partner=partner.id)
    return found


def disable(partner: Partner) -> bool:
    """Keep it out until it is let in again; whether this call did it. Tokens are refused within a second."""
    with transaction():
        done = _set(partner, clock.now())
        if done:
            log.record(partner.id, "partner.disabled", "partner", partner.uuid)
    return done


def enable(partner: Partner) -> bool:
    """Let it in again; everything is as it was. Whether this call did it. Raises Refused for one that is gone for good."""
    with transaction():
        for refuse in before_enabling:
            refuse(partner)
        done = _set(partner, None)
        if done:
            log.record(partner.id, "partner.enabled", "partner", partner.uuid)
    return done


def _set(partner: Partner, disabled_at: datetime | None) -> bool:
    both = (Partner.id == partner.id) | (Partner.live_partner == partner.id)
    other = Partner.disabled_at.is_null(disabled_at is not None)
    return bool(Partner.update(disabled_at=disabled_at).where(both, other).execute())
