"""Where the things of the coupon desk have their pages."""

from flask import url_for

from portal.domain.coupons.area import COUPONS
from portal.domain.coupons.assignments import assigning
from portal.domain.coupons.batches import batches
from portal.domain.coupons.coupons import coupons, tags
from portal.domain.coupons.coupons.searches import COUPON
from portal.domain.coupons.imports import imports
from portal.domain.coupons.mailings import mailings
from portal.domain.coupons.reservations import settling
from portal.domain.coupons.seldom import BATCH, BUNDLE, MAILING, PRICE_LEVEL, TAG
from portal.domain.coupons.ticketed_events.events import EVENT
from portal.domain.coupons.ticketed_events.searches import TICKETED_EVENT
from portal.domain.sentences import say
from portal.web.thing_pages import HitPage, ThingPage

HITS = {
    COUPON: HitPage(say("Coupon"), "ticket", lambda hit: url_for("coupons.show", coupon_id=hit.key), COUPONS),
    TICKETED_EVENT: HitPage(
        say("Event"), "calendar-days", lambda hit: url_for("ticketed_events.show", event_id=hit.key), COUPONS
    ),
    TAG: HitPage(say("Tag"), "tags", lambda hit: url_for("coupons.index", tag=hit.key), COUPONS),
    BATCH: HitPage(say("Batch of codes"), "boxes", lambda hit: url_for("batches.show", batch_uuid=hit.key), COUPONS),
    MAILING: HitPage(
        say("Mailing of codes"), "mail", lambda hit: url_for("mailings.show", mailing_uuid=hit.key), COUPONS
    ),
    PRICE_LEVEL: HitPage(
        say("Price level"), "tag", lambda hit: url_for("ticketed_events.show", event_id=hit.of), COUPONS
    ),
    BUNDLE: HitPage(
        say("Bundle"), "boxes", lambda hit: url_for("ticketed_events.show", event_id=hit.of, tab="bundles"), COUPONS
    ),
}
THINGS = {
    assigning.THING: ThingPage(lambda key, named: named and url_for("assignments.show", assignment_uuid=key)),
    settling.THING: ThingPage(
        lambda key, named: named and url_for("reservations.show", reservation_id=key), say("Reservation of {name}")
    ),
    coupons.THING: ThingPage(lambda key, named: named and url_for("coupons.show", coupon_id=key)),
    tags.THING: ThingPage(lambda key, named: named and url_for("coupons.index", tag=key)),
    EVENT: ThingPage(lambda key, named: named and url_for("ticketed_events.show", event_id=key)),
    batches.THING: ThingPage(lambda key, named: named and url_for("batches.show", batch_uuid=key)),
    mailings.THING: ThingPage(lambda key, named: named and url_for("mailings.show", mailing_uuid=key)),
    imports.THING: ThingPage(lambda key, named: named and url_for("coupon_imports.show", import_uuid=key)),
}
