"""How customers and their cards are found by what somebody typed: words of the name, a phone in any notation, a mail address, a
card's number."""

from portal.domain.cards.cards import serials
from portal.domain.members import words
from portal.domain.search.sources import MOST, Source

CUSTOMER, CARD = "customer", "card"
_SERIAL = serials.written_of(":digits")
_EXACT = """SELECT id FROM member WHERE uuid = :uuid UNION SELECT id FROM member WHERE partner_id = :partner AND mail = :mail
    UNION SELECT member_id FROM member_word WHERE partner_id = :partner AND word = :is_number"""
_BY_NUMBER = """SELECT member_id FROM member_word WHERE partner_id = :partner AND word >= :number_begins AND word < :number_ends"""
_NAME = "CASE WHEN m.surname IS NULL THEN m.first_name ELSE m.first_name || ' ' || m.surname END"


def _customers(rank: int, ids: str, more: str = "") -> str:
    return f"""SELECT '{CUSTOMER}' AS kind, {rank} AS rank, m.uuid AS key, {_NAME} AS name,
            COALESCE(m.phone_typed, m.mail, '') AS note, '' AS of{more}
        FROM member m WHERE m.id IN ({ids}) AND m.partner_id = :partner AND m.erased_at IS NULL AND m.merged_into_id IS NULL
        ORDER BY m.id DESC LIMIT {MOST}"""


def _cards(rank: int, which: str) -> str:
    return f"""SELECT '{CARD}' AS kind, {rank} AS rank, c.serial AS key, c.serial AS name, {_NAME} || ' · ' || t.name AS note, '' AS of
        FROM {which} JOIN card_template t ON t.id = c.template_id ORDER BY c.id DESC LIMIT {MOST}"""


def _with_their_cards(count: int) -> str:
    """Customers who are found, and the cards that they hold: nobody is looked for twice."""
    ids = f"{words.found(count)} UNION {_BY_NUMBER} UNION {words.BY_END} UNION {serials.found('member_id')}"
    held = "m JOIN card c ON c.member_id = m.id AND c.deleted_at IS NULL"
    customers = _customers(1, ids, ", m.id, m.first_name, m.surname")
    return f"""WITH found AS MATERIALIZED ({customers}) SELECT kind, rank, key, name, note, of FROM found
        UNION ALL SELECT * FROM ({_cards(2, f"found {held}")}) of_them"""


_BY_ID = "card c JOIN member m ON m.id = c.member_id"
SEARCHES = (
    Source(CUSTOMER, _customers(0, _EXACT), _with_their_cards),
    Source(
        CARD,
        _cards(0, f"{_BY_ID} AND c.serial = {_SERIAL} AND c.partner_id = :partner"),
        # The partner's they are already; asked for again, every card of its would be looked through.
        lambda count: _cards(1, f"{_BY_ID} AND c.id IN ({serials.found('id')})"),
    ),
)
