"""Cards as they are shown: one, and lists by page numbers. Prebuilt, for programs ask for them all the time."""

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from portal import clock
from portal.database import Statement
from portal.domain.cards.cards import serials
from portal.domain.cards.moments import settling
from portal.domain.cards.templates import levels
from portal.domain.members.shown import ShownMember
from portal.domain.totals import totals

_COLUMNS = f"""c.id, c.serial, c.partner_id, c.template_id, c.member_id, c."key", c.share_key, c.uses, c.rewards, c.balance, c.bonus,
    c.visits, c.rest, c.spent, c.owed, c.coupon, c.rewards_earned, c.rewards_redeemed, c.stamps_by_referral, c.points_by_referral,
    c.last_stamp_at, c.last_reward_at, c.last_redeemed_at, c.coupon_redeemed_at, c.membership_tier_id, c.tier_period,
    c.tier_next_at, c.utm_source, c.device, c.installed_at, c.expires_at, c.due_at, c.deleted_at, c.moved_to_id, c.created_at, c.updated_at,
    t.kind, t.mechanics, t.currency, t.stamps_total, t.first_visit_percent, t.credits_deals, mt.name AS tier_name, mt.visits AS tier_visits,
    {levels.OF_CARD} AS discount,
    EXISTS (SELECT 1 FROM card_field f WHERE f.template_id = t.id AND f.removed_at IS NULL) AS has_fields,
    m.uuid AS member_uuid, m.first_name, m.surname, m.mail, m.phone, m.phone_typed, m.gender,
    CAST(m.date_of_birth AS VARCHAR(10)) AS date_of_birth, m.external_user_id, m.created_at AS member_created_at,
    m.updated_at AS member_updated_at, EXISTS (SELECT 1 FROM segment s WHERE s.partner_id = m.partner_id) AS has_segments,
    (SELECT COALESCE(SUM(CASE w.wallet WHEN 'apple' THEN 1 ELSE 2 END), 0) FROM wallet_setup w
        WHERE w.partner_id = :partner AND w.is_on AND (w.ends_at IS NULL OR w.ends_at > :now)) AS wallets"""
_JOINED = """card c JOIN card_template t ON t.id = c.template_id JOIN member m ON m.id = c.member_id LEFT JOIN membership_tier mt ON mt.id = c.membership_tier_id"""


class ShownCard(NamedTuple):
    """A card with what its template says of it. Counts are in their smallest units, moments in microseconds."""

    id: int
    serial: str
    partner_id: int
    template_id: int
    member_id: int
    key: str
    share_key: str
    uses: int
    rewards: int
    balance: int
    bonus: int
    visits: int
    rest: int
    spent: int
    owed: int
    coupon: int
    rewards_earned: int
    rewards_redeemed: int
    stamps_by_referral: int
    points_by_referral: int
    last_stamp_at: int | None
    last_reward_at: int | None
    last_redeemed_at: int | None
    coupon_redeemed_at: int | None
    membership_tier_id: int | None
    tier_period: str | None
    tier_next_at: int | None
    utm_source: str | None
    device: str | None
    installed_at: int | None
    expires_at: int | None
    due_at: int | None  # when something of it ends by itself
    deleted_at: int | None
    moved_to_id: int | None
    created_at: int
    updated_at: int
    kind: int
    mechanics: str
    currency: str
    stamps_total: int | None
    first_visit_percent: int | None
    credits_deals: bool
    tier_name: str | None
    tier_visits: int | None
    discount: int | None  # hundredths of a percent, by its level
    has_fields: bool
    member_uuid: str
    first_name: str
    surname: str | None
    mail: str | None
    phone: str | None
    phone_typed: str | None
    gender: int | None
    date_of_birth: str | None
    external_user_id: str | None
    member_created_at: int
    member_updated_at: int
    has_segments: bool
    wallets: int  # its partner's that are on: 1 Apple's, 2 Google's, 3 both

    @property
    def member(self) -> ShownMember:
        """Its holder."""
        return ShownMember(
            self.member_id, self.member_uuid, self.first_name, self.surname, self.mail, self.phone, self.phone_typed,
            self.gender, self.date_of_birth, self.external_user_id, self.member_created_at, self.member_updated_at, self.has_segments,
        )  # fmt: skip


class FieldValue(NamedTuple):
    """A field of a template, and what the holder of a card answered to it, or else has as a customer."""

    card_id: int
    id: int
    name: str
    kind: str
    place: int
    is_required: bool
    is_unique: bool
    value: str | None


class Tier(NamedTuple):
    """A reward tier of a template."""

    template_id: int
    id: int
    name: str
    kind: int
    value: int
    threshold: int
    usage_limit: int | None
    value_limit: int | None


