"""A payout's statement as its merchant and its promoter see it: one page, one file."""

from flask import Response, g, render_template

from portal.affiliate.payouts import sentences
from portal.domain import money
from portal.domain.affiliate.payouts import statement as payout_statement
from portal.domain.affiliate.payouts.statement import Line, PayoutStatement
from portal.domain.errors import NotFound
from portal.domain.sentences import say
from portal.web import spreadsheets
from portal.web.addresses import place_asked, with_arguments

MERCHANT, PROMOTER = "merchant_id", "promoter_id"
# A statement is printed whole; a longer one is paged, and says that its file has every line.
WHOLE = 200
_HEAD = [
    "Payout", "Deal", "Offer", "Catalog", "Reported", "Approved", "Canceled", "Cost", "Reward", "Amount", "Currency", "Kind", "Returned",
]  # fmt: skip


def of(uuid: str, side: str) -> PayoutStatement:
    """The payout, where the acting partner is on that side of it. Raises NotFound."""
    statement = payout_statement.of(g.partner.id, uuid)
    if getattr(statement.payout, side) != g.partner.id:
        raise NotFound(say("payout"))
    return statement


def page(uuid: str, side: str) -> str:
    """The statement's page."""
    statement = of(uuid, side)
    older = newer = None
    if statement.lines <= WHOLE:
        rows = list(payout_statement.each_line(g.partner.id, uuid))[::-1]
    else:
        before, after = place_asked()
        part = payout_statement.lines(g.partner.id, uuid, before, after)
        rows = part.rows
        newer = part.newer_than and with_arguments(after=part.newer_than)
        older = part.older_than and with_arguments(before=part.older_than)
    is_merchant = side == MERCHANT
    return render_template(
        "affiliate/payouts/statement.html",
        statement=statement, payout=statement.payout, rows=rows, newer=newer, older=older, is_merchant=is_merchant,
        sentences=sentences,
    )  # fmt: skip


def download(uuid: str, side: str) -> Response:
    """Every line of the statement as CSV. A promoter is told our id of a deal, not the merchant's own."""
    payout = of(uuid, side).payout
    is_merchant = side == MERCHANT
    rows = (_cells(payout.number, line, is_merchant) for line in payout_statement.each_line(g.partner.id, uuid))
    return spreadsheets.download(f"payout-{payout.number}.csv", _HEAD, rows)


def _cells(number: int, line: Line, is_merchant: bool) -> list[spreadsheets.Cell]:
    sums = [money.to_decimal(minor, line.currency) for minor in (line.cost, line.reward, line.amount)]
    returned = money.to_decimal(line.returned, line.currency)
    days = [spreadsheets.day(at, g.time_zone) for at in (line.reported, line.approved, line.canceled)]
    kind = "Taken back" if line.is_clawback else "Reward"
    named = line.deal_id if is_merchant else line.uuid
    return [number, named, line.offer_name, line.catalog_title, *days, *sums, line.currency, kind, returned]
