"""Templates of cards: their pages and their JSON endpoints."""

from portal.cards.envelope import Many, One, Page
from portal.cards.examples import REWARD_TIER, REWARD_TIER_CREATE, TEMPLATE, listed, one
from portal.cards.schemas import Deleted, RewardTier
from portal.cards.templates import api as json
from portal.cards.templates import pages, parts, posters, scans
from portal.cards.templates.schemas import RewardTierCreate, Template
from portal.domain.accounts.roles import MAY_EDIT, MAY_VIEW
from portal.domain.cards.permits import TEMPLATES_READ, TEMPLATES_WRITE
from portal.routing import PUBLIC, api, page, permit, roles

READ, WRITE = permit(TEMPLATES_READ), permit(TEMPLATES_WRITE)
VIEW, EDIT = roles(MAY_VIEW), roles(MAY_EDIT)

PAGES = [
    page("GET", "/templates", pages.index, VIEW),
    page("GET POST", "/templates/new", pages.new, EDIT),
    page("POST", "/templates/new/drawn", pages.drawn, EDIT),
    page("GET", "/templates/<uuid>", pages.show, VIEW),
    page("GET POST", "/templates/<uuid>/design", pages.design, EDIT),
    page("GET POST", "/templates/<uuid>/rules", pages.rules, EDIT),
    page("POST", "/templates/<uuid>/drawn", pages.drawn_again, EDIT),
    page("GET", "/templates/<uuid>/links", pages.links, VIEW),
    page("GET", "/templates/<uuid>/poster", posters.show, VIEW),
    page("POST", "/templates/<uuid>/club", pages.offer_in_club, EDIT),
    page("GET POST", "/templates/<uuid>/archive", pages.archive, EDIT),
    page("GET", "/templates/<uuid>/parts", parts.index, VIEW),
    page("POST", "/templates/<uuid>/fields", parts.add_field, EDIT),
    page("GET POST", "/templates/<uuid>/fields/<field_id>", parts.field, EDIT),
    page("POST", "/templates/<uuid>/fields/<field_id>/move", parts.move, EDIT),
    page("GET POST", "/templates/<uuid>/fields/<field_id>/removal", parts.field_removal, EDIT),
    page("POST", "/templates/<uuid>/tiers", parts.add_tier, EDIT),
    page("GET POST", "/templates/<uuid>/tiers/<tier_id>", parts.tier, EDIT),
    page("GET POST", "/templates/<uuid>/tiers/<tier_id>/removal", parts.tier_removal, EDIT),
    page("POST", "/templates/<uuid>/levels", parts.put_levels, EDIT),
    page("GET", "/c/new/<key>.svg", scans.install, PUBLIC),
]
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
ROUTES = PAGES + API
