"""Three months of the demo's affiliate programme, lived through the domain's own verbs on a clock set back."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from portal import clock
from portal.demo import payouts, pictures
from portal.demo.cast import DAY, DAYS
from portal.domain.accounts.tables import ClientToken, Membership, Partner
from portal.domain.affiliate.catalogs import landings, terms
from portal.domain.affiliate.catalogs.tables import Landing
from portal.domain.affiliate.clicks.tables import Click
from portal.domain.affiliate.deals import deals
from portal.domain.affiliate.deals import moves as deal_moves
from portal.domain.affiliate.groups import groups
from portal.domain.affiliate.links import fallback, own_links
from portal.domain.affiliate.links.own_links import Wanted
from portal.domain.affiliate.promotions import codes as promo_codes
from portal.domain.affiliate.promotions import promotions
from portal.domain.affiliate.promotions.tables import Promotion
from portal.domain.affiliate.special_rewards import rewards
from portal.domain.errors import DomainError
from portal.domain.events import log
from portal.domain.identifiers import random_base62
from portal.domain.offers import catalogs, offers
from portal.domain.offers.tables import Catalog

PAYOUT_DAYS = 28

CATALOGS = [
    ("acme", "Trail running", "trail-running", "Sports", 8, "7 00:00:00", [("Trail shoe Ridge", 129, None), ("Running vest", 89, None), ("Head torch", 59, 6)]),
    ("acme", "Camping season", "camping", "Travel", 6, "14 00:00:00", [("Two-person tent", 349, 10), ("Sleeping bag", 179, None), ("Camp stove", 69, None)]),
    ("acme", "Guided tours", "guided-tours", "Travel", 12, "30 00:00:00", [("Weekend in the Alps", 420, None), ("Hut to hut, five days", 990, 9)]),
    ("northwind", "Sailing courses", "sailing", "Education", 10, "14 00:00:00", [("Beginner course", 390, None), ("Coastal licence", 890, 7)]),
    ("rival", "Rival basics", "basics", "Clothing", 5, "7 00:00:00", [("Basic shirt", 29, None)]),
]  # fmt: skip
PROMOTERS = {
    "trail-running": ("northwind", "north", "rival"),
    "camping": ("northwind", "wind"),
    "guided-tours": ("north",),
    "sailing": ("acme", "rival"),
    "basics": ("northwind",),
}
LINKS = {
    ("trail-running", "northwind"): Wanted("ridge-review", page="/trail-running/ridge", subid="blog"),
    ("camping", "northwind"): Wanted("camping-list", subid="newsletter"),
}
CODES = {
    ("trail-running", "northwind"): "RIDGE10",
    ("camping", "northwind"): "CAMP5",
    ("guided-tours", "north"): "ALPS7",
}
# Who earns more than everybody in which catalog, in percent.
GOLD = ("trail-running", "northwind", 12)
# The merchant decides about these since a few days ago.
DECIDED_BY_HAND = "guided-tours"
APPLICATIONS = {
    "wind": "We send a letter about weekends in the mountains to 4,000 readers, and would show two of your tours a month.",
    "rival": "Our outlet has a page of partners. A logo and a link, no advertising.",
}


@dataclass
class Programme:
    """A catalog with everything that deals are made of."""

    merchant: Partner
    shop: str  # who reports its deals, as the event log names it
    catalog: Catalog
    offers: list[tuple[str, int]]
    landing: Landing
    promotions: list[Promotion]
    codes: dict[int, str]


def live_through(partners: dict[str, Partner], public_url: str) -> None:
    """Found the catalogs three months ago, then click, sell, cancel and approve day by day until now."""
    chance = random.Random(7)  # noqa: S311 - the demo is the same each time
    with clock.acting(-DAYS * DAY):
        programmes = [_found(partners, *line) for line in CATALOGS]
        fallback.set_page(partners["acme"].id, "https://shop.acme.example/offers", public_url)
        payouts.tell_details(partners)
        pictures.hang(partners, public_url)
    merchants = [partners[slug] for slug in dict.fromkeys(line[0] for line in CATALOGS)]
    for day in range(DAYS, 0, -1):
        with clock.acting(-day * DAY + 7 * 3600):
            _begin(day, merchants, partners)
        for act in sorted((act for one in programmes for act in _day(one, day, chance)), key=lambda act: act.at):
            log.acting_as(act.who)
            with clock.acting(act.at):
                act.done()
    _apply(partners, next(one.catalog for one in programmes if one.catalog.catalog_code == DECIDED_BY_HAND))
    log.acting_as(log.SYSTEM)
    deal_moves.settle_due(10_000)
    payouts.give_back(partners)
    payouts.ask(partners)


def _begin(day: int, merchants: list[Partner], partners: dict[str, Partner]) -> None:
    """A morning, so many days ago: what is due happens, and the merchants pay."""
    log.acting_as(log.SYSTEM)
    deal_moves.settle_due(10_000)
    payouts.send(merchants)
    if day % PAYOUT_DAYS == 0:
        payouts.pay(merchants)
    if day == 1:
        payouts.record_one(partners["acme"])


def _found(partners, slug, title, code, category, percent, hold, priced) -> Programme:
    merchant = partners[slug]
    _act_for(merchant)
    catalog = catalogs.create(
        merchant.id,
        {
            "title": title,
            "catalog_code": code,
            "category": category,
            "description": f"Everything of {title.lower()}, delivered within two days.",
            "reward_percent": Decimal(percent),
            "hold_duration": hold,
            "canceled_duration": "5 00:00:00",
            "is_promocode_allowed": True,
            "min_promo_code_percent": Decimal(0),
            "max_promo_code_percent": Decimal(15),
            "rules": ["No bidding on our brand name.", "Say that the link is an advertisement."],
        },
    )
    for name, cost, own in priced:
        given = {"name": name, "is_promocode_allowed": True, "reward_percent": Decimal(own) if own else None}
        prices = [offers.Price(Decimal(cost), "EUR"), offers.Price(Decimal(round(cost * 1.1)), "USD")]
        terms.create(merchant.id, given, catalog.uuid, prices)
    landing = landings.create(merchant.id, {"url": f"https://shop.{slug}.example/{code}", "title": title}, catalog.uuid)
    joined, codes = [], {}
    for name in PROMOTERS[code]:
        _act_for(partners[name])
        joined.append(promotions.join(partners[name], catalog.short_code))
        if (code, name) in LINKS:
            own_links.create(joined[-1], LINKS[code, name])
        if (code, name) in CODES:
            codes[joined[-1].id] = promo_codes.create(joined[-1], CODES[code, name], 500).written
        if (code, name) == GOLD[:2]:
            _reward(merchant, catalog, joined[-1])
    shop = f"token:{ClientToken.get(ClientToken.partner == merchant).id}"
    return Programme(merchant, shop, catalog, [(name, cost) for name, cost, _ in priced], landing, joined, codes)


def _reward(merchant: Partner, catalog: Catalog, promotion: Promotion) -> None:
    _act_for(merchant)
    gold = groups.make(merchant.id, "Gold")
    groups.put(gold, promotion.promoter_id)
    rewards.set_for_group(gold, catalog, None, rewards.Given(percent=Decimal(GOLD[2])))


def _apply(partners: dict[str, Partner], catalog: Catalog) -> None:
    _act_for(catalog.partner)
    with clock.acting(-5 * DAY):
        catalogs.change(catalog, {"moderation_type": "MANUAL_MODERATION"})
    for days, (name, message) in zip((2, 1), APPLICATIONS.items(), strict=True):
        _act_for(partners[name])
        with clock.acting(-days * DAY):
            promotions.join(partners[name], catalog.short_code, message)


def _act_for(partner: Partner) -> None:
    owner = Membership.get(Membership.partner == partner, Membership.role == "owner")
    log.acting_as(f"user:{owner.user_id}", partner.id)


class Act(NamedTuple):
    """Something that a shop does: when, in seconds from now; as whom; and what."""

    at: int
    who: str
    done: Callable[[], object]


def _day(programme: Programme, day: int, chance: random.Random) -> list[Act]:
    busy = 1.0 + 0.8 * (DAYS - day) / DAYS + (0.6 if day % 7 in (0, 1) else 0.0)
    clicks = [_click(programme, day, chance) for _ in range(int(chance.uniform(2, 7) * busy))]
    for number, click in enumerate(clicks):
        click.is_first = number % 4 != 3
    Click.bulk_create(clicks)
    acts = []
    for number in range(int(chance.uniform(0, 2.4) * busy)):
        brought_by = chance.choice(clicks) if clicks and chance.random() < 0.7 else None
        acts += _deal(programme, day, number, brought_by, chance)
    return acts


def _at(day: int, chance: random.Random) -> int:
    """Seconds from now of a moment of that day, always in the past."""
    return -day * DAY + 8 * 3600 + int(chance.random() * 14 * 3600)


def _click(programme: Programme, day: int, chance: random.Random) -> Click:
    with clock.acting(_at(day, chance)):
        device = chance.choice(("Desktop", "Mobile"))
        subid = chance.choice(("newsletter", "newsletter", "blog", None))
        return Click(
            key=random_base62(22),
            promotion=chance.choice(programme.promotions),
            landing=programme.landing,
            query=f"subid={subid}" if subid else "",
            device=device,
            at=clock.now(),
        )


def _deal(programme: Programme, day: int, number: int, click: Click | None, chance: random.Random) -> list[Act]:
    offer, cost = chance.choice(programme.offers)
    currency = chance.choice(("EUR", "EUR", "EUR", "USD"))
    code = (
        chance.choice(list(programme.codes.values()))
        if programme.codes and click is None and chance.random() < 0.6
        else None
    )
    said = deals.Report(
        status=chance.choice(("Created", "Paid", "Paid")),
        offer=offer,
        cost=Decimal(cost if currency == "EUR" else round(cost * 1.1)),
        currency=currency,
        deal_id=f"{programme.catalog.catalog_code}-{DAYS - day:03}-{number + 1}",
        catalog_code=programme.catalog.catalog_code,
        promo_code=code,
        another_data=f"{click.query}&myshare={click.promotion.uid}&click={click.key}".lstrip("&") if click else None,
    )
    reported, merchant = _at(day, chance), programme.merchant.id
    return [
        Act(reported, programme.shop, partial(deals.report, merchant, said)),
        Act(
            min(reported + 5 * 3600, -600), programme.shop, partial(_go_on, merchant, said.deal_id, said.status, chance)
        ),
    ]


def _go_on(merchant: int, deal_id: str, status: str, chance: random.Random) -> None:
    try:
        if status == "Created" and chance.random() < 0.7:
            deals.update(merchant, deal_id, status="Paid")
        elif status == "Paid" and chance.random() < 0.08:
            deals.update(
                merchant,
                deal_id,
                status="Canceled",
                is_returned=chance.random() < 0.5,
                comment="The customer sent it back",
            )
    except DomainError:
        return  # The clock was quicker: the deal ended by itself, as deals do.
