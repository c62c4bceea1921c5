"""Where the things of the coupon desk have their pages."""

from flask import url_for

from portal.domain.coupons.area import COUPONS
from portal.domain.coupons.ticketed_events.events import EVENT
from portal.domain.coupons.ticketed_events.searches import TICKETED_EVENT
from portal.domain.sentences import say
from portal.web.thing_pages import HitPage, ThingPage

HITS = {
    TICKETED_EVENT: HitPage(
        say("Event"), "calendar-days", lambda hit: url_for("ticketed_events.show", event_id=hit.key), COUPONS
    ),
}
THINGS = {
    EVENT: ThingPage(lambda key, named: named and url_for("ticketed_events.show", event_id=key)),
}
