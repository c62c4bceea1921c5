"""What happens often is told in one mail: canceled deals are gathered, and told a quarter of an hour after the first.

Gathering costs one row, whoever wants to be told; who does is asked when the mail is written.
"""

from datetime import timedelta
from functools import cache

from portal import clock
from portal.database import Statement, transaction
from portal.domain.accounts.notifications.choices import CANCELED
from portal.domain.affiliate.notices import notices

WAITS = timedelta(minutes=15)
LISTED = 20
_TOGETHER = 10_000  # in one mail, so that no number of cancellations fills the memory

_GATHER = Statement("INSERT INTO gathered_notice (partner_id, kind, deal_id, at) VALUES (?, ?, ?, ?)")
_RIPE = Statement(
    "SELECT partner_id, kind FROM gathered_notice GROUP BY partner_id, kind HAVING MIN(at) <= ? ORDER BY MIN(at) LIMIT 20"
)
# Of two workers the second finds nothing left to delete, and tells nobody.
_TAKE = Statement(
    """DELETE FROM gathered_notice WHERE id IN (SELECT id FROM gathered_notice WHERE partner_id = ? AND kind = ?
    ORDER BY id LIMIT ?) RETURNING deal_id"""
)


def gather_cancellation(deal_id: int, promoter_id: int) -> None:
    """The promoter will be told that its deal was canceled; in the running transaction."""
    _GATHER.run(promoter_id, CANCELED, deal_id, clock.wall_micros())


def tell_due() -> int:
    """Tell what has waited long enough; how many mails' worth there was. The worker repeats it until 0."""
    ripe = _RIPE.rows(clock.wall_micros() - WAITS // clock.MICROSECOND)
    for partner_id, kind in ripe:
        with transaction():
            deals = sorted(deal_id for (deal_id,) in _TAKE.rows(partner_id, kind, _TOGETHER))
            if deals:
                _tell(partner_id, deals)
    return len(ripe)


def _tell(promoter_id: int, deals: list[int]) -> None:
    count, rows = len(deals), _shown(min(len(deals), LISTED)).rows(*deals[:LISTED])
    page = notices.address(promoter_id, notices.PROMOTERS_DEAL_PAGE)
    listed = "\n".join(
        f"- {notices.line(offer)}, {notices.line(merchant)}\n  {page.format(uuid)}" for uuid, offer, merchant in rows
    )
    more = f"\n- and {count - LISTED:,} more" if count > LISTED else ""
    subject = "A deal of yours was canceled" if count == 1 else f"{count:,} of your deals were canceled"
    done = "A deal that you brought was canceled" if count == 1 else f"{count:,} deals that you brought were canceled"
    notices.tell(
        promoter_id, CANCELED, subject, "deals_canceled", notices.CANCELED_PAGE, done=done, deals=listed + more
    )


@cache
def _shown(count: int) -> Statement:
    return Statement(
        f"""SELECT d.uuid, d.offer_name, p.name FROM deal d JOIN partner p ON p.id = d.partner_id
        WHERE d.id IN ({", ".join("?" * count)}) ORDER BY d.id"""
    )
