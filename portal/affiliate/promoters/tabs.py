"""What the tabs of a promoter's page show, each read when it is looked at."""

from collections import defaultdict

from flask import g

from portal.affiliate import promoter_places as places
from portal.affiliate import sentences as said
from portal.affiliate.promoters.forms import CodeForm
from portal.domain.accounts.tables import Partner
from portal.domain.affiliate.catalogs import lists as catalog_lists
from portal.domain.affiliate.deal_lists import one_promoter
from portal.domain.affiliate.figures import promotions as promotion_figures
from portal.domain.affiliate.groups import groups
from portal.domain.affiliate.groups import lists as group_lists
from portal.domain.affiliate.payouts import lists as payout_lists
from portal.domain.affiliate.promotions import codes as promo_codes
from portal.domain.affiliate.promotions import joined, promotions
from portal.domain.affiliate.promotions import promoters as promoter_lists
from portal.domain.affiliate.promotions.tables import Promotion
from portal.domain.affiliate.special_rewards import lists as reward_lists
from portal.domain.events import timeline
from portal.domain.sentences import say
from portal.web import charts
from portal.web.addresses import place_asked, with_arguments
from portal.web.charts import Series

_LATEST = 5


def overview(promoter: Partner, its: list[Promotion]) -> dict:
    """What it brought in the last thirty days and earned so far, its group, and its latest deals."""
    partner, ids = g.partner, _ids(its)
    days = promotion_figures.days(ids, partner.time_zone)
    series = [Series(say("Deals"), [day.deals for day in days]), Series(say("Clicks"), [day.clicks for day in days])]
    deals, clicks = sum(day.deals for day in days), sum(day.clicks for day in days)
    return {
        "clicks": clicks,
        "visitors": said.visitors(sum(day.visitors for day in days)),
        "deals": deals,
        "conversion": deals * 100 / clicks if clicks else None,
        "earned": promotion_figures.earned(promoter.id, ids, partner.id),
        "daily": charts.line(say("Deals and clicks per day"), [day.day for day in days], series),
        "latest": one_promoter.page(partner.id, promoter.id).rows[:_LATEST],
        "self_referrals": promoter_lists.self_referrals(partner.id, ids),
        "group": groups.of_promoter(partner.id, promoter.id),
        "groups": group_lists.of(partner.id),
    }


def catalogs(promoter: Partner, its: list[Promotion]) -> dict:
    """Each catalog with what it brought there, and what it earns there instead of everybody."""
    whose = joined.Whose(g.partner.id, [promoter.id], with_archived=True)
    figures = joined.by_promoter(whose, g.partner.time_zone, first=promotions.WAITING)[promoter.id]
    each = {promotion.id: promotion for promotion in its}
    rewards = defaultdict(list)
    for reward in reward_lists.of_promoter(g.partner.id, promoter.id):
        rewards[reward.catalog_code].append(reward)
    return {"joined": [(each[row.id], row) for row in figures if row.id in each], "rewards": rewards}


def codes(promoter: Partner, its: list[Promotion], form: CodeForm | None = None) -> dict:
    """The codes of all catalogs, and the form of a new one."""
    possible = [promotion for promotion in its if promo_codes.may_be_made(promotion)]
    taking = catalog_lists.taking_codes([promotion.catalog_id for promotion in possible])
    return {
        "codes": promo_codes.of_several(its),
        "possible": possible,
        "lacking": [promotion.catalog for promotion in possible if promotion.catalog_id not in taking],
        "form": form or CodeForm(possible, formdata=None),
    }


def deals(promoter: Partner, its: list[Promotion]) -> dict:
    """All that it brought, newest first."""
    before, after = place_asked()
    return {"page": one_promoter.page(g.partner.id, promoter.id, before, after), "page_url": with_arguments}


def payouts(promoter: Partner, its: list[Promotion]) -> dict:
    """What is held and due, and what it was paid."""
    before, after = place_asked()
    return {
        "earned": promotion_figures.earned(promoter.id, _ids(its), g.partner.id),
        "page": payout_lists.of_merchant(g.partner.id, promoter.id, before=before, after=after),
        "page_url": with_arguments,
    }


def activity(promoter: Partner, its: list[Promotion]) -> dict:
    """What happened in all catalogs, newest first, each time with the catalog's name."""
    uids = [promotion.uid for promotion in its]
    return {
        "facts": timeline.of_several(g.partner.id, [("promotion", uids)]),
        "titles": {promotion.uid: promotion.catalog.title for promotion in its},
    }


SHOWN = {
    places.OVERVIEW: overview,
    places.CATALOGS: catalogs,
    places.CODES: codes,
    places.DEALS: deals,
    places.PAYOUTS: payouts,
    places.ACTIVITY: activity,
}
LABELS = {
    places.OVERVIEW: say("Overview"),
    places.CATALOGS: say("Catalogs"),
    places.CODES: say("Promo codes"),
    places.DEALS: say("Deals"),
    places.PAYOUTS: say("Payouts"),
    places.ACTIVITY: say("Activity"),
}


def _ids(its: list[Promotion]) -> list[int]:
    return [promotion.id for promotion in its]
