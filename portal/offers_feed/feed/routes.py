"""The offers feed: its JSON endpoints."""

from portal.domain.feed.permits import OFFERS_CLICK, OFFERS_READ
from portal.offers_feed.feed import api as json
from portal.offers_feed.feed import examples
from portal.offers_feed.feed.schemas import (
    Advertiser,
    CampaignQuery,
    Clicked,
    ClickGiven,
    FeedOffer,
    FeedPage,
    FeedQuery,
)
from portal.routing import api, permit

READ = permit(OFFERS_READ)
ROUTES = [
    api(
        "GET",
        "/api/campaigns/offers",
        json.campaigns,
        READ,
        "List your offers in the feed",
        operation="list_campaign_offers",
        is_tagged=True,
        query=CampaignQuery,
        refuses=(404,),
        answer=list[FeedOffer],
        answer_example=[examples.OFFER],
    ),
    api(
        "POST",
        "/api/campaigns/offers/<offer_id>/click",
        json.click,
        permit(OFFERS_CLICK),
        "Record a click",
        operation="click_offer",
        body=ClickGiven,
        body_is_optional=True,
        answer=Clicked,
        example=examples.CLICK,
        answer_example=examples.CLICKED,
    ),
    api(
        "GET",
        "/api/myadvertisers",
        json.my_advertisers,
        READ,
        "List advertisers",
        operation="list_advertisers",
        query=FeedPage,
        answer=list[Advertiser],
        answer_example=[examples.ADVERTISER],
    ),
    api(
        "GET",
        "/api/myadvertisers/<partner_id>/offers",
        json.of_advertiser,
        READ,
        "List an advertiser's offers in the feed",
        operation="list_advertiser_offers",
        hides_missing=True,
        refuses=(403,),
        is_tagged=True,
        query=FeedQuery,
        answer=list[FeedOffer],
        answer_example=[examples.OFFER],
    ),
]
