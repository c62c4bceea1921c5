"""A moment that has passed decides, whether the worker has come or not: whoever looks at deals settles first what is due
(contract: affiliate, Time).

Where it cannot be written, on a full disk, what is there is shown.
"""

import logging
from collections.abc import Callable, Iterable

from portal import clock
from portal.database import AWAY
from portal.domain.affiliate.deals import moves, queries
from portal.domain.affiliate.deals.rows import PartnerWithDue, ShownDeal

MOST = 500  # at one look; the worker goes on with what is more
_logger = logging.getLogger("portal.deals")


def for_partner(partner_id: int) -> None:
    """Settle what is due of all that the partner sees: its own deals, and those of the merchants that it promotes."""
    _each(queries.PARTNERS_SEEN_WITH_DUE.rows(partner=partner_id, now=clock.wall_micros()))


def of_merchants(merchant_ids: list[int]) -> int:
    """Settle what is due of these merchants, whoever looks at how many of their deals were approved; how many deals."""
    if not merchant_ids:
        return 0
    return _each(queries.PARTNERS_OF_THESE_WITH_DUE.rows(partners=merchant_ids, now=clock.wall_micros()))


def _each(partners: list[PartnerWithDue]) -> int:
    settled = 0
    for partner in partners:
        with clock.acting(partner.clock_offset):
            settled += of_partner(partner.id)
    return settled


def of_partner(partner_id: int) -> int:
    """Settle what is due of the partner's own deals, by the clock that is acted by; how many."""
    return _tried(lambda: moves.settle_of(partner_id, MOST))


def of_shown(deals: Iterable[ShownDeal]) -> int:
    """Settle those that are due of what was read; how many."""
    return _tried(lambda: sum(moves.settle_one(deal.id, deal.status) for deal in deals if moves.is_due(deal)))


def _tried(settle: Callable[[], int]) -> int:
    try:
        return settle()
    except AWAY as error:
        _logger.warning("what is due could not be settled before it was shown: %s", error)
        return 0
