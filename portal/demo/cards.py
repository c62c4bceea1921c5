"""Three months of the demo's loyalty cards: templates of every type, customers, and what a till and a shop booked."""

import random
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from portal import clock
from portal.database import transaction
from portal.demo.cast import DAY, DAYS, MEMBERS
from portal.demo.till import Till
from portal.domain.accounts.locations.tables import Location
from portal.domain.accounts.tables import ClientToken, Membership, Partner
from portal.domain.affiliate.deals import deals
from portal.domain.affiliate.deals import moves as deal_moves
from portal.domain.cards.cards import cards
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.moments import membership, settling
from portal.domain.cards.operations import booking, carrying, locking, reversing
from portal.domain.cards.operations.booking import Asked
from portal.domain.cards.segments import rules, segments
from portal.domain.cards.templates import fields, levels, membership_tiers, reward_tiers, templates
from portal.domain.cards.templates.tables import CardTemplate, MembershipTier
from portal.domain.cards.ties import deal_ties as deal_ties  # Without it no deal credits a card.
from portal.domain.cards.words import (
    CASHBACK,
    CERTIFICATE,
    COUNTER,
    COUPON,
    DISCOUNT,
    MEMBERSHIP,
    PORTAL,
    REWARD,
    STAMP,
    SUBSCRIPTION,
)
from portal.domain.events import log
from portal.domain.members import members
from portal.domain.members.tables import Member
from portal.domain.offers.tables import Catalog

_D, SHOP = Decimal, "trail-running"
TEMPLATES: list[tuple[int, dict[str, Any]]] = [
    (STAMP, {
        "name": "Coffee at the hut", "mechanics": "stamps", "stamps_total": 10, "most_at_once": 5, "stamp_icon": "coffee",
        "referrer_gets": 2, "friend_gets": 1, "background": "#3b2417", "foreground": "#fff6ec", "label_colour": "#f0c9a0",
        "texts": {"about": "A stamp for each coffee.", "reward": "The eleventh coffee is on the house."},
    }),
    (CASHBACK, {
        "name": "Summit cashback", "percent": _D(5), "least_purchase": _D(10), "lot_days": 100, "background": "#12433f",
        "foreground": "#ffffff", "label_colour": "#bfe6de",
        "texts": {"about": "Five percent of each purchase comes back.", "how_to_earn": "Show the card at the till."},
    }),
    (SUBSCRIPTION, {
        "name": "Climbing hall, ten visits", "background": "#1f3a68", "foreground": "#ffffff", "label_colour": "#c9dbff",
        "texts": {"about": "Ten visits, to be used within a year."}, "lot_days": 365,
    }),
    (COUPON, {
        "name": "Welcome, 15 % off", "card_days": 120, "background": "#7a1f3d", "foreground": "#ffffff",
        "label_colour": "#ffd3e0", "texts": {"about": "Fifteen percent off one purchase.", "terms": "Not on books."},
    }),
    (DISCOUNT, {
        "name": "Ridge regulars", "background": "#2b2b33", "foreground": "#ffffff", "label_colour": "#d8d8e4",
        "texts": {"about": "The more you collect, the less you pay."},
    }),
    (CERTIFICATE, {
        "name": "Gift card", "background": "#5a2a82", "foreground": "#ffffff", "label_colour": "#e6d3f7",
        "texts": {"about": "As good as money in every shop of ours."},
    }),
    (MEMBERSHIP, {
        "name": "Boulder club", "mechanics": "limits", "background": "#8a3b12", "foreground": "#ffffff",
        "label_colour": "#ffe0c9", "texts": {"about": "Your visits begin anew each month."},
    }),
    (REWARD, {
        "name": "Trail points", "mechanics": "spend", "step": _D(1), "step_gives": 1, "stamp_icon": "award",
        "background": "#0f5132", "foreground": "#ffffff", "label_colour": "#c8f0da",
        "texts": {"about": "A point for each euro.", "how_to_earn": "In the shops, and online."},
    }),
]  # fmt: skip
LEVELS = [(0, 3), (200, 5), (500, 10)]  # from so many points, so many percent
REWARDS = [("Free coffee", 0, 3, 60), ("10 EUR off", 1, 10, 150), ("20 % off a shoe", 2, 20, 300)]
LEVELS_OF_CLUB = [("Basic", 4), ("Gold", 12)]
PEOPLE = [
    ("Anna", "Berger"), ("Lukas", "Gruber"), ("Sophie", "Wagner"), ("Elias", "Huber"), ("Lena", "Pichler"), ("Jonas", "Moser"),
    ("Emma", "Mayer"), ("Paul", "Steiner"), ("Laura", "Hofer"), ("Felix", "Leitner"), ("Marie", "Fuchs"), ("David", "Eder"),
    ("Clara", "Fischer"), ("Simon", "Schmid"), ("Nora", "Winkler"), ("Max", "Weber"), ("Ida", "Schwarz"), ("Tobias", "Maier"),
    ("Eva", "Reiter"), ("Noah", "Lang"), ("Ella", "Baumgartner"), ("Ben", "Auer"), ("Olga", "Sokolova"), ("Ivan", "Petrov"),
    ("Amira", "Haddad"), ("Yusuf", "Demir"), ("Chloé", "Martin"), ("Søren", "Nielsen"),
]  # fmt: skip


