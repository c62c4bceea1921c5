"""What happens often is told in one mail: canceled deals are gathered, as those that are returned in part, and told a quarter
of an hour after the first.

Gathering costs one row, whoever wants to be told; who does is asked when the mail is written.
"""

from datetime import timedelta
from typing import NamedTuple

from portal import clock
from portal.database import Statement, transaction
from portal.domain.affiliate.notices import notices
from portal.domain.affiliate.notices.kinds import CANCELED, REFUNDED
from portal.domain.mail import words
from portal.domain.sentences import counted, forms, joined

WAITS = timedelta(minutes=15)
LISTED = 20
_MORE = forms("- and 1 more", "- and {number} more")
_TOGETHER = 10_000  # in one mail, so that no number of cancellations fills the memory

_GATHER = Statement("INSERT INTO gathered_notice (partner_id, kind, deal_id, at) VALUES (:partner, :kind, :deal, :now)")


class _Words(NamedTuple):
    """What a mail says of one deal and of several, from which text it is made, and where it leads."""

    subjects: tuple[str, str]
    done: tuple[str, str]
    text: str
    page: str


_SAID = {
    CANCELED: _Words(
        forms("A deal of yours was canceled", "{number} of your deals were canceled"),
        forms("A deal that you brought was canceled", "{number} deals that you brought were canceled"),
        "deals_canceled",
        notices.CANCELED_PAGE,
    ),
    REFUNDED: _Words(
        forms("A part of a deal of yours was returned", "Parts of {number} of your deals were returned"),
        forms(
            "The customer of a deal that you brought got a part of the money back",
            "The customers of {number} deals that you brought got a part of their money back",
        ),
        "deals_refunded",
        notices.PROMOTERS_DEALS_PAGE,
    ),
}


class _Ripe(NamedTuple):
    partner_id: int
    kind: str


class _Shown(NamedTuple):
    uuid: str
    offer: str
    merchant: str
    merchant_id: int


_RIPE = Statement(
    """SELECT partner_id, kind FROM gathered_notice GROUP BY partner_id, kind HAVING MIN(at) <= :latest
    ORDER BY MIN(at) LIMIT 20""",
    _Ripe,
)
# Of two workers the second finds nothing left to delete, and tells nobody.
_TAKE = Statement(
    """DELETE FROM gathered_notice WHERE id IN (SELECT id FROM gathered_notice WHERE partner_id = :partner
    AND kind = :kind ORDER BY id LIMIT :most) RETURNING deal_id"""
)
_SHOWN = Statement(
    """SELECT d.uuid, d.offer_name AS offer, p.name AS merchant, p.id AS merchant_id FROM deal d JOIN partner p ON p.id = d.partner_id
    WHERE d.id IN :ids ORDER BY d.id""",
    _Shown,
)


def gather_cancellation(deal_id: int, promoter_id: int) -> None:
    """The promoter will be told that its deal was canceled; in the running transaction."""
    _GATHER.run(partner=promoter_id, kind=CANCELED, deal=deal_id, now=clock.wall_micros())


def gather_refund(deal_id: int, promoter_id: int) -> None:
    """The promoter will be told that a part of its deal was returned; in the running transaction."""
    _GATHER.run(partner=promoter_id, kind=REFUNDED, deal=deal_id, now=clock.wall_micros())


def tell_due() -> int:
    """Tell what has waited long enough; how many mails' worth there was. The worker repeats it until 0."""
    ripe = _RIPE.rows(latest=clock.wall_micros() - WAITS // clock.MICROSECOND)
    for waiting in ripe:
        with transaction():
            deals = _TAKE.values(partner=waiting.partner_id, kind=waiting.kind, most=_TOGETHER)
            if deals:
                _tell(waiting.partner_id, _SAID[waiting.kind], sorted(set(deals)))
    return len(ripe)


def _tell(promoter_id: int, said: _Words, deals: list[int]) -> None:
    count = len(deals)
    page = notices.address(promoter_id, notices.PROMOTERS_DEAL_PAGE)
    shown = _SHOWN.rows(ids=deals[:LISTED])
    listed = "\n".join(
        f"- {words.unlinked(f'{words.line(deal.offer)}, {words.line(deal.merchant)}')}\n  {page.format(deal.uuid)}"
        for deal in shown
    )
    if count > LISTED:
        listed = joined([listed, counted(count - LISTED, *_MORE)], "\n")
    subject, done = counted(count, *said.subjects), counted(count, *said.done)
    merchants = {deal.merchant_id for deal in shown}
    # One that has had too much mailed today keeps nobody from hearing of the others.
    whose = merchants.pop() if len(merchants) == 1 else None
    notices.tell(promoter_id, CANCELED, subject, said.text, said.page, caused_by=whose, done=done, listed=listed)
