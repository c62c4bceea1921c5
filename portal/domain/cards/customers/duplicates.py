"""Who may be there twice: the same name and day of birth, or one mailbox written in two ways."""

from typing import NamedTuple

from portal.database import Statement
from portal.domain.cards.companies import limits

MOST = 50


class Pair(NamedTuple):
    """Two customers who may be one, by their ids: the older first."""

    older: int
    newer: int
    is_by_name: bool


def _alike(column: str, is_by_name: str) -> Statement[Pair]:
    same = f"FROM member m WHERE m.partner_id = l.partner_id AND m.{column} = l.key"
    return Statement(
        f"""SELECT (SELECT MIN(m.id) {same}) AS older, (SELECT MAX(m.id) {same}) AS newer, l.is_by_name FROM member_likeness l
        WHERE l.partner_id = :partner AND l.is_by_name = {is_by_name} AND l.customers > 1 ORDER BY l.id DESC LIMIT {MOST}""",
        Pair,
    )


_NAMED, _MAILED = _alike("name_key", "TRUE"), _alike("mail_key", "FALSE")


def suggested(partner_id: int) -> list[Pair]:
    """Those who may be one, the latest first. Raises Refused where the tariff does not look for them."""
    limits.refuse_without(partner_id, "duplicates_check")
    by_name = _NAMED.rows(partner=partner_id)
    known = {pair[:2] for pair in by_name}
    return [*by_name, *(pair for pair in _MAILED.rows(partner=partner_id) if pair[:2] not in known)][:MOST]
