"""Templates of cards: their pages and their JSON endpoints."""

from portal.cards.envelope import Many, One, Page
from portal.cards.examples import REWARD_TIER, REWARD_TIER_CREATE, TEMPLATE, listed, one
from portal.cards.schemas import Deleted, RewardTier
from portal.cards.templates import api as json
from portal.cards.templates.schemas import RewardTierCreate, Template
from portal.domain.cards.permits import TEMPLATES_READ, TEMPLATES_WRITE
from portal.routing import api, permit

READ, WRITE = permit(TEMPLATES_READ), permit(TEMPLATES_WRITE)

API = [
    api(
        "GET",
        "/api/v2/templates",
        json.index,
        READ,
        "List card templates",
        operation="list_templates",
        query=Page,
        answer=Many[Template],
        answer_example=listed(TEMPLATE),
    ),
    api(
        "GET",
        "/api/v2/templates/<template_id>",
        json.show,
        READ,
        "Get a card template",
        operation="get_template",
        answer=One[Template],
        answer_example=one(TEMPLATE),
    ),
    api(
        "POST",
        "/api/v2/templates/<template_id>/reward_tiers",
        json.create_tier,
        WRITE,
        "Add a reward tier",
        operation="create_reward_tier",
        refuses=(422,),
        body=RewardTierCreate,
        answer=One[RewardTier],
        example=REWARD_TIER_CREATE,
        answer_example=one(REWARD_TIER),
    ),
    api(
        "DELETE",
        "/api/v2/templates/<template_id>/reward_tiers/<tier_id>",
        json.remove_tier,
        WRITE,
        "Delete a reward tier",
        operation="delete_reward_tier",
        refuses=(422,),
        answer=One[Deleted],
        answer_example=one({"id": REWARD_TIER["id"]}),
    ),
]
ROUTES = API
