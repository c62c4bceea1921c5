"""Three months of the demo's coupon desk: coupons of every type, who used them for which event, and what became of the tickets."""

import random
from collections.abc import Callable, Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from portal import clock
from portal.database import savepoint
from portal.demo import season
from portal.demo.cast import DAY, DAYS
from portal.demo.season import ZONE, Event, Season
from portal.domain.accounts.tables import ClientToken, Membership, Partner
from portal.domain.affiliate.deals import deals
from portal.domain.affiliate.promotions.tables import Promotion
from portal.domain.coupons.assignments import assigning, changes
from portal.domain.coupons.assignments.assigning import Terms
from portal.domain.coupons.assignments.tables import CouponAssignment
from portal.domain.coupons.batches import batches, making
from portal.domain.coupons.coupons import coupons
from portal.domain.coupons.coupons.given import Given
from portal.domain.coupons.coupons.tables import (
    ACCESS,
    AUTO,
    COMP,
    DISCOUNT,
    FIXED,
    INVITE,
    PERCENTAGE,
    PRESALE,
    RESERVED,
    Coupon,
)
from portal.domain.coupons.imports import imports
from portal.domain.coupons.imports import work as import_work
from portal.domain.coupons.mailings import mailings, writing
from portal.domain.coupons.mailings.mailings import Source
from portal.domain.coupons.reservations import reserving, settling
from portal.domain.coupons.reservations.reserving import Wanted
from portal.domain.coupons.ties import coupon_ties as coupon_ties  # Without it no deal uses a coupon.
from portal.domain.coupons.ties import promoters
from portal.domain.coupons.uses import holding
from portal.domain.coupons.uses.holding import AskedUse
from portal.domain.errors import Refused
from portal.domain.events import log
from portal.domain.members.tables import Member
from portal.domain.offers.tables import Catalog

SHOP, PROMOTED, OF_MIA = "trail-running", "RIDGE-RADIO", "MIA-BIRTHDAY"
# Days from now, the shop's number, the coupon, and whether the customer came by another promoter's link.
SALES = (
    (-33, "shoe-7001", PROMOTED, False),
    (-19, "shoe-7002", PROMOTED, True),
    (-8, "shoe-7003", PROMOTED, False),
    (-5, "shoe-7004", OF_MIA, False),
)
SENT_BACK = "shoe-7003"
MAILS = "\n".join(f"{name}@mail.example" for name in ("klara", "moritz", "theresa", "valentin"))
FILE = """code,name,type,amount,amount_type,tags
GIFT-2041,Gift of the old shop,Discount,15,percentage,Old shop
GIFT-2042,Gift of the old shop,Discount,15,percentage,Old shop
GIFT-2043,Gift of the old shop,Comp,,,Old shop
EARLY15,Early bird,Discount,15,percentage,Old shop
6.93E+13,Gift of the old shop,Discount,15,percentage,Old shop
"""
_TEN, _D = {"amount_type": PERCENTAGE, "amount": 10}, Decimal
_NOT_AT_NIGHT = {"start": "2020-01-01", "end": "2035-12-31", "days": [
    {"day": day, "start_time": "00:00", "end_time": "06:00"} for day in (1, 7)
]}  # fmt: skip


class Plan(NamedTuple):
    """Coupons that are made together: how the first is made, the codes of others beside it, and what they are assigned under.
    `weight` is how often somebody types one of them, `levels` whether it is for the price levels that codes open."""

    given: Given
    terms: dict[str, Any]
    more: tuple[str, ...] = ()
    weight: int = 1
    levels: bool = False


