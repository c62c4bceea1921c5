"""What members do with offers: its JSON."""

from portal.domain.member_offers.permits import GRANT_BY_ID, LIKE, LIKE_BY_ID, USE, USE_BY_ID
from portal.member_offers import examples
from portal.member_offers.acts import api as json
from portal.member_offers.acts.schemas import GrantAsked, Nothing, UseAsked, Used
from portal.member_offers.admissions import BY_SCRIPTS, asked_by
from portal.member_offers.club_offers.routes import BASE
from portal.member_offers.club_offers.schemas import OfferAsked
from portal.routing import api

_ONE = f"{BASE}/offers/<offer_id>"
ROUTES = [
    api(
        "POST",
        f"{_ONE}/use",
        json.use,
        asked_by((USE, USE_BY_ID)),
        "Use a member offer",
        operation="use_member_offer",
        is_cross_origin=True,
        open_to_scripts=BY_SCRIPTS,
        query=OfferAsked,
        body=UseAsked,
        body_is_optional=True,
        answer=Used,
        example={"authorization_token": "123456"},
        answer_example=examples.USED,
    ),
    api(
        "PUT",
        f"{_ONE}/like",
        json.like,
        asked_by((LIKE, LIKE_BY_ID)),
        "Like a member offer",
        operation="like_member_offer",
        is_cross_origin=True,
        open_to_scripts=BY_SCRIPTS,
        query=OfferAsked,
        answer=Nothing,
        answer_example={},
    ),
    api(
        "PUT",
        f"{_ONE}/unlike",
        json.unlike,
        asked_by((LIKE, LIKE_BY_ID)),
        "Like a member offer no more",
        operation="unlike_member_offer",
        is_cross_origin=True,
        open_to_scripts=BY_SCRIPTS,
        query=OfferAsked,
        answer=Nothing,
        answer_example={},
    ),
    api(
        "POST",
        f"{_ONE}/grant",
        json.grant,
        asked_by((GRANT_BY_ID,)),
        "Grant a member offer",
        operation="grant_member_offer",
        query=OfferAsked,
        body=GrantAsked,
        body_is_optional=True,
        example={"usable_for_seconds": 86400},
        answer=Nothing,
        answer_example={},
    ),
]
