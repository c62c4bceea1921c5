"""Promoters over all the merchant's catalogs, and one promoter in a catalog: who it is and what it brings."""

from functools import partial

from flask import g, make_response, render_template

from portal.affiliate import promoter_section
from portal.affiliate import sentences as said
from portal.affiliate.promoters import filters, sentences
from portal.affiliate.promoters.forms import CodeForm, DiscountForm
from portal.domain.affiliate.catalogs import lists as catalog_lists
from portal.domain.affiliate.deal_lists import lists as deal_lists
from portal.domain.affiliate.deal_lists.filters import Filter as DealFilter
from portal.domain.affiliate.figures import promotions as promotion_figures
from portal.domain.affiliate.groups import groups
from portal.domain.affiliate.groups import lists as group_lists
from portal.domain.affiliate.promotions import codes as promo_codes
from portal.domain.affiliate.promotions import promoters as promoter_lists
from portal.domain.affiliate.promotions import promotions
from portal.domain.affiliate.promotions.tables import Promotion
from portal.domain.affiliate.special_rewards import lists as reward_lists
from portal.domain.events import timeline
from portal.domain.offers import choices as catalog_choices
from portal.web import answers, charts, inputs
from portal.web.addresses import place_asked
from portal.web.charts import Series
from portal.web.forms import status

_LATEST = 5


def index():
    """The promoters of all catalogs: who waits for a decision first, then the latest joined."""
    chosen, asked, catalog = filters.read()
    before, after = place_asked()
    return render_template(
        answers.page_or_part("affiliate/promoters/index.html", "affiliate/promoters/_promoters.html"),
        **promoter_section.of(chosen, before, after),
        asked=asked,
        catalog=catalog,
        catalogs=catalog_choices.catalogs(g.partner.id),
        states=filters.states(asked),
        page_url=partial(filters.address, asked),
    )


def show(uid: str):
    """One promoter in a catalog."""
    return promoter_page(promotions.of_merchant(g.partner.id, uid))


def promoter_page(promotion: Promotion, code_form: CodeForm | None = None, discount_form: DiscountForm | None = None):
    """The page of a promoter, perhaps with a code or a discount to be corrected."""
    partner, catalog = g.partner, promotion.catalog
    code_form = code_form or CodeForm(formdata=None)
    present = inputs.percent(promotion.percent_discounts) or None
    discount_form = discount_form or DiscountForm(formdata=None, data={"percent_discounts": present})
    days = promotion_figures.days(promotion.id, partner.time_zone)
    series = [Series("Deals", [day.deals for day in days]), Series("Clicks", [day.clicks for day in days])]
    deals, clicks = (sum(row.values) for row in series)
    page = render_template(
        "affiliate/promoters/show.html",
        promotion=promotion,
        promoter=promotion.promoter,
        catalog=catalog,
        form=code_form,
        discount_form=discount_form,
        codes=promo_codes.of(promotion),
        codes_lack=said.codes_lack(catalog_lists.offers_of(catalog)),
        group=groups.of_promoter(partner.id, promotion.promoter_id),
        groups=group_lists.of(partner.id),
        rewards=reward_lists.of_promoter(partner.id, promotion.promoter_id, catalog.id),
        clicks=clicks,
        visitors=said.visitors(sum(day.visitors for day in days)),
        deals=deals,
        conversion=deals * 100 / clicks if clicks else None,
        earned=promotion_figures.earned(promotion.promoter_id, promotion.id, partner.id),
        daily=charts.line("Deals and clicks per day", [day.day for day in days], series),
        latest=deal_lists.page(partner.id, DealFilter(promotion=promotion.id)).rows[:_LATEST],
        self_referrals=promoter_lists.self_referrals(partner.id, promotion),
        elsewhere=promoter_lists.elsewhere(partner.id, promotion),
        facts=timeline.of(partner.id, "promotion", promotion.uid),
        sentences=sentences,
    )
    return make_response(page, status(code_form, discount_form))
