"""Keeping a partner out, with its test mode: its people see no page of it, its tokens are refused, nobody new joins it.

What it agreed stays: links of its promoters lead to the shop, deals, rewards and payouts are kept as they are.
"""

from typing import NamedTuple

from portal import clock
from portal.database import Statement, transaction
from portal.domain.accounts.tables import Partner
from portal.domain.events import log

_DISABLE = Statement("UPDATE partner SET disabled_at = ? WHERE (id = ? OR live_partner_id = ?) AND disabled_at IS NULL")
_ENABLE = Statement(
    "UPDATE partner SET disabled_at = NULL WHERE (id = ? OR live_partner_id = ?) AND disabled_at IS NOT NULL"
)
_AT_STAKE = Statement(
    """SELECT (SELECT COUNT(*) FROM membership WHERE partner_id = ?),
        (SELECT COUNT(*) FROM client_token WHERE partner_id = ? AND revoked_at IS NULL),
        (SELECT COUNT(*) FROM catalog WHERE partner_id = ? AND is_published AND archived_at IS NULL)"""
)


class AtStake(NamedTuple):
    """What stops working: for how many people, how many API tokens, how many catalogs of the marketplace."""

    people: int
    tokens: int
    catalogs: int


def at_stake(partner: Partner) -> AtStake:
    """What a partner loses while it is disabled."""
    return AtStake(*_AT_STAKE.row(partner.id, partner.id, partner.id))


def disable(partner: Partner) -> bool:
    """Keep it out until it is let in again; whether this call did it. Tokens are refused within a second."""
    with transaction():
        done = bool(_DISABLE.run(clock.micros(), partner.id, partner.id))
        if done:
            log.record(partner.id, "partner.disabled", "partner", partner.uuid)
    return done


def enable(partner: Partner) -> bool:
    """Let it in again; everything is as it was. Whether this call did it."""
    with transaction():
        done = bool(_ENABLE.run(partner.id, partner.id))
        if done:
            log.record(partner.id, "partner.enabled", "partner", partner.uuid)
    return done
