"""Templates of cards over JSON (contract: cards)."""

from flask import current_app

from portal.cards.cards.wire import tier
from portal.cards.envelope import Listed, Page
from portal.cards.templates import wire
from portal.cards.templates.schemas import RewardTierCreate
from portal.domain.accounts.tokens.tokens import Credential
from portal.domain.cards.templates import lists, reward_tiers, templates
from portal.domain.cards.templates.tables import CardTemplate


def index(caller: Credential, query: Page) -> Listed:
    """The company's templates, newest first; not those that are archived, which are still read by their id."""
    rows, total = lists.numbered(caller.partner_id, query.skipped, query.itemsPerPage)
    return query.of(_shown(rows), total)


def show(caller: Credential, template_id: str) -> dict:
    """One template, an archived one as well."""
    return _shown([templates.find(caller.partner_id, template_id)])[0]


def create_tier(caller: Credential, template_id: str, body: RewardTierCreate) -> dict:
    """Add a reward tier to a template of type 7."""
    template = templates.find(caller.partner_id, template_id)
    return tier(reward_tiers.create(template, body.given()))


def remove_tier(caller: Credential, template_id: str, tier_id: str) -> dict:
    """Take a reward tier away. Refused while a card that is not deleted has enough points for it, unless the tier is used up or
    the template is archived."""
    template = templates.find(caller.partner_id, template_id)
    return {"id": reward_tiers.remove(template, tier_id).id}


def _shown(rows: list[CardTemplate]) -> list[dict]:
    belonging, base = lists.belonging(rows), current_app.config["SETTINGS"].public_url
    return [wire.template(row, belonging, base) for row in rows]
