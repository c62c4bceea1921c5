"""A member offer as it is read: its terms, and what is known of it and the member who asks."""

from typing import NamedTuple

# `p` is the row of the member and the offer; of a guest, and of a member who never touched the offer, there is none.
COLUMNS = """t.id AS terms_id, o.id AS offer_id, o.uuid, o.name, o.name_key, o.description, t.scope, t.type, t.external_url,
    t.usable_since, t.usable_until, t.active_seconds, t.needs_authorization, t.member_limit, t.period, t.period_limit,
    t.global_limit, t.uses AS global_uses, t.stores, o.images, t.read_more, t.activation_texts, t.extras, t.created_at,
    (SELECT string_agg(CAST(c.collection_id AS VARCHAR(20)), ',') FROM collection_offer c WHERE c.terms_id = t.id) AS collections,
    p.id AS pair_id, p.uses, p.last_used_at, p.active_until, p.liked_at, p.granted_at, p.granted_until"""
OF_MEMBER = """FROM member_terms t JOIN offer o ON o.id = t.offer_id
    LEFT JOIN offer_member p ON p.terms_id = t.id AND p.member_id = :member"""
# Whom it is shown to; `:segments` are the audiences that whoever asks is in.
VISIBLE = (
    "t.partner_id = :partner", "t.is_shown", "o.is_active", "(t.audience_id IS NULL OR t.audience_id IN :segments)",
)  # fmt: skip
IS_OVER = "(t.usable_until IS NOT NULL AND t.usable_until <= :now)"  # nobody can use it any more


class OfferRow(NamedTuple):
    """Moments are microseconds; stores, images, texts and extras are JSON as it is kept, collections ids with commas between."""

    terms_id: int
    offer_id: int
    uuid: str
    name: str
    name_key: str
    description: str | None
    scope: str
    type: str
    external_url: str | None
    usable_since: int | None
    usable_until: int | None
    active_seconds: int | None
    needs_authorization: bool
    member_limit: int | None
    period: str | None
    period_limit: int | None
    global_limit: int | None
    global_uses: int
    stores: str
    images: str
    read_more: str | None
    activation_texts: str | None
    extras: str
    created_at: int
    collections: str | None
    pair_id: int | None
    uses: int | None
    last_used_at: int | None
    active_until: int | None
    liked_at: int | None
    granted_at: int | None
    granted_until: int | None

    @property
    def collection_ids(self) -> list[int]:
        """The collections that it is in."""
        return sorted(map(int, self.collections.split(","))) if self.collections else []
