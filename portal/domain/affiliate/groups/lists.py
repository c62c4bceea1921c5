"""Groups of promoters as their merchant reads them."""

from typing import NamedTuple

from portal.database import Statement
from portal.domain.affiliate.groups.groups import MOST
from portal.domain.affiliate.groups.tables import PromoterGroup

MOST_SHOWN = 500  # members of a group, and promoters to choose from


class GroupRow(NamedTuple):
    """A line of the list."""

    uuid: str
    name: str
    members: int
    rewards: int


class Member(NamedTuple):
    """A promoter, with the uid that leads to its page and a catalog that it sells."""

    promoter_id: int
    uuid: str
    name: str
    uid: str
    catalogs: int


_GROUPS = Statement(
    f"""SELECT g.uuid, g.name, (SELECT COUNT(*) FROM group_member b WHERE b.group_id = g.id) AS members,
        (SELECT COUNT(*) FROM special_reward r WHERE r.group_id = g.id) AS rewards
    FROM promoter_group g WHERE g.merchant_id = :merchant ORDER BY g.folded LIMIT {MOST}""",
    GroupRow,
)
_PROMOTERS = """SELECT p.id AS promoter_id, p.uuid, p.name, MIN(m.uid) AS uid, COUNT(*) AS catalogs
    FROM catalog c JOIN promotion m ON m.catalog_id = c.id JOIN partner p ON p.id = m.promoter_id
    LEFT JOIN group_member b ON b.merchant_id = c.partner_id AND b.promoter_id = p.id"""
_ORDER = f"GROUP BY p.id, p.uuid, p.name ORDER BY LOWER(p.name), p.id LIMIT {MOST_SHOWN}"
_MEMBERS = Statement(f"{_PROMOTERS} WHERE c.partner_id = :merchant AND b.group_id = :group {_ORDER}", Member)
_OTHERS = Statement(
    f"""{_PROMOTERS} WHERE c.partner_id = :merchant AND m.state = 'approved' AND COALESCE(b.group_id, 0) <> :group
    {_ORDER}""",
    Member,
)


def of(merchant_id: int) -> list[GroupRow]:
    """The merchant's groups by name, with how many promoters and rewards each has."""
    return _GROUPS.rows(merchant=merchant_id)


def members(group: PromoterGroup) -> list[Member]:
    """Who is in it, by name."""
    return _MEMBERS.rows(merchant=group.merchant_id, group=group.id)


def others(group: PromoterGroup) -> list[Member]:
    """The merchant's approved promoters who are not in it, by name."""
    return _OTHERS.rows(merchant=group.merchant_id, group=group.id)
