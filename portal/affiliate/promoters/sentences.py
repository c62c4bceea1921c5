"""What pages about promoters say that depends on the promotion: whole sentences with named parameters."""

from portal.domain.affiliate.promotions.tables import PromoCode
from portal.domain.offers.tables import Catalog
from portal.web.formats import share
from portal.web.plurals import counted


def approved(count: int) -> str:
    """How many applicants were approved at once."""
    return counted(count, "1 promoter is approved.", "{number} promoters are approved.")


def lost(running: int, fallback: str | None = None) -> list[str]:
    """What ending takes from a promoter with so many running codes; `fallback` is the own page for dead links."""
    lead = f"lead to your page {fallback}" if fallback else "lead nowhere"
    codes = counted(
        running,
        "1 promo code: orders with it are no longer the promoter’s",
        "{number} promo codes: orders with one are no longer the promoter’s",
    )
    return [
        f"Its links {lead} at once, and clicks on them are no longer counted",
        *([codes] if running else []),
        "New orders, those of people who followed its links before among them, are nobody’s",
    ]


def discount(promoter: str, hundredths: int | None) -> str:
    """What a promoter's customers get off from now on without a code, in hundredths of a percent."""
    if hundredths:
        return f"{promoter} gives customers {hundredths / 100:g} % off now."
    return f"{promoter} gives customers no standing discount now."


def maker(code: PromoCode) -> str:
    """Who made a code."""
    if code.handed_at:
        return "by another promoter, and handed on by you"
    return "by you, for the promoter" if code.is_personal else "by the promoter"


def idle_codes(state: str) -> str:
    """What the codes of who is no approved promoter are good for."""
    return "None of them counts now" + (": hand on what customers still have." if state == "ended" else ".")


def no_codes(catalog: Catalog) -> str:
    """Why nobody can make a code in the catalog."""
    if not catalog.is_promocode_allowed:
        return "The catalog allows no promo codes."
    return "The catalog does not say how much a promo code may take off, so none can be made."


def code_limits(catalog: Catalog) -> str:
    """What a code may take off."""
    return f"From {share(catalog.min_promo_code_percent)} to {share(catalog.max_promo_code_percent)}."


def discount_limits(catalog: Catalog) -> str:
    """What the standing discount may be."""
    least, most = share(catalog.min_promo_code_percent), share(catalog.max_promo_code_percent)
    return f"From {least} to {most}; empty for none."
