"""What pages about promoters say that depends on the promotion: whole sentences with named parameters."""

from portal.domain.affiliate.promotions.promotions import APPROVED, ENDED
from portal.domain.affiliate.promotions.tables import PromoCode, Promotion
from portal.domain.offers.tables import Catalog
from portal.domain.sentences import counted, joined, say
from portal.web.formats import share


def approved(count: int) -> str:
    """How many applicants were approved at once."""
    return counted(count, "1 promoter is approved.", "{number} promoters are approved.")


def refused(count: int) -> str:
    """How many applicants were refused at once."""
    return counted(count, "1 application is refused.", "{number} applications are refused.")


def reward(percent: int | None, has_own: bool) -> str:
    """What the promoter gets in a catalog, in hundredths of a percent; `has_own` says that rewards of its own follow."""
    if percent is None:
        return say("What each offer says, and its own below") if has_own else say("What each offer says")
    told = share(percent)
    return say("{percent}, and its own below", percent=told) if has_own else told


def lost(running: int, fallback: str | None = None) -> list[str]:
    """What ending takes from a promoter with so many running codes; `fallback` is the own page for dead links."""
    told = say("Its links lead nowhere at once, and clicks on them are no longer counted")
    if fallback:
        told = say(
            "Its links lead to your page {fallback} at once, and clicks on them are no longer counted",
            fallback=fallback,
        )
    codes = counted(
        running,
        "1 promo code: orders with it are no longer the promoter’s",
        "{number} promo codes: orders with one are no longer the promoter’s",
    )
    return [
        told,
        *([codes] if running else []),
        say("New orders, those of people who followed its links before among them, are nobody’s"),
    ]


def discount(promoter: str, hundredths: int | None) -> str:
    """What a promoter's customers get off from now on without a code, in hundredths of a percent."""
    if hundredths:
        return say("{promoter} gives customers {percent} off now.", promoter=promoter, percent=share(hundredths))
    return say("{promoter} gives customers no standing discount now.", promoter=promoter)


def maker(code: PromoCode) -> str:
    """Who made a code."""
    if code.handed_at:
        return say("by another promoter, and handed on by you")
    return say("by you, for the promoter") if code.is_personal else say("by the promoter")


def idle_codes(codes: list[PromoCode]) -> list[str]:
    """Of which catalogs no code counts now, because the promoter is no approved one there."""
    idle = {code.promotion.catalog.title: code.promotion.state for code in codes if code.promotion.state != APPROVED}
    return [
        say("{catalog}: none of its codes counts now: hand on what customers still have.", catalog=title)
        if state == ENDED
        else say("{catalog}: none of its codes counts now.", catalog=title)
        for title, state in idle.items()
    ]


def no_new_code(its: list[Promotion]) -> str:
    """Why no code can be made in any catalog."""
    if any(promotion.state == APPROVED for promotion in its):
        return say("No code can be made in any of its catalogs now.")
    return say("Only an approved promoter can have promo codes.")


def no_codes(catalog: Catalog) -> str | None:
    """Why nobody can make a code in the catalog; None where a promoter can."""
    if not catalog.is_promocode_allowed:
        return say("{catalog} allows no promo codes.", catalog=catalog.title)
    if catalog.min_promo_code_percent is None or catalog.max_promo_code_percent is None:
        return say("{catalog} does not say how much a promo code may take off.", catalog=catalog.title)
    return (
        None
        if catalog.is_published
        else say("Codes for {catalog} can be made while it is published.", catalog=catalog.title)
    )


def codes_lack(catalog: Catalog) -> str:
    """That no code of the catalog brings a deal."""
    return say(
        "No active offer of {catalog} may be sold with promo codes yet, so none brings a deal.", catalog=catalog.title
    )


def code_limits(its: list[Promotion]) -> str:
    """What a code may take off, in each catalog that can have one."""
    said = {one.catalog.title: _between(one.catalog) for one in its}
    if len(set(said.values())) == 1:
        return say("From {limits}.", limits=next(iter(said.values())))
    return joined(say("{catalog}: {limits}.", catalog=title, limits=limits) for title, limits in said.items())


def discount_limits(catalog: Catalog) -> str:
    """What the standing discount may be."""
    if catalog.min_promo_code_percent is None or catalog.max_promo_code_percent is None:
        return say("The catalog does not say how much may be taken off, so none can be given.")
    return say("From {limits}; empty for none.", limits=_between(catalog))


def _between(catalog: Catalog) -> str:
    least, most = catalog.min_promo_code_percent, catalog.max_promo_code_percent
    return say("{least} to {most}", least=share(least), most=share(most))