PLANS = (
    Plan(Given("Early bird", DISCOUNT, "EARLY15", PERCENTAGE, 15, tags=("Newsletter",)), {"limit": 400, "blackout": _NOT_AT_NIGHT}, weight=8),
    Plan(Given("Five euros off", DISCOUNT, "HUT-5", FIXED, 500, "EUR", tags=("Huts", "Posters")), {"limit": 200, "ticket_limit": 4}, weight=5),
    Plan(
        Given("Radio listeners", DISCOUNT, "RADIO-MON", PERCENTAGE, 20, tags=("Ridge Radio",)), {"limit": 40, "is_shared": True},
        more=("RADIO-TUE", "RADIO-WED", "RADIO-THU", "RADIO-FRI"), weight=8,
    ),
    Plan(Given("Paid for by the bank", DISCOUNT, "ALPENBANK", PERCENTAGE, 25, "EUR", budget=40_000, tags=("Alpenbank",)), {"limit": 500}, weight=6),
    Plan(Given("Welcome", DISCOUNT, "WELCOME", PERCENTAGE, 10, customer_limit=1, minimum_tickets=2), {"limit": 300}, weight=8),
    Plan(Given("Friends come first", PRESALE, "FRIENDS", tags=("Newsletter",)), {"limit": 60}, weight=5, levels=True),
    Plan(Given("Kept for the bank", RESERVED, "BANK-SEATS", tags=("Alpenbank",)), {"limit": 30}, weight=4, levels=True),
    Plan(Given("Invited guests", INVITE, "GUEST-OF-HONOUR"), {"limit": 40}, weight=4, levels=True),
    Plan(Given("Guides’ door", ACCESS, "GUIDES", rank=-1), {"limit": 80}, weight=4, levels=True),
    Plan(Given("Crew", COMP, "CREW", is_alone=True), {"limit": 40, "ticket_limit": 2}, weight=2),
    Plan(Given("From 150 euros", AUTO, "BIG-ORDER", FIXED, 1500, "EUR", threshold=15_000), {"limit": 1000}, weight=0),
    Plan(Given("Radio’s own shop code", DISCOUNT, PROMOTED, PERCENTAGE, 10, tags=("Ridge Radio",)), {"limit": 200}, weight=1),
    Plan(Given("Last winter", DISCOUNT, "WINTER-25", PERCENTAGE, 25), {"limit": 20}, weight=2),
)  # fmt: skip


class Office(NamedTuple):
    """Who sells, what, to whom, with which coupons."""

    acme: Partner
    season: Season
    people: list[Member]
    coupons: list[tuple[Plan, Coupon]]
    chance: random.Random


def live_through(partners: Mapping[str, Partner], public_url: str) -> None:
    """Announce the season and make the coupons three months ago, then sell tickets day by day; and deals of the shop."""
    acme, chance = partners["acme"], random.Random(12)  # noqa: S311 - the demo is the same each time
    owner = f"user:{Membership.get(Membership.partner == acme, Membership.role == 'owner').user_id}"
    shop = f"token:{ClientToken.get(ClientToken.partner == acme).id}"
    log.acting_as(owner, acme.id)
    office = Office(acme, season.begin(acme), _people(acme), [], chance)
    with clock.acting(-DAYS * DAY + 3600):
        for plan in PLANS:
            office.coupons.extend((plan, coupon) for coupon in _made(office, plan))
        _name_promoter(acme)
    log.acting_as(shop, acme.id)
    for day in range(-DAYS + 1, 0):
        with clock.acting(day * DAY + chance.randrange(9, 20) * 3600):
            for _ in range(chance.choice((1, 1, 2, 2, 3))):
                _order(office, day)
        _deals(acme, day)
    log.acting_as(owner, acme.id)
    with clock.acting(-9 * DAY):
        coupons.end(acme.id, next(each.id for _, each in office.coupons if each.code == "WINTER-25"))
    settling.settle_run_out(acme.id)
    _leave_few(acme)
    _batch(acme)
    _import(acme)
    _now(office)
    log.acting_as(log.SYSTEM)


def _people(acme: Partner) -> list[Member]:
    present = (Member.partner == acme, Member.erased_at.is_null(), Member.merged_into.is_null())
    return list(Member.select().where(*present).order_by(Member.id))


def _made(office: Office, plan: Plan) -> list[Coupon]:
    given = [plan.given, *(plan.given._replace(code=code) for code in plan.more)]
    made = [coupons.create(office.acme.id, each) for each in given]
    _assign(office, made, plan)
    return made


def _assign(office: Office, made: list[Coupon], plan: Plan) -> None:
    scope: dict[str, Any] = {"is_everywhere": True}
    if plan.levels:
        scope = {"price_level_ids": office.season.locked}
    elif plan.given.kind == COMP:
        every = office.season.events
        scope = {
            "event_ids": [each.event.id for each in every],
            "bundle_ids": [each.bundle.id for each in every if each.bundle],
        }
    begins, ends = (str((clock.from_micros(clock.wall_micros()) + timedelta(days=days)).date()) for days in (-DAYS, 75))
    terms = Terms(**{"start": begins, "end": ends, "timezone": ZONE, **scope, **plan.terms})
    assigning.assign([office.acme.id], [each.id for each in made], terms)


def _name_promoter(acme: Partner) -> None:
    """A promoter's radio tells a code that its listeners type in the shop, and earns more by it."""
    coupon = coupons.by_code(acme.id, PROMOTED)
    if coupon:
        promoters.set_for(acme.id, coupon.id, _promotions(acme)[0].uid, _D(15))


def _promotions(acme: Partner) -> list[Promotion]:
    """Those of the shop that has deals with coupons."""
    of_shop = (Catalog.partner == acme, Catalog.catalog_code == SHOP)
    return list(Promotion.select().join(Catalog).where(*of_shop).order_by(Promotion.id))


