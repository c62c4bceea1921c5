"""Clicks that programs report: counted by day, with where they lead and the code that they show (contract: offers-feed, "click")."""

from typing import NamedTuple

from portal import clock
from portal.database import Statement, transaction
from portal.domain.accounts.partners import sides
from portal.domain.affiliate.clicks import of_members
from portal.domain.errors import NotFound
from portal.domain.feed.reading import LIVE, OF_LISTINGS
from portal.domain.feed.tables import AT_CLICK, COPY_PASTE, DYNAMIC
from portal.domain.feed.ties import pools
from portal.domain.feed.ties.advertisers import REACHED
from portal.domain.identifiers import digest, typed_uuid
from portal.domain.members import finding
from portal.domain.sentences import say


class _Clicked(NamedTuple):
    id: int
    partner_id: int
    offer_id: int
    leads_to: str
    code_type: str
    code: str | None
    uid: str | None  # of the promotion of whoever asks
    knows_members: bool  # whoever asks is the partner, or acts for it


class Click(NamedTuple):
    """Where a click leads: the promotion whose link it is, or an address; and the code it shows. It `earns` unless the offer is
    somebody else's, whose catalog whoever asks does not promote."""

    uid: str | None
    leads_to: str
    code: str | None
    earns: bool


_FIND = Statement(
    f"""SELECT l.id, l.partner_id, o.id AS offer_id, l.leads_to, l.code_type, l.code,
        (SELECT m.uid FROM promotion m WHERE m.catalog_id = o.catalog_id AND m.promoter_id = :partner AND m.state = 'approved') AS uid,
        (p.id = :partner OR (:with_companies = 1 AND p.parent_id = :partner)) AS knows_members
    {OF_LISTINGS} JOIN partner p ON p.id = l.partner_id WHERE o.uuid = :uuid AND {LIVE} AND {REACHED}""",
    row=_Clicked,
)
_WHOSE = Statement("SELECT partner_id FROM offer WHERE uuid = :uuid")
_COUNT = Statement(
    """INSERT INTO feed_clicks (listing_id, by_id, day, clicks) VALUES (:listing, :by, :day, 1)
    ON CONFLICT (listing_id, day, by_id) DO UPDATE SET clicks = feed_clicks.clicks + 1"""
)


def click(partner_id: int, with_companies: bool, offer: str, member_ref: str | None) -> Click:
    """Count a click of a partner's program on a live offer that it may read. A dynamic code is drawn once for each `member_ref`.

    Where the program is of the partner whose offer it is, `member_ref` may be what names a customer there: then deals with
    the address or the code find them. Nobody else's program can name one, or all sales of a promoter's were its own.

    Raises NotFound, or Refused when no code is left.
    """
    uuid = typed_uuid(offer)
    asked = {"uuid": uuid, "partner": partner_id, "with_companies": int(with_companies), "now": clock.micros()}
    with transaction():
        found = _FIND.row(**asked) if uuid else None
        if found is None:
            raise _not_here(partner_id, uuid)
        _COUNT.run(listing=found.id, by=partner_id, day=f"{clock.now():%Y-%m-%d}")
        member = finding.named(found.partner_id, member_ref) if found.knows_members else None
        return Click(
            found.uid if found.partner_id != partner_id else None,
            of_members.leading_to(found.leads_to, found.offer_id, member) if member else found.leads_to,
            _code(found, partner_id, member_ref, member),
            bool(found.uid or found.knows_members),
        )


def _not_here(partner_id: int, uuid: str | None) -> NotFound:
    """The refusal of an offer that is not to be read; of one of the partner's other side it says so."""
    refusal = NotFound(say("offer"))
    whose = _WHOSE.value(uuid=uuid) if uuid else None
    refusal.told = sides.mistaken(partner_id, other=whose) if whose else None
    return refusal


def _code(found: _Clicked, by: int, member_ref: str | None, member: int | None) -> str | None:
    if found.code_type == DYNAMIC:
        return pools.draw(found.id, found.partner_id, by, digest(member_ref) if member_ref else None, member)
    return found.code if found.code_type in (AT_CLICK, COPY_PASTE) else None
