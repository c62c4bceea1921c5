"""The promoters of a merchant, those who wait first, as their own page and a catalog's page show them."""

from flask import g

from portal.domain.affiliate.promotions import promoters as promoter_lists
from portal.domain.affiliate.promotions import promotions
from portal.domain.affiliate.promotions.promoters import Filter
from portal.domain.lists.key_pages import KeyPage

_FEW = 5


def of(chosen: Filter, before: int | None = None, after: int | None = None) -> dict:
    """What the section shows of a filter: who waits with the first page, and the others, a page at a time."""
    partner, waits = g.partner.id, promotions.WAITING
    is_first = before is None and after is None
    waiting = chosen.state == waits or (is_first and not chosen.state)
    applicants = promoter_lists.applicants(partner, chosen, before, after) if waiting else KeyPage([])
    page = KeyPage([])
    if chosen.state != waits:
        page = promoter_lists.page(partner, chosen, g.partner.time_zone, before, after)
    return {"applicants": applicants, "page": page, "chosen": chosen, "count": promoter_lists.count(partner, chosen)}


def few(catalog_id: int) -> dict:
    """The latest promoters of one catalog, and the latest who wait for it, for the catalog's own page."""
    shown = of(Filter(catalog=catalog_id))
    return shown | {name: KeyPage(shown[name].rows[:_FEW]) for name in ("applicants", "page")}
