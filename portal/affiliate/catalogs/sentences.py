"""What pages of catalogs say that depends on the catalog or its form: whole sentences with named parameters."""

from portal.domain.affiliate.catalogs import lists as catalog_lists
from portal.domain.sentences import counted, say
from portal.web.formats import share

_NAMED = 3  # More names than these are counted.


def times(form) -> str:
    """The times that are set, or those that hold where nothing is."""
    hold = 30 if form.hold_duration.data is None else form.hold_duration.data
    canceled = 14 if form.canceled_duration.data is None else form.canceled_duration.data
    click = form.cookies_storage_days.data or 30
    held = counted(hold, "1 day", "{number} days")
    days = {"held": held, "canceled": canceled, "click": click}
    return say("Held for {held}, unpaid deals canceled after {canceled}, a click counts for {click}", **days)


def places(countries: list[tuple], languages: list[tuple]) -> str:
    """Where it sells; both are (code, name, whether it is chosen)."""
    sold = [name for _, name, chosen in countries if chosen]
    spoken = [name for _, name, chosen in languages if chosen]
    told = [
        ", ".join(sold) if len(sold) <= _NAMED else counted(len(sold), "1 country", "{number} countries"),
        ", ".join(spoken) if len(spoken) <= _NAMED else counted(len(spoken), "1 language", "{number} languages"),
    ]
    return say("{countries}; {languages}", countries=told[0], languages=told[1]) if spoken else told[0]


def written(form) -> str:
    """How many lines of rules and material there are."""
    lines = sum(len(field.data or []) for field in (form.rules, form.text_rule, form.promo_materials))
    return counted(lines, "1 line", "{number} lines") if lines else say("None yet")


def pictures(form) -> str:
    """How many of the three pictures there are."""
    shown = sum(bool(field.data) for field in (form.icon, form.preview_image, form.company_logo))
    return say("{shown} of 3", shown=shown) if shown else say("None yet")


def promo_codes(catalog, offers) -> str:
    """What promo codes may take off, if an active one of the offers may be sold with them."""
    if not catalog.is_promocode_allowed:
        return say("Not allowed")
    if catalog.max_promo_code_percent is None:
        return say("Allowed, but without limits nobody can make one")
    limits = {"least": share(catalog.min_promo_code_percent), "most": share(catalog.max_promo_code_percent)}
    if catalog_lists.take_codes(offers):
        return say("{least} to {most}", **limits)
    return say("{least} to {most}, but no active offer may be sold with them yet", **limits)
