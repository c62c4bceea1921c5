"""A reward for one promoter or a group: set on a page of its own, and removed."""

from collections.abc import Callable

from flask import g, render_template, request, url_for

from portal.affiliate import promoter_places as places
from portal.affiliate.special_rewards.forms import RewardForm
from portal.domain.affiliate.catalogs import lists as catalog_lists
from portal.domain.affiliate.catalogs import terms
from portal.domain.affiliate.groups import groups
from portal.domain.affiliate.promotions import promotions
from portal.domain.affiliate.special_rewards import rewards
from portal.domain.affiliate.special_rewards.rewards import Given
from portal.domain.affiliate.special_rewards.tables import SpecialReward
from portal.domain.errors import Invalid, Refused
from portal.domain.offers import catalogs
from portal.domain.offers.tables import Catalog, Offer
from portal.domain.sentences import say
from portal.web import answers
from portal.web.forms import form_page, tried


def for_promoter(uid: str):
    """Set a reward for a promoter in its catalog."""
    promotion = promotions.of_merchant(g.partner.id, uid)
    place = places.catalog(promotion)
    trail = [(say("Promoters"), url_for("promoters.index")), (promotion.promoter.name, place)]
    setting = lambda offer, given: rewards.set_for_promoter(promotion, offer, given)  # noqa: E731
    return _form_page(promotion.promoter.name, promotion.catalog, place, trail, setting)


def for_group(group: str):
    """Set a reward for a group in the catalog that the address names."""
    found = groups.find(g.partner.id, group)
    catalog = catalogs.find(g.partner.id, request.args.get("catalog", ""))
    place = url_for("groups.show", group=found.uuid)
    trail = [
        (say("Promoters"), url_for("promoters.index")),
        (say("Groups"), url_for("groups.index")),
        (found.name, place),
    ]
    setting = lambda offer, given: rewards.set_for_group(found, catalog, offer, given)  # noqa: E731
    return _form_page(found.name, catalog, place, trail, setting)


def removal(reward: str):
    """Ask, and remove a reward."""
    found = rewards.find(g.partner.id, reward)
    whose, place = _holder(found)
    if request.method == "POST":
        rewards.remove(found)
        return answers.done(place, say("The reward of {whose} is removed. Deals that are there keep it.", whose=whose))
    return render_template("affiliate/special_rewards/removal.html", reward=found, whose=whose, place=place)


def _form_page(
    whose: str, catalog: Catalog, place: str, trail: list, setting: Callable[[Offer | None, Given], SpecialReward]
):
    form = RewardForm(catalog_lists.offers_of(catalog))
    if form.validate_on_submit():
        with tried(form, Invalid, Refused):
            setting(terms.find(g.partner.id, form.offer.data) if form.offer.data else None, form.given())
            return answers.done(
                place,
                say(
                    "The reward of {whose} is set. It counts for deals that are reported from its beginning on.",
                    whose=whose,
                ),
            )
    return form_page("affiliate/special_rewards/new.html", form, whose=whose, catalog=catalog, place=place, trail=trail)


def _holder(reward: SpecialReward) -> tuple[str, str]:
    """Whose it is, and the page that it stands on."""
    if reward.group:
        return reward.group.name, url_for("groups.show", group=reward.group.uuid)
    promotion = rewards.promotion_of(reward)
    return promotion.promoter.name, places.catalog(promotion)
