"""Who may be there twice: the same name and day of birth, or one mailbox written in two ways."""

from collections import defaultdict
from typing import NamedTuple

from portal.database import Statement
from portal.domain.cards.companies import limits
from portal.domain.typed.mailboxes import mailbox

MOST = 50
_MOST_MAILS = 20_000  # the latest, of those that can be written otherwise
_PRESENT = "m.partner_id = :partner AND m.erased_at IS NULL AND m.merged_into_id IS NULL"
_NAMED = Statement(
    f"""SELECT MIN(m.id), MAX(m.id) FROM member m WHERE {_PRESENT} AND m.date_of_birth IS NOT NULL
    GROUP BY ALIKE(m.first_name), ALIKE(COALESCE(m.surname, '')), m.date_of_birth HAVING COUNT(*) > 1 ORDER BY 2 DESC LIMIT {MOST}"""
)
_MAILS = Statement(
    f"""SELECT m.id, m.mail FROM member m WHERE {_PRESENT} AND (m.mail LIKE '%+%' OR m.mail LIKE '%@gmail.com'
        OR m.mail LIKE '%@googlemail.com') ORDER BY m.id DESC LIMIT {_MOST_MAILS}"""
)
_PLAIN = Statement(f"SELECT m.id, m.mail FROM member m WHERE {_PRESENT} AND m.mail IN :mails")


class Pair(NamedTuple):
    """Two customers who may be one, by their ids: the older first."""

    older: int
    newer: int
    is_by_name: bool


def suggested(partner_id: int) -> list[Pair]:
    """Those who may be one. Raises Refused where the tariff does not look for them."""
    limits.refuse_without(partner_id, "duplicates_check")
    by_name = [Pair(older, newer, True) for older, newer in _NAMED.rows(partner=partner_id)]
    known = {(pair.older, pair.newer) for pair in by_name}
    by_mail = [Pair(older, newer, False) for older, newer in _of_one_mailbox(partner_id) if (older, newer) not in known]
    return (by_name + by_mail)[:MOST]


def _of_one_mailbox(partner_id: int) -> list[tuple[int, int]]:
    of_box: dict[str, set[int]] = defaultdict(set)
    for member, mail in _MAILS.rows(partner=partner_id):
        of_box[mailbox(mail) or mail].add(member)
    boxes = list(of_box)
    for first in range(0, len(boxes), 500):
        for member, mail in _PLAIN.rows(partner=partner_id, mails=boxes[first : first + 500]):
            of_box[mail].add(member)
    return [(min(members), max(members)) for members in of_box.values() if len(members) > 1]