_BY_SERIAL = Statement(
    f"SELECT {_COLUMNS} FROM {_JOINED} WHERE c.serial = :serial AND c.partner_id = :partner", row=ShownCard
)
_FIELDS = Statement(
    """SELECT c.id AS card_id, f.id, f.name, f.kind, f.place, f.is_required, f.is_unique, COALESCE(v.value, CASE f.kind
        WHEN 'FName' THEN NULLIF(m.first_name, '') WHEN 'SName' THEN m.surname WHEN 'phone' THEN m.phone_typed
        WHEN 'email' THEN m.mail WHEN 'DateOfBirth' THEN CAST(m.date_of_birth AS VARCHAR(10)) END) AS value
    FROM card c JOIN member m ON m.id = c.member_id JOIN card_field f ON f.template_id = c.template_id
    LEFT JOIN card_field_value v ON v.card_id = c.id AND v.field_id = f.id
    WHERE c.id IN :cards AND f.removed_at IS NULL ORDER BY c.id, f.place, f.id""",
    row=FieldValue,
)
_TIERS = Statement(
    """SELECT r.template_id, r.id, r.name, r.kind, r.value, r.threshold, r.usage_limit, r.value_limit FROM reward_tier r
    WHERE r.template_id IN :templates AND r.removed_at IS NULL AND (r.usage_limit IS NULL OR r.used < r.usage_limit)
    ORDER BY r.template_id, r.threshold, r.id""",
    row=Tier,
)
# By what narrows a list: an index of its own, whose end is the id.
_NARROWED = {
    (): "c.partner_id = :partner",
    ("template",): "c.partner_id = :partner AND c.template_id = :template",
    # The plus keeps the partner's index out: a customer has few cards.
    ("member",): "+c.partner_id = :partner AND c.member_id = :member",
    ("member", "template"): "+c.partner_id = :partner AND c.member_id = :member AND c.template_id = :template",
}


@cache
def _page(narrowed: tuple[str, ...]) -> Statement[ShownCard]:
    # The ids of a page stand in the index alone; nothing is read of the cards before it.
    return Statement(
        f"""SELECT {_COLUMNS} FROM {_JOINED} WHERE c.id IN (SELECT c.id FROM card c WHERE {_NARROWED[narrowed]}
            AND c.deleted_at IS NULL ORDER BY c.id DESC LIMIT :most OFFSET :skipped) ORDER BY c.id DESC""",
        row=ShownCard,
    )


@cache
def _count(narrowed: tuple[str, ...]) -> Statement:
    return Statement(f"SELECT COUNT(*) FROM card c WHERE {_NARROWED[narrowed]} AND c.deleted_at IS NULL")


for _by in _NARROWED:
    _page(_by)
    _count(_by)


def one(partner_id: int, typed: str) -> ShownCard | None:
    """The partner's card by its number in any notation, deleted ones as well, as moments that have passed have decided."""
    serial = serials.normal(typed)
    asked = {"serial": serial, "partner": partner_id, "now": clock.micros()}
    row = _BY_SERIAL.row(**asked) if serial else None
    if row is None:
        return None
    is_credited = row.credits_deals and settling.what_credits(partner_id) > 0
    if settling.of_shown([row]) or is_credited:
        row = _BY_SERIAL.row(**asked)
    return row


def page(partner_id: int, most: int, skipped: int, **by: int) -> tuple[list[ShownCard], int]:
    """A page of the partner's cards that are not deleted, newest first, and how many there are; `by` template or member id."""
    narrowed = tuple(sorted(by))
    asked = {"partner": partner_id, "now": clock.micros(), "most": most, "skipped": skipped, **by}
    rows = _page(narrowed).rows(**asked)
    if settling.of_shown(rows):
        rows = _page(narrowed).rows(**asked)
    if "member" in by:
        return rows, _count(narrowed).value(partner=partner_id, **by)
    return rows, totals.of(partner_id, "cards", within=by.get("template", 0))


def fields_of(cards: Iterable[ShownCard]) -> dict[int, list[FieldValue]]:
    """What holders answered to the fields of their templates, by the card's id."""
    with_fields = [card.id for card in cards if card.has_fields]
    found: dict[int, list[FieldValue]] = {}
    for row in _FIELDS.rows(cards=with_fields) if with_fields else ():
        found.setdefault(row.card_id, []).append(row)
    return found


def tiers_of(cards: Iterable[ShownCard]) -> dict[int, list[Tier]]:
    """The reward tiers that each card's points reach, by the card's id."""
    of_rewards = [card for card in cards if card.kind == 7]
    if not of_rewards:
        return {}
    tiers = _TIERS.rows(templates=sorted({card.template_id for card in of_rewards}))
    return {
        card.id: [tier for tier in tiers if tier.template_id == card.template_id and tier.threshold <= card.bonus]
        for card in of_rewards
    }
