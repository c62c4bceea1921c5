"""Customers, each with a card, and a year of stamps on them, as adding each would have left them."""

from datetime import timedelta

from bench.bulk import NUMBERS, SPREAD, run, settle
from portal import clock
from portal.database import transaction
from portal.domain.cards.templates.tables import CardTemplate

OF_A_CARD = 10  # operations
TEMPLATE, CUSTOMER = "Bench stamps", "Customer"
_SERIAL = "SUBSTR(number, 1, 6) || '-' || SUBSTR(number, 7, 3) || '-' || SUBSTR(number, 10, 3)"
_MEMBERS = """INSERT INTO member (uuid, partner_id, first_name, surname, mail, phone, phone_typed, has_card, seen_at, created_at,
    updated_at)
SELECT CAST(20000000 + (i * 61803399) % 79999999 AS TEXT) || '-0000-4000-9000-' || CAST(100000000000 + i AS TEXT), {merchant},
    'Customer', 'Number ' || i, 'customer-' || i || '@bench.example', '+43660' || CAST(1000000 + i AS TEXT),
    '+43660' || CAST(1000000 + i AS TEXT), TRUE, {now} - ({cards} - i) * {step}, {now}, {now} FROM number"""
_WORDS = """INSERT INTO member_word (member_id, partner_id, word)
SELECT id, partner_id, 'customer' FROM member WHERE partner_id = {merchant}
UNION ALL SELECT id, partner_id, 'number' FROM member WHERE partner_id = {merchant}
UNION ALL SELECT id, partner_id, SUBSTR(surname, 8) FROM member WHERE partner_id = {merchant}
UNION ALL SELECT id, partner_id, REPLACE(REPLACE(REPLACE(mail, '-', ''), '@', ''), '.', '') FROM member WHERE partner_id = {merchant}
UNION ALL SELECT id, partner_id, SUBSTR(phone, 2) FROM member WHERE partner_id = {merchant}
UNION ALL SELECT id, partner_id, SUBSTR(phone, 4) FROM member WHERE partner_id = {merchant}"""
_CARDS = f"""INSERT INTO card (serial, partner_id, template_id, member_id, "key", share_key, uses, rewards, balance, bonus, visits, rest,
    spent, coupon, owed, rewards_earned, rewards_redeemed, stamps_by_referral, points_by_referral, last_stamp_at, created_at,
    updated_at)
SELECT {_SERIAL}, {{merchant}}, {{template}}, id, 'bench' || number || 'bench', number, {{each}}, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    {{now}}, {{now}}, {{now}}
FROM (SELECT id, CAST(100000000000 + ROW_NUMBER() OVER (ORDER BY id) AS TEXT) AS number FROM member
    WHERE partner_id = {{merchant}}) m"""
# Round after round over all the cards, so that those of one card lie far apart, as they do in life.
_OPERATIONS = """INSERT INTO card_operation (partner_id, template_id, card_id, member_id, event, field, amount, balance, source,
    created_at)
SELECT {merchant}, {template}, c.id, c.member_id, 1, 'uses', 1, (i - 1) / {cards} + 1, 'api', {now} - ({count} - i) * {step}
FROM number JOIN card c ON c.id = (SELECT MIN(id) FROM card WHERE template_id = {template}) + (i - 1) % {cards} ORDER BY i"""
_ENTRIES = """INSERT INTO card_entry (operation_id, card_id, field, amount, before, after)
SELECT id, card_id, 'uses', 1, balance - 1, balance FROM card_operation ORDER BY id"""
_TOTALS = """INSERT INTO list_total (partner_id, kind, within, part, total)
SELECT {merchant}, 'customers', 0, id % 8, COUNT(*) FROM member WHERE partner_id = {merchant} GROUP BY id % 8
UNION ALL SELECT {merchant}, 'cards', w.i, id % 8, COUNT(*) FROM card, (SELECT 0 AS i UNION SELECT {template}) w
    WHERE partner_id = {merchant} GROUP BY w.i, id % 8
UNION ALL SELECT {merchant}, 'operations', w.i, member_id % 8, COUNT(*) FROM card_operation, (SELECT 0 AS i UNION SELECT {template}) w
    WHERE partner_id = {merchant} GROUP BY w.i, member_id % 8"""


def add(merchant: int, operations: int) -> int:
    """So many operations of a stamp card's, ten to a card; how many cards those are."""
    template = CardTemplate.create(
        partner=merchant, name=TEMPLATE, kind=0, mechanics="stamps", currency="EUR", stamps_total=1_000_000
    )
    cards = max(operations // OF_A_CARD, 1)
    count = cards * OF_A_CARD
    values = {
        "merchant": merchant, "template": template.id, "now": clock.micros(), "cards": cards, "each": OF_A_CARD,
        "step": SPREAD // timedelta(microseconds=count),
    }  # fmt: skip
    with transaction():
        run([f"{NUMBERS} {_MEMBERS}"], {**values, "count": cards})
        run([_WORDS, _CARDS, f"{NUMBERS} {_OPERATIONS}"], {**values, "count": count})
        run([_ENTRIES, _TOTALS], values)
    settle()
    return cards


def serial(number: int) -> str:
    """The number of a card, by its place from 1."""
    digits = str(100_000_000_000 + number)
    return f"{digits[:6]}-{digits[6:9]}-{digits[9:]}"
