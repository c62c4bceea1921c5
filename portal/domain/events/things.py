"""What the things of events are called, and where they stand for a partner: a query for each kind, whatever the number."""

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from portal.database import Statement

HERE, THERE, GONE = "here", "there", "gone"


class Called(NamedTuple):
    """What a thing is called; `stands` says on which side the partner sees it, or that it is no more."""

    name: str
    stands: str


# Each is asked with the ids, then with the partner as often as it has further marks.
_QUERIES = {
    "catalog": "SELECT uuid, title, 'here' FROM catalog WHERE uuid IN ({}) AND partner_id = ?",
    "offer": "SELECT uuid, name, 'here' FROM offer WHERE uuid IN ({}) AND partner_id = ?",
    "landing": """SELECT l.code, l.url, CASE WHEN l.removed_at IS NULL THEN 'here' ELSE 'gone' END
        FROM landing l JOIN catalog c ON c.id = l.catalog_id WHERE l.code IN ({}) AND c.partner_id = ?""",
    "promotion": """SELECT m.uid, CASE WHEN c.partner_id = ? THEN q.name || ' in ' || c.title ELSE c.title END,
            CASE WHEN c.partner_id = ? THEN 'here' ELSE 'there' END
        FROM promotion m JOIN catalog c ON c.id = m.catalog_id JOIN partner q ON q.id = m.promoter_id
        WHERE m.uid IN ({}) AND (c.partner_id = ? OR m.promoter_id = ?)""",
    "deal": "SELECT uuid, deal_id, 'here' FROM deal WHERE uuid IN ({}) AND partner_id = ?",
    "import": "SELECT uuid, file_name, 'here' FROM deal_import WHERE uuid IN ({}) AND partner_id = ?",
    "payout": """SELECT uuid, CAST(number AS VARCHAR(20)), CASE WHEN merchant_id = ? THEN 'here' ELSE 'there' END
        FROM payout WHERE uuid IN ({}) AND (merchant_id = ? OR promoter_id = ?)""",
    "token": """SELECT CAST(id AS VARCHAR(20)), name, CASE WHEN revoked_at IS NULL THEN 'here' ELSE 'gone' END
        FROM client_token WHERE id IN ({}) AND partner_id = ?""",
    # Of people, those whom the partner's log tells of; others are none of its business.
    "user": """SELECT CAST(u.id AS VARCHAR(20)), u.name, 'here' FROM person u WHERE u.id IN ({}) AND EXISTS (SELECT 1
        FROM event e WHERE e.partner_id = ? AND e.thing = 'user' AND e.thing_id = CAST(u.id AS VARCHAR(20)))""",
    "invitation": """SELECT CAST(v.id AS VARCHAR(20)), v.mail, 'here' FROM invitation v WHERE v.id IN ({}) AND v.partner_id = ?""",
}
_BY_NUMBER = {"token", "user", "invitation"}
_NUMBER = re.compile("[0-9]{1,18}")  # Ids may come from an address, where anything may stand.


def called(partner_id: int, things: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Called]:
    """The names of (thing, id) pairs of the partner's log; what is nobody's or has no name is left out."""
    by_kind: dict[str, set[str]] = {}
    for thing, thing_id in things:
        by_kind.setdefault(thing, set()).add(thing_id)
    found = {}
    for kind, ids in by_kind.items():
        if kind in _QUERIES:
            rows = _asked(kind, partner_id, sorted(ids))
            found |= {(kind, key): Called(name, stands) for key, name, stands in rows}
    return found


def _asked(kind: str, partner_id: int, ids: list) -> list[tuple]:
    before, after = (text.count("?") for text in _QUERIES[kind].split("{}"))
    keys = [int(key) for key in ids if _NUMBER.fullmatch(key)] if kind in _BY_NUMBER else ids
    return _statement(kind, len(keys)).rows(*[partner_id] * before, *keys, *[partner_id] * after) if keys else []


@cache
def _statement(kind: str, count: int) -> Statement:
    return Statement(_QUERIES[kind].format(", ".join("?" * count)))
