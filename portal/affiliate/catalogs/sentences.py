"""What pages of catalogs say that depends on the catalog or its form: whole sentences with named parameters."""

from portal.domain.affiliate.catalogs import lists as catalog_lists
from portal.web.formats import share
from portal.web.plurals import counted

_NAMED = 3  # More names than these are counted.


def times(form) -> str:
    """The times that are set, or those that hold where nothing is."""
    hold = 30 if form.hold_duration.data is None else form.hold_duration.data
    canceled = 14 if form.canceled_duration.data is None else form.canceled_duration.data
    click = form.cookies_storage_days.data or 30
    held = counted(hold, "1 day", "{number} days")
    return f"Held for {held}, unpaid deals canceled after {canceled}, a click counts for {click}"


def places(countries: list[tuple], languages: list[tuple]) -> str:
    """Where it sells; both are (code, name, whether it is chosen)."""
    sold = _named([name for _, name, chosen in countries if chosen], "countries")
    spoken = _named([name for _, name, chosen in languages if chosen], "languages")
    return f"{sold}; {spoken}" if spoken else sold


def _named(names: list[str], several: str) -> str:
    return ", ".join(names) if len(names) <= _NAMED else f"{len(names)} {several}"


def written(form) -> str:
    """How many lines of rules and material there are."""
    lines = sum(len(field.data or []) for field in (form.rules, form.text_rule, form.promo_materials))
    return counted(lines, "1 line", "{number} lines") if lines else "None yet"


def pictures(form) -> str:
    """How many of the three pictures there are."""
    shown = sum(bool(field.data) for field in (form.icon, form.preview_image, form.company_logo))
    return f"{shown} of 3" if shown else "None yet"


def promo_codes(catalog, offers) -> str:
    """What promo codes may take off, if an active one of the offers may be sold with them."""
    if not catalog.is_promocode_allowed:
        return "Not allowed"
    if catalog.max_promo_code_percent is None:
        return "Allowed, but without limits nobody can make one"
    limits = f"{share(catalog.min_promo_code_percent)} to {share(catalog.max_promo_code_percent)}"
    return limits if catalog_lists.take_codes(offers) else f"{limits}, but no active offer may be sold with them yet"
