"""What people choose by searching, whatever form asks for it: time zones, currencies and countries. `account.pickers.choices` finds them."""

from portal.domain.accounts.partners import partners
from portal.domain.currency_names import CURRENCY_NAMES
from portal.domain.offers.names import COUNTRY_NAMES


def time_zones() -> list[tuple[str, str]]:
    """(name, as it is called) of each."""
    return [(name, name.replace("_", " ")) for name in partners.time_zones()]


def currencies() -> list[tuple[str, str]]:
    """(code, as it is called) of each."""
    return [(code, f"{name} ({code})") for code, name in CURRENCY_NAMES.items()]


def countries() -> list[tuple[str, str]]:
    """(code, name) of each in which people dial."""
    return [(code, name) for code, name in COUNTRY_NAMES.items() if partners.is_dialled_in(code)]


KINDS = {"time-zones": ("time_zone", time_zones), "currencies": ("currency", currencies)}


def offered(form) -> dict:
    """What the pickers that a form has show: (value, label, whether it is chosen) of each."""
    return {
        kind.replace("-", "_"): _marked(offer(), form[name].data)
        for kind, (name, offer) in KINDS.items()
        if name in form
    }


def _marked(rows: list[tuple[str, str]], chosen: str | None) -> list[tuple[str, str, bool]]:
    return [(value, label, value == chosen) for value, label in rows]