def live_through(partners: Mapping[str, Partner], public_url: str) -> None:
    """Make the templates three months ago, bring customers in day by day, and let them buy, collect and use."""
    acme, chance = partners["acme"], random.Random(11)  # noqa: S311 - the demo is the same each time
    with clock.acting(-DAYS * DAY):
        log.acting_as(f"user:{_who(acme, 'owner')}", acme.id)
        made = [_template(acme, kind, given) for kind, given in TEMPLATES]
        till = Till(acme, _who(acme, "cashier"), _places(acme), chance)
    people = _people(acme)
    held: list[Card] = []
    for day in range(DAYS - 1, 0, -1):
        with clock.acting(-day * DAY + 9 * 3600):
            log.acting_as(f"token:{ClientToken.get(ClientToken.partner == acme).id}", acme.id)
            held += _issued(acme, made, people, DAYS - 1 - day, chance)
            _online(acme, held, day)
        with clock.acting(-day * DAY + chance.randrange(10, 18) * 3600):
            log.acting_as(f"user:{till.cashier}", acme.id)
            for card in chance.sample(held, min(len(held), 5)):
                _day(till, card)
    with clock.acting(-3600):
        _lately(acme, held, till)
    settling.settle_due(1000)
    log.acting_as(log.SYSTEM)


def _who(partner: Partner, role: str) -> int:
    return Membership.get(Membership.partner == partner, Membership.role == role).user_id


def _places(acme: Partner) -> list[int]:
    named = [("Shop in the old town", "Getreidegasse 3, Salzburg"), ("Mountain station", "Top of the cable car")]
    return [Location.create(partner=acme, name=name, address=address).id for name, address in named]


def _template(acme: Partner, kind: int, given: dict) -> CardTemplate:
    template = templates.create(acme.id, kind, {"currency": "EUR", **given})
    if kind == DISCOUNT:
        levels.put(template, [{"threshold": _D(at), "percent": _D(percent)} for at, percent in LEVELS])
    if kind == REWARD:
        for name, of, value, threshold in REWARDS:
            reward_tiers.create(template, {"name": name, "type": of, "value": _D(value), "threshold": threshold})
        fields.add(template, {"name": "Shoe size", "kind": "number"})
    if kind == MEMBERSHIP:
        for name, visits in LEVELS_OF_CLUB:
            membership_tiers.create(template, {"name": name, "visits": visits})
    if kind == REWARD:
        _credit_deals(acme, template)
    return template


def _credit_deals(acme: Partner, template: CardTemplate) -> None:
    """Whoever buys for the trails gets points for it, online as in a shop."""
    trails = Catalog.get(Catalog.partner == acme, Catalog.catalog_code == SHOP)
    templates.change(template, {"catalogs": [trails.uuid]})


def _people(acme: Partner) -> list[Member]:
    """Mia and Omar, who have signed in, and those whom a till knows."""
    known = [Member.get(Member.partner == acme, Member.first_name == name) for name in MEMBERS.values()]
    with clock.acting(-DAYS * DAY + 3600):
        for place, (first, last) in enumerate(PEOPLE):
            given = {
                "first_name": first, "surname": last, "phone": f"+43 660 {1234500 + place * 37}", "gender": 2 - place % 2,
                "date_of_birth": f"{1962 + place * 17 % 42}-{1 + place * 5 % 12:02}-{1 + place * 7 % 28:02}",
                "mail": f"{first.lower().replace('é', 'e').replace('ø', 'o')}.{last.lower()}@mail.example" if place % 3 else None,
                "external_user_id": f"shop-{1000 + place}" if place % 4 == 0 else None,
            }  # fmt: skip
            known.append(members.create(acme.id, given))
    return known


