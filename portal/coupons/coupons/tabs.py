"""What the tabs of a coupon's page show, each read when it is looked at."""

from flask import current_app, g, url_for

from portal.coupons.coupons import sentences
from portal.coupons.local_times import span
from portal.domain.coupons.assignments import lists as assignment_lists
from portal.domain.coupons.coupons import shops, tags
from portal.domain.coupons.coupons.tables import Coupon
from portal.domain.coupons.ties import promoters, telling
from portal.domain.coupons.uses import course, told
from portal.domain.events import timeline
from portal.domain.sentences import say
from portal.web import charts, formats, qr, thing_pages
from portal.web.addresses import place_asked, with_arguments

OVERVIEW, OFFERS, USES, SHARE, DETAILS = "overview", "offers", "uses", "share", "details"
_LATEST = 10
LABELS = {
    OVERVIEW: say("Overview"), OFFERS: say("What it is for"), USES: say("Uses"), SHARE: say("Link and code"),
    DETAILS: say("Details"),
}  # fmt: skip


def overview(coupon: Coupon) -> dict:
    """How its uses went, what it cost and what it brought."""
    its = course.by_day(coupon, g.partner.time_zone)
    days = [day for day, _ in its.days]
    drawn = charts.bars(say("Uses day by day"), days, [uses for _, uses in its.days], name=say("Uses"))
    return {"course": its, "drawn": drawn, "offers": assignment_lists.of_coupon(coupon.id), "days": course.DAYS}


def offers(coupon: Coupon) -> dict:
    """What it is assigned to."""
    rows = assignment_lists.of_coupon(coupon.id)
    names = assignment_lists.names([one.covered for one in rows])
    return {"offers": rows, "names": names, "scope": sentences.scope, "span": span}


def uses(coupon: Coupon) -> dict:
    """Who used it where."""
    page = told.page(coupon.id, *place_asked())
    deals = telling.deals_of(row.id for row in page.rows)
    numbers = {row.reservation_id for row in page.rows if row.reservation_id}
    links = {one: thing_pages.link("reservation", str(one), str(one)) for one in numbers}
    return {"page": page, "deals": deals, "links": links, "page_url": with_arguments, "use_state": sentences.use_state}


def share(coupon: Coupon) -> dict:
    """Links to shops with the code filled in, each with its code to scan."""
    base = current_app.config["SETTINGS"].public_url
    links = [(shop, f"{base}/shop/{shop.key}?code={coupon.written}") for shop in shops.of_coupon(coupon)]
    return {"links": [(shop, address, qr.drawn(address)) for shop, address in links], "when": formats.date_time}


def details(coupon: Coupon) -> dict:
    """What it is, changed in place, and what happened to it."""
    facts = timeline.of(g.partner.id, "coupon", str(coupon.id), most=_LATEST)
    return {
        "tags": tags.of([coupon.id])[coupon.id],
        "facts": facts,
        "named": promoters.of(coupon.id),
        "share_of": formats.share,
    }


SHOWN = {OVERVIEW: overview, OFFERS: offers, USES: uses, SHARE: share, DETAILS: details}


def tabs(coupon_id: int, current: str) -> list[dict]:
    """The tabs as their bar shows them."""
    return [
        {"label": label, "url": url_for("coupons.show", coupon_id=coupon_id, tab=None if name == OVERVIEW else name), "current": name == current}
        for name, label in LABELS.items()
    ]  # fmt: skip
