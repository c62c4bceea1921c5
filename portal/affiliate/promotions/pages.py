"""A promoter's promotions: the list, one with its links, codes and figures, its clicks, and leaving."""

from flask import g, render_template, request, url_for

from portal.affiliate import sentences as said
from portal.affiliate.promotions import links, sentences
from portal.affiliate.promotions.forms import CodeForm, OwnLinkForm
from portal.domain.affiliate.catalogs import lists as catalog_lists
from portal.domain.affiliate.catalogs import marketplace
from portal.domain.affiliate.deal_lists import promoter_lists
from portal.domain.affiliate.figures import promotions as promotion_figures
from portal.domain.affiliate.links import fallback, own_links
from portal.domain.affiliate.promotions import codes as promo_codes
from portal.domain.affiliate.promotions import lists as promotion_lists
from portal.domain.affiliate.promotions import promoters as promoter_list
from portal.domain.affiliate.promotions import promotions
from portal.domain.affiliate.promotions.tables import Promotion
from portal.domain.affiliate.special_rewards import lists as special_lists
from portal.web import answers, charts
from portal.web.addresses import place_asked, with_arguments
from portal.web.charts import Series
from portal.web.forms import form_page

_STATES = {"approved": "Joined", "waiting": "Waiting", "refused": "Refused", "ended": "Ended"}
_LATEST = 8


def index():
    """The partner's promotions, the latest joined first."""
    text, state = request.args.get("q", "").strip()[:255], request.args.get("state", "")
    state = state if state in _STATES else ""
    before, after = place_asked()
    template = answers.page_or_part("affiliate/promotions/index.html", "affiliate/promotions/_promotions.html")
    return render_template(
        template,
        page=promotion_lists.page(g.partner.id, state, text, g.partner.time_zone, before, after),
        text=text,
        state=state,
        states=_state_choices(),
        page_url=with_arguments,
    )


def show(uid: str):
    """One promotion."""
    return promotion_page(promotions.of_promoter(g.partner.id, uid))


def clicks(uid: str):
    """The clicks on its links, newest first."""
    promotion = promotions.of_promoter(g.partner.id, uid)
    before, after = place_asked()
    page = promotion_lists.clicks(promotion.id, before, after)
    return render_template("affiliate/promotions/clicks.html", promotion=promotion, page=page, page_url=with_arguments)


def leaving(uid: str):
    """Ask, and leave a catalog; who waits withdraws its application."""
    promotion = promotions.of_promoter(g.partner.id, uid)
    if request.method == "GET":
        told = {"lost": lost(promotion), "sentences": sentences}
        return render_template("affiliate/promotions/leaving.html", promotion=promotion, **told)
    waited = promotion.state == promotions.WAITING
    promotions.end(promotion, promotions.BY_PROMOTER)
    title = promotion.catalog.title
    told = f"Your application for “{title}” is withdrawn." if waited else f"You no longer promote “{title}”."
    return answers.done(url_for("promotions.show", uid=promotion.uid), told)


def promotion_page(promotion: Promotion, code_form: CodeForm | None = None):
    """The page of a promotion, perhaps with a code to be corrected."""
    form = code_form or CodeForm(formdata=None)
    catalog = promotion.catalog
    landings, dead_links_lead = catalog_lists.landings_of(catalog), fallback.of(catalog.partner_id)
    days = promotion_figures.days([promotion.id], g.partner.time_zone)
    labels = [day.day for day in days]
    series = [Series("Deals", [day.deals for day in days]), Series("Clicks", [day.clicks for day in days])]
    deals, clicks = (sum(row.values) for row in series)
    is_open = marketplace.is_in(catalog)
    return form_page(
        "affiliate/promotions/show.html",
        form,
        promotion=promotion,
        catalog=catalog,
        landings=landings,
        addresses={landing.code: links.address(promotion, landing.code) for landing in landings},
        made=links.made(promotion, landings),
        naming=OwnLinkForm(formdata=None),
        named_links=[(link, links.of_slug(link.written.lower())) for link in own_links.of(promotion)],
        removing=sentences.removing_link(dead_links_lead),
        codes=promo_codes.of(promotion),
        codes_lack=said.codes_lack(catalog_lists.offers_of(catalog)),
        clicks=clicks,
        visitors=said.visitors(sum(day.visitors for day in days)),
        deals=deals,
        conversion=deals * 100 / clicks if clicks else None,
        earned=promotion_figures.earned(g.partner.id, [promotion.id], catalog.partner_id),
        daily=charts.line("Deals and clicks per day", labels, series),
        latest_clicks=promotion_lists.clicks(promotion.id).rows[:_LATEST],
        latest_deals=promoter_lists.latest(g.partner.id, promotion.uid),
        rewards=marketplace.rewards_of(g.partner.id, [catalog.id]).get(catalog.id, []),
        own=special_lists.own(g.partner.id, catalog.id),
        is_open=is_open,
        stands=sentences.stands(
            promotion, g.partner.name, is_open=is_open, has_landings=bool(landings), fallback=dead_links_lead
        ),
        lost=lost(promotion),
        sentences=sentences,
    )


def lost(promotion: Promotion) -> list[str]:
    """What leaving costs, for the question before it."""
    if promotion.state != promotions.APPROVED:
        return ["The application, and its place among those that wait"]
    running = promoter_list.running_codes(promotion)
    told = [sentences.lost_links(fallback.of(promotion.catalog.partner_id))]
    if running:
        told.append(sentences.lost_codes(running))
    return [*told, "Orders from now on, those of people who followed your links before among them"]


def _state_choices() -> list[tuple[str, str]]:
    counted = promotion_lists.states(g.partner.id)
    return [
        ("", "All"),
        *((state, f"{label} ({counted[state]})") for state, label in _STATES.items() if state in counted),
    ]
