"""What waits for a partner, the oldest first, and what else its start page asks: its sides."""

from datetime import datetime
from typing import NamedTuple

from portal import clock
from portal.database import Statement
from portal.domain.affiliate.deals.words import NAMES_NOBODY
from portal.domain.affiliate.waits import OF_DEALS, TO_JUDGE

SHOWN = 5  # of a kind; its list has them all


class Applicant(NamedTuple):
    """A promoter that wants to join a catalog; `at` in microseconds."""

    uid: str
    promoter: str
    promoter_uuid: str
    catalog: str
    message: str | None
    at: int

    @property
    def since(self) -> datetime:
        """When it applied."""
        return clock.from_micros(self.at)


class Doubtful(NamedTuple):
    """A deal that somebody has to look at; `at` in microseconds."""

    uuid: str
    deal_id: str
    offer: str
    named: str | None  # the promoter that it names and nobody is
    at: int

    @property
    def since(self) -> datetime:
        """When it was made."""
        return clock.from_micros(self.at)


class Sides(NamedTuple):
    """Whether the partner has a catalog, and whether it promotes one."""

    sells: bool
    promotes: bool


_APPLICANTS = Statement(
    f"""SELECT m.uid, p.name AS promoter, p.uuid AS promoter_uuid, c.title AS catalog, m.message, m.created_at AS at
    FROM catalog c JOIN promotion m ON m.catalog_id = c.id AND m.state = 'waiting' JOIN partner p ON p.id = m.promoter_id
    WHERE c.partner_id = :partner AND c.archived_at IS NULL ORDER BY m.created_at, m.id LIMIT {SHOWN}""",
    row=Applicant,
)
_DOUBTFUL = "SELECT d.uuid, d.deal_id, d.offer_name AS offer, d.unknown_uid AS named, d.conversion_time AS at FROM "
_UNKNOWN = Statement(f"{_DOUBTFUL}{OF_DEALS.format(NAMES_NOBODY)} LIMIT {SHOWN}", row=Doubtful)
_SELF_REFERRALS = Statement(f"{_DOUBTFUL}{OF_DEALS.format(TO_JUDGE)} LIMIT {SHOWN}", row=Doubtful)
SIDES = """EXISTS (SELECT 1 FROM catalog WHERE partner_id = :partner) AS sells,
    EXISTS (SELECT 1 FROM promotion WHERE promoter_id = :partner) AS promotes"""
_SIDES = Statement(f"SELECT {SIDES}", Sides)


def applicants(partner_id: int) -> list[Applicant]:
    """The first promoters that wait for the merchant's decision."""
    return _APPLICANTS.rows(partner=partner_id)


def unknown_uids(partner_id: int) -> list[Doubtful]:
    """The first deals that name a promoter that nobody is."""
    return _UNKNOWN.rows(partner=partner_id)


def self_referrals(partner_id: int) -> list[Doubtful]:
    """The first deals that look like self-referrals and are not approved yet."""
    return _SELF_REFERRALS.rows(partner=partner_id)


def sides(partner_id: int) -> Sides:
    """Which sides the partner stands on."""
    return _SIDES.rows(partner=partner_id)[0]
