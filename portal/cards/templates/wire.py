"""Templates as the API answers them (contract: cards, "Objects")."""

from portal import clock
from portal.cards import links
from portal.cards.cards.wire import tier
from portal.cards.envelope import stamp
from portal.domain.cards.templates.lists import Belonging
from portal.domain.cards.templates.tables import CardField, CardTemplate, MembershipTier


def template(row: CardTemplate, belonging: Belonging, public_url: str) -> dict:
    """A whole Template."""
    return {
        "id": row.id,
        "companyId": row.partner_id,
        "name": row.name,
        "type": row.kind,
        "customFields": [_field(one) for one in belonging.fields.get(row.id, ())],
        "membershipTiers": [_membership_tier(one) for one in belonging.membership_tiers.get(row.id, ())],
        "rewardTiers": [tier(one) for one in belonging.reward_tiers.get(row.id, ())],
        "installLink": links.template(public_url, row.key),
        "qrLink": links.template_code(public_url, row.key),
        "createdAt": stamp(clock.to_micros(row.created_at)),
        "updatedAt": stamp(clock.to_micros(row.updated_at)),
    }


def _field(row: CardField) -> dict:
    return {
        "id": row.id,
        "name": row.name,
        "type": row.kind,
        "order": row.place,
        "value": None,
        "required": row.is_required,
        "unique": row.is_unique,
    }


def _membership_tier(row: MembershipTier) -> dict:
    return {"id": row.id, "name": row.name, "visits": row.visits}
