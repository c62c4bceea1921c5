"""Tariffs as the API answers them (contract: cards, "Objects")."""

from portal import clock
from portal.cards.envelope import stamp
from portal.domain import money
from portal.domain.cards.companies.tables import Tariff
from portal.domain.cards.companies.words import LIMITS

# The column of an option, by its key.
_OPTIONS = {
    "push": "push", "autoPush": "auto_push", "customAutoPush": "custom_auto_push", "customFields": "custom_fields",
    "duplicatesCheck": "duplicates_check", "integrations": "may_integrate",
    "referralProgram": "referral_program", "reports": "reports", "whiteLabel": "white_label",
}  # fmt: skip


def tariff(row: Tariff) -> dict:
    """A Tariff."""
    return {
        "id": row.id,
        "name": row.name,
        "type": row.kind,
        "country": row.country,
        "currency": row.currency,
        "prices": {period: _price(row, f"{period}_price") for period in ("month", "quarter", "year")},
        "createdAt": stamp(clock.to_micros(row.created_at)),
        "updatedAt": stamp(clock.to_micros(row.updated_at)),
        "limits": {name: getattr(row, name) for name in LIMITS},
        # Whoever writes a phone has it checked; no tariff goes without.
        "options": {key: bool(getattr(row, column)) for key, column in _OPTIONS.items()} | {"phoneCheck": True},
    }


def _price(row: Tariff, column: str) -> float | int | None:
    price = getattr(row, column)
    return None if price is None else money.to_wire(price, row.currency)