def _issued(
    acme: Partner, made: list[CardTemplate], people: list[Member], day: int, chance: random.Random
) -> list[Card]:
    """The cards of a day: somebody new each other day with one or two, and Mia with one of each over the weeks."""
    found = []
    if day % 10 == 0 and day // 10 < len(made):
        found.append(_issue(acme, people[0], made[day // 10]))
    if day % 2 == 0 and 1 + day // 2 < len(people):
        person = people[1 + day // 2]
        for template in chance.sample(made, chance.choice((1, 1, 2, 3))):
            found.append(_issue(acme, person, template))
    return found


def _issue(acme: Partner, person: Member, template: CardTemplate) -> Card:
    card = cards.issue(acme.id, person.id, template.id, utm_source="poster" if person.id % 5 == 0 else None)
    if person.id % 3:
        cards.note_installed(card, ("pwa", "apple", "google")[person.id % 3])
    if template.kind == MEMBERSHIP:
        tier = MembershipTier.select().where(MembershipTier.template == template).order_by(MembershipTier.id)
        membership.set_tier(acme.id, card.serial, tier[person.id % 2].id, "month", PORTAL)
    if template.kind == CERTIFICATE:
        booking.book(acme.id, card.serial, Asked("add-point", _D(50), comment="Bought as a gift", source=PORTAL))
    if template.kind == SUBSCRIPTION:
        booking.book(acme.id, card.serial, Asked("add-visit", 10, purchase_sum=_D(99), source=PORTAL))
    return card


def _day(till: Till, card: Card) -> None:
    """What somebody with such a card does in a shop."""
    chance, kind = till.chance, card.template.kind
    paid = _D(chance.randrange(900, 14900)) / 100
    if kind == STAMP:
        till.book(card, "add-stamp", chance.choice((1, 1, 2, 3)))
        if chance.random() < 0.3:
            till.book(card, "subtract-reward", 1, comment="Coffee on the house")
    elif kind == CASHBACK:
        till.book(card, "add-transaction-amount", paid)
        if chance.random() < 0.25:
            till.book(card, "subtract-point", _D(3), purchase_sum=paid)
    elif kind in (SUBSCRIPTION, MEMBERSHIP):
        till.book(card, "subtract-visit", 1)
    elif kind == COUPON:
        till.book(card, "redeem-coupon", purchase_sum=paid)
    elif kind == DISCOUNT:
        till.book(card, "add-point", paid.quantize(_D(1)), purchase_sum=paid)
    elif kind == CERTIFICATE:
        till.book(card, "subtract-point", paid.quantize(_D(1)) / 10)
    else:
        till.book(card, "add-purchase", paid)
        if chance.random() < 0.4:
            till.book(card, "receive-reward", tier_id=reward_tiers.of(card.template)[0].id)


def _online(acme: Partner, held: list[Card], day: int) -> None:
    """What holders of trail points bought online, so many days ago: points come once the hold has passed. The first deal goes
    back after its points were spent."""
    points = [card for card in held if card.template.kind == REWARD]
    place, rest = divmod(48 - day, 6)
    if rest == 0 and 0 <= place < min(len(points), 6):
        customer = f"customer={points[place].member.uuid}"
        said = deals.Report(
            "Paid", "Trail shoe Ridge", _D(129), "EUR", f"web-{4100 + place}", SHOP, another_data=customer
        )
        deals.report(acme.id, said)
    deal_moves.settle_of(acme.id, 100)
    if day == 2:
        spent = locking.seen(acme.id, points[0].serial).bonus - 40
        booking.book(acme.id, points[0].serial, Asked("subtract-scores", max(spent, 1), source=COUNTER))
    if day == 1:
        deal_moves.cancel(deal_moves.locked(acme.id, "web-4100"), returned=True)


def _lately(acme: Partner, held: list[Card], till: Till) -> None:
    """What went wrong, and was mended: an operation undone, a card lost, one deleted; and two groups of customers."""
    log.acting_as(f"user:{_who(acme, 'manager')}", acme.id)
    coffee = next(
        card for card in held if card.template.kind == STAMP and card.member.first_name not in MEMBERS.values()
    )
    mistaken = booking.book(acme.id, coffee.serial, Asked("add-stamp", 5, source=COUNTER, manager_id=till.cashier))
    reversing.reverse(acme.id, mistaken.id, source=PORTAL, comment="Five instead of one")
    booking.book(acme.id, coffee.serial, Asked("add-stamp", 1, source=COUNTER, manager_id=till.cashier))
    cashback = Card.select().join(CardTemplate).where(CardTemplate.kind == CASHBACK, Card.bonus > 0)
    lost = cashback.order_by(Card.id.desc()).first()
    with transaction():
        newer = cards.moved(lost)
        carrying.carry(lost.id, newer.id, source=PORTAL)
    cards.delete(next(card for card in held if card.template.kind == COUPON and card.member_id != lost.member_id))
    segments.make(acme.id, "Not seen for a month", rules.UNSEEN, 30)
    tested = segments.make(acme.id, "Tests our shoes")
    for card in held[:5]:
        segments.put(tested, card.member)
