"""Northwind as a reseller: its tariffs, its companies on them, near a limit, and the places where customers are served."""

from datetime import timedelta
from decimal import Decimal

from portal import clock
from portal.demo import cast
from portal.domain.accounts.locations import locations
from portal.domain.accounts.tables import Membership, Partner
from portal.domain.cards.companies import companies, periods, tariffs
from portal.domain.cards.companies.tables import Company, Tariff
from portal.domain.events import log

_TARIFFS: dict[str, dict] = {
    "Starter": {
        "month_price": Decimal(19), "quarter_price": Decimal(54), "year_price": Decimal(190), "templates": 3, "managers": 3,
        "locations": 1, "integrations": 1, "auto_push": False, "custom_auto_push": False, "custom_fields": False,
        "referral_program": False, "white_label": False,
    },
    "Standard": {
        "month_price": Decimal(49), "quarter_price": Decimal(139), "year_price": Decimal(490), "templates": 8, "managers": 10,
        "locations": 3, "integrations": 3, "custom_auto_push": False, "white_label": False,
    },
    "Chain": {
        "month_price": Decimal(149), "year_price": Decimal(1490), "templates": 50, "managers": 100, "locations": 40,
        "integrations": 20,
    },
    "Two weeks free": {"kind": "trial", "templates": 2, "managers": 2, "locations": 1, "integrations": 1, "white_label": False},
}  # fmt: skip
# Slug, tariff, for how long, phone, town, street, postal code, website.
_COMPANIES = (
    (
        "north",
        "Standard",
        "year",
        "+43 1 234 5678",
        "Vienna",
        "Mariahilfer Straße 12",
        "1060",
        "https://north.example/",
    ),
    ("wind", "Starter", "six_months", "+43 512 345678", "Innsbruck", "Maria-Theresien-Straße 8", "6020", None),
)
_LOCATIONS = {
    "north": (("North City", "Mariahilfer Straße 12, 1060 Vienna"), ("North Station", "Hauptbahnhof 1, 1100 Vienna")),
    "wind": (("Wind Innsbruck", "Maria-Theresien-Straße 8, 6020 Innsbruck"),),
}


def live_through(partners: dict[str, Partner], public_url: str) -> None:
    """Made when the demo world began."""
    with clock.acting(-cast.DAYS * cast.DAY):
        reseller = partners["northwind"]
        made = {
            name: tariffs.create(reseller.id, {"name": name, "currency": "EUR", **given})
            for name, given in _TARIFFS.items()
        }
        for slug, tariff, period, *where in _COMPANIES:
            _join(partners[slug], made[tariff], period, *where)
            log.record(reseller.id, "company.created", companies.THING, partners[slug].uuid)
        for slug, places in _LOCATIONS.items():
            _serve(partners[slug], places)


def _join(
    partner: Partner, tariff: Tariff, period: str, phone: str, city: str, street: str, code: str, website
) -> None:
    owner = Membership.get(Membership.partner == partner, Membership.role == "owner")
    Company.create(
        partner=partner, owner=owner.user_id, tariff=tariff, tariff_period=period, mail=cast.mail_of(partner.slug, "owner"),
        phone=phone, country="AT", city=city, street=street, postal_code=code, website=website,
        expires_at=periods.end(period, clock.now() - timedelta(hours=1), partner.time_zone),
    )  # fmt: skip


def _serve(partner: Partner, places: tuple[tuple[str, str], ...]) -> None:
    opened = [locations.open_(partner.id, name, address) for name, address in places]
    cashier = Membership.get(Membership.partner == partner, Membership.role == "cashier")
    locations.post(opened[0], [cashier.id])
