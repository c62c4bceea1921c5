"""What stands inside one catalog beside its offers and landings: its terms, its promoters and their promo codes."""

from flask import g, render_template

from portal.affiliate import catalog_page, promoter_section
from portal.affiliate.catalogs import sentences
from portal.domain.affiliate.catalogs import lists as catalog_lists
from portal.domain.affiliate.promotions import codes as promo_codes
from portal.domain.affiliate.special_rewards import lists as reward_lists
from portal.domain.offers import catalogs
from portal.domain.offers.names import COUNTRY_NAMES, LANGUAGE_NAMES
from portal.domain.pictures import album
from portal.domain.sentences import say
from portal.web.addresses import place_asked, with_arguments

_NAMED = 8


def terms(short_code: str):
    """What promoters agree to, and what they are shown."""
    catalog = catalogs.find(g.partner.id, short_code)
    return render_template(
        "affiliate/catalogs/terms.html",
        **catalog_page.context(catalog, "terms"),
        sentences=sentences,
        offers=catalog_lists.offers_of(catalog),
        pictures=album.keys_of(g.partner.id, [catalog.icon, catalog.preview_image, catalog.company_logo]),
        places=_named(catalog.offer_geo, COUNTRY_NAMES),
        languages=_named(catalog.localizations, LANGUAGE_NAMES),
    )


def promoters(short_code: str):
    """Who sells it, who wants to, and who of them earns something else."""
    catalog = catalogs.find(g.partner.id, short_code)
    return render_template(
        "affiliate/catalogs/promoters.html",
        **catalog_page.context(catalog, "promoters"),
        **promoter_section.few(catalog.id),
        is_of_catalog=True,
        rewards=reward_lists.of_catalog(g.partner.id, catalog.id),
    )


def codes(short_code: str):
    """Every promo code that counts, or counted, in it."""
    catalog = catalogs.find(g.partner.id, short_code)
    before, _ = place_asked()
    return render_template(
        "affiliate/catalogs/codes.html",
        **catalog_page.context(catalog, "codes"),
        page=promo_codes.of_catalog(catalog, before),
        is_first=before is None,
        said=sentences.promo_codes(catalog, catalog_lists.offers_of(catalog)),
        page_url=with_arguments,
    )


def _named(codes: list[str], names: dict) -> str | None:
    """The first places or languages by name, and how many more there are."""
    listed = ", ".join(names.get(code, code) for code in codes[:_NAMED])
    if len(codes) > _NAMED:
        return say("{listed} and {number} more", listed=listed, number=len(codes) - _NAMED)
    return listed or None
