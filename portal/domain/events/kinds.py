"""The kinds of events that a log is filtered by: what the types of each begin with."""

from portal.domain.events.types import TYPES

KINDS = {
    "catalogs": ("Catalogs, offers and landings", ("catalog.", "offer.", "landing.")),
    "promoters": ("Promoters and promo codes", ("promotion.", "promo_code.")),
    "deals": ("Deals and imports", ("deal.", "import.")),
    "payouts": ("Payouts", ("payout.", "payout_details.")),
    "team": ("Team", ("team.", "person.")),
    "safety": (
        "Sign-ins and passwords",
        ("sign_in.", "password.", "second_factor.", "recovery_code.", "recovery_codes."),
    ),
    "tokens": ("API tokens", ("token.",)),
    "partner": ("Settings and terms", ("partner.", "terms.", "first_steps.", "test_mode.")),
}


def types_of(kind: str) -> tuple[str, ...]:
    """The types of events of a kind."""
    return tuple(name for name in TYPES if name.startswith(KINDS[kind][1]))
