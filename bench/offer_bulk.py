"""A club with a hundred offers and a thousand members, each of whom used some: as using each would have left them."""

from typing import NamedTuple

from bench.bulk import NUMBERS, run, settle
from portal import clock
from portal.database import transaction
from portal.domain.accounts.tables import Partner
from portal.domain.member_offers.terms import terms
from portal.domain.members.tables import Member

OFFERS, MEMBERS, _NAME = 100, 1000, "Club member"
_MEMBERS = """INSERT INTO member (uuid, partner_id, first_name, created_at, updated_at)
SELECT CAST(20000000 + i AS TEXT) || '-0000-4000-a000-000000000000', {merchant}, '{name}', {now}, {now} FROM number ORDER BY i"""
_PAIRS = """INSERT INTO offer_member (terms_id, member_id, uses, last_used_at, active_until)
SELECT t.id, m.id, 1, {now} - 60000000, {now} - 60000000 FROM member_terms t JOIN member m ON m.first_name = '{name}'
WHERE t.partner_id = {merchant} AND t.id % 2 = 0 ORDER BY m.id, t.id"""
_USES = """INSERT INTO offer_use (uuid, partner_id, terms_id, member_id, used_at, active_until)
SELECT CAST(30000000 + p.id AS TEXT) || '-0000-4000-a000-000000000000', {merchant}, p.terms_id, p.member_id, p.last_used_at,
    p.last_used_at FROM offer_member p ORDER BY p.id"""
_COUNTS = "UPDATE member_terms SET uses = (SELECT COUNT(*) FROM offer_use u WHERE u.terms_id = member_terms.id)"


class Club(NamedTuple):
    """What the rows need to know: ids follow the first."""

    slug: str
    first_offer: int
    first_member: int


def add(merchant: Partner) -> Club:
    """Offers of every day, of which half were used by everybody; their uses are active for no time."""
    limited = {"member_limit": 1000, "period": "DAY", "period_limit": 100, "global_limit": 1_000_000}
    made = [
        terms.create(
            merchant.id,
            {
                "name": f"Bench member offer {number}", "description": "What members get of it, in a sentence or two.",
                "active_seconds": 0, "stores": ["Main street"], "tags": ["Bench"], "extras": {"category": number},
                **(limited if number % 2 else {}),
            },
        )
        for number in range(OFFERS)
    ]  # fmt: skip
    values = {"merchant": merchant.id, "now": clock.micros(), "count": MEMBERS, "name": _NAME}
    with transaction():
        run([f"{NUMBERS} {_MEMBERS}", _PAIRS, _USES, _COUNTS], values)
    settle()
    first = Member.select(Member.id).where(Member.first_name == _NAME).order_by(Member.id).scalar()
    return Club(merchant.slug, made[0].offer_id, first)