def _order(office: Office, day: int) -> None:
    """Somebody reserves tickets, perhaps uses a code, and buys, lets go, or forgets about it."""
    chance, sold = office.chance, [each for each in office.season.events if each.is_sold(day)]
    if not sold:
        return
    event, member = (
        chance.choice(sold),
        chance.choice([None, *office.people, *office.people[:2] * 2]) if chance.random() < 0.6 else None,
    )
    plan, coupon = chance.choices(office.coupons, [plan.weight for plan, _ in office.coupons])[0]
    code = coupon.code if chance.random() < 0.7 else None
    try:
        with savepoint():
            _sell(office, event, _wanted(event, plan if code else None, chance), member, code)
    except Refused:
        return  # As in life: what is sold out or used up cannot be had.


def _wanted(event: Event, plan: Plan | None, chance: random.Random) -> list[Wanted]:
    if plan and plan.levels:
        return [Wanted(event.locked.id, chance.choice((1, 2)))]
    if event.bundle and chance.random() < 0.15:
        return [Wanted(None, 1, event.bundle.id)]
    return [Wanted(chance.choice(event.levels[:2]).id, chance.choice((1, 2, 2, 3, 4)))]


def _sell(office: Office, event: Event, wanted: list[Wanted], member: Member | None, code: str | None) -> None:
    made = reserving.reserve(office.acme.id, event.listing.id, wanted, member.id if member else None).reservation
    if code:
        holding.use(made.id, [AskedUse(event.event.id, code)])
    fate = office.chance.random()
    if fate < 0.84:
        settling.purchase(made.id)
    elif fate < 0.92:
        settling.release(made.id)


def _deals(acme: Partner, day: int) -> None:
    """What the shop sold with coupons that day; one sale went back two days later."""
    for when, number, code, is_linked in SALES:
        with clock.acting(day * DAY + 11 * 3600):
            if when == day:
                if code == OF_MIA:
                    _for_mia(acme)
                data = f"myshare={_promotions(acme)[1].uid}" if is_linked else None
                said = deals.Report("Paid", "Trail shoe Ridge", _D("116.10"), "EUR", number, SHOP, False, code, data)
                deals.report(acme.id, said)
            if (when + 2, number) == (day, SENT_BACK):
                deals.update(acme.id, number, status="Canceled", is_returned=True, comment="The customer sent it back")


def _for_mia(acme: Partner) -> None:
    """A code that was drawn for Mia, whom the shop knows by it."""
    mia = Member.get(Member.partner == acme, Member.first_name == "Mia")
    coupon = coupons.create(acme.id, Given("Happy birthday, Mia", DISCOUNT, OF_MIA, PERCENTAGE, 10, member_id=mia.id))
    today = clock.now().date()
    assigning.assign(
        [acme.id], [coupon.id], Terms(str(today), str(today + timedelta(days=60)), 3, timezone=ZONE, is_everywhere=True)
    )


def _leave_few(acme: Partner) -> None:
    """The radio's listeners are told that the end is near: two uses are left to all of their codes."""
    shared = CouponAssignment.get(CouponAssignment.partner == acme, CouponAssignment.is_shared)
    changes.change(acme.id, shared.id, {"limit": shared.uses + 2})


def _batch(acme: Partner) -> None:
    """Printed on flyers, and some of them mailed: 120 codes, all alike."""
    begins = clock.now().date()
    terms = Terms(str(begins), str(begins + timedelta(days=90)), 1, timezone=ZONE, is_everywhere=True)
    given = Given("Flyers of the winter", DISCOUNT, "", PERCENTAGE, 10, tags=("Flyers",))
    made = batches.start(acme.id, given, "SNOW-", 6, 120, terms)
    _until_done(making.work_due)
    mailings.start(acme.id, "Flyers for those far away", MAILS, Source("batch", made.id), "See you in the snow!")
    _until_done(writing.work_due)


def _import(acme: Partner) -> None:
    """Codes that another shop had, in its file: one line is nobody's code."""
    found = imports.start(acme.id, "old-shop.csv", FILE.encode())
    _until_done(import_work.work_due)
    imports.confirm(acme.id, found.uuid)
    _until_done(import_work.work_due)


def _until_done(work: Callable[[], bool]) -> None:
    """What the worker would do."""
    while work():
        pass


def _now(office: Office) -> None:
    """Somebody has tickets in the basket at this moment."""
    event = next(each for each in office.season.events if each.day > 0)
    made = reserving.reserve(office.acme.id, event.listing.id, [Wanted(event.levels[0].id, 2)]).reservation
    holding.use(made.id, [AskedUse(event.event.id, "EARLY15")])
