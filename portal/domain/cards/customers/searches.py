"""How customers and their cards are found by what somebody typed: words of the name, a phone in any notation, a mail address, a
card's number."""

from portal.domain.cards.cards import serials
from portal.domain.members import words
from portal.domain.search.sources import MOST, Given, Source, either

CUSTOMER, CARD = "customer", "card"
_SERIAL = serials.written_of(":digits")
_EXACT = (
    ("uuid", "SELECT id FROM member WHERE uuid = :uuid"),
    ("mail", "SELECT id FROM member WHERE partner_id = :partner AND mail = :mail"),
    ("is_number", "SELECT member_id FROM member_word WHERE partner_id = :partner AND word = :is_number"),
)
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


_BY_DIGITS = (("number_begins", _BY_NUMBER), ("phone_end", words.BY_END), ("digits", serials.found("member_id")))


def _with_their_cards(count: int, given: Given) -> str:
    """Customers who are found, and the cards that they hold: nobody is looked for twice."""
    ids = " UNION ALL ".join([words.begun(count), *(way for parameter, way in _BY_DIGITS if parameter in given)])
    held = "m JOIN card c ON c.member_id = m.id AND c.deleted_at IS NULL"
    customers = _customers(1, ids, ", m.id, m.first_name, m.surname")
    return f"""WITH found AS MATERIALIZED ({customers}) SELECT kind, rank, key, name, note, of FROM found
        UNION ALL SELECT * FROM ({_cards(2, f"found {held}")}) of_them"""


_BY_ID = "card c JOIN member m ON m.id = c.member_id"
_HAVING_DIGITS = either(lambda ids: _cards(1, f"{_BY_ID} AND c.id IN ({ids})"), ("digits", serials.found("id")))
SEARCHES = (
    Source(CUSTOMER, either(lambda ids: _customers(0, ids), *_EXACT), _with_their_cards),
    Source(
        CARD,
        either(
            lambda is_it: _cards(0, f"{_BY_ID} AND {is_it} AND c.partner_id = :partner"),
            ("digits", f"c.serial = {_SERIAL}"),
        ),
        # The partner's they are already; asked for again, every card of its would be looked through.
        lambda count, given: _HAVING_DIGITS(given),
    ),
)
