"""How customers are found by what somebody typed: words of the name, a phone in any notation, a mail address, a card's number."""

from portal.domain.cards.cards import serials
from portal.domain.members import words
from portal.domain.search.sources import MOST, Source

CUSTOMER = "customer"
_SERIAL = "SUBSTR(:digits, 1, 6) || '-' || SUBSTR(:digits, 7, 3) || '-' || SUBSTR(:digits, 10)"
_EXACT = f"""SELECT id FROM member WHERE uuid = :uuid UNION SELECT id FROM member WHERE partner_id = :partner AND mail = :mail
    UNION SELECT member_id FROM member_word WHERE partner_id = :partner AND word = :is_number
    UNION SELECT member_id FROM card WHERE serial = {_SERIAL} AND partner_id = :partner"""
_BY_NUMBER = """SELECT member_id FROM member_word WHERE partner_id = :partner AND word >= :number_begins AND word < :number_ends"""


def _query(rank: int, ids: str) -> str:
    return f"""SELECT '{CUSTOMER}' AS kind, {rank} AS rank, m.uuid AS key,
            CASE WHEN m.surname IS NULL THEN m.first_name ELSE m.first_name || ' ' || m.surname END AS name,
            COALESCE(m.phone_typed, m.mail, '') AS note, '' AS of
        FROM member m WHERE m.id IN ({ids}) AND m.partner_id = :partner AND m.erased_at IS NULL AND m.merged_into_id IS NULL
        ORDER BY m.id DESC LIMIT {MOST}"""


SEARCHES = (
    Source(
        CUSTOMER,
        _query(0, _EXACT),
        lambda count: _query(
            1, f"{words.found(count)} UNION {_BY_NUMBER} UNION {words.BY_END} UNION {serials.found('member_id')}"
        ),
    ),
)
