"""A promoter's promotions: the list, one with its links, codes and figures, its clicks, and leaving."""

from flask import g, render_template, request, url_for

from portal.affiliate.promotions import links, sentences, tabs
from portal.affiliate.promotions.forms import CodeForm
from portal.domain.affiliate.catalogs import lists as catalog_lists
from portal.domain.affiliate.catalogs import marketplace
from portal.domain.affiliate.links import fallback
from portal.domain.affiliate.promotions import lists as promotion_lists
from portal.domain.affiliate.promotions import promoters as promoter_list
from portal.domain.affiliate.promotions import promotions
from portal.domain.affiliate.promotions.tables import Promotion
from portal.domain.sentences import say
from portal.web import answers
from portal.web.addresses import chips, place_asked, with_arguments
from portal.web.forms import form_page

_STATES = {
    "approved": say("Joined"),
    "waiting": say("Waiting"),
    "refused": say("Refused"),
    "ended": say("Ended"),
}
_LABELS = {"q": say("Search"), "state": say("State")}


def index():
    """The partner's promotions, the latest joined first."""
    text, state = request.args.get("q", "").strip()[:255], request.args.get("state", "")
    state = state if state in _STATES else ""
    before, after = place_asked()
    template = answers.page_or_part("affiliate/promotions/index.html", "affiliate/promotions/_promotions.html")
    page = promotion_lists.page(g.partner.id, state, text, g.partner.time_zone, before, after)
    return render_template(
        template,
        page=page,
        addresses={row.uid: links.of_slug(row.uid) for row in page.rows},
        text=text,
        state=state,
        states=_state_choices(),
        count=promotion_lists.count(g.partner.id, state, text),
        chips=chips(_LABELS, {"q": text, "state": _STATES.get(state)}),
        page_url=with_arguments,
    )


def show(uid: str):
    """One catalog that was joined, at one of its tabs."""
    return promotion_page(promotions.of_promoter(g.partner.id, uid), request.args.get("tab", ""))


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
        return render_template(
            "affiliate/promotions/leaving.html", promotion=promotion, lost=lost(promotion), sentences=sentences
        )
    waited = promotion.state == promotions.WAITING
    promotions.end(promotion, promotions.BY_PROMOTER)
    title = promotion.catalog.title
    told = (
        say("Your application for “{catalog}” is withdrawn.", catalog=title)
        if waited
        else say("You no longer promote “{catalog}”.", catalog=title)
    )
    return answers.done(url_for("promotions.show", uid=promotion.uid), told)


def promotion_page(promotion: Promotion, tab: str = "", code_form: CodeForm | None = None):
    """The page of a catalog that was joined, perhaps with a code to be corrected."""
    form, catalog, names = code_form or CodeForm(formdata=None), promotion.catalog, tabs.of(promotion)
    tab = tab if tab in names else names[0]
    is_open = marketplace.is_in(catalog)
    landings, dead_links_lead = catalog_lists.landings_of(catalog), fallback.of(catalog.partner_id)
    return form_page(
        "affiliate/promotions/show.html",
        form,
        promotion=promotion,
        catalog=catalog,
        tab=tab,
        tabs=[
            {"label": tabs.LABELS[name], "url": tabs.place(promotion, name), "current": name == tab} for name in names
        ],
        part=f"affiliate/promotions/tabs/_{tab}.html",
        is_open=is_open,
        stands=sentences.stands(
            promotion, g.partner.name, is_open=is_open, has_landings=bool(landings), fallback=dead_links_lead
        ),
        lost=lost(promotion),
        sentences=sentences,
        **tabs.SHOWN[tab](promotion, landings),
    )


def lost(promotion: Promotion) -> list[str]:
    """What leaving costs, for the question before it."""
    if promotion.state != promotions.APPROVED:
        return [say("The application, and its place among those that wait")]
    running = promoter_list.running_codes(promotion)
    told = [sentences.lost_links(fallback.of(promotion.catalog.partner_id))]
    if running:
        told.append(sentences.lost_codes(running))
    return [*told, say("Orders from now on, those of people who followed your links before among them")]


def _state_choices() -> list[tuple[str, str]]:
    counted = promotion_lists.states(g.partner.id)
    return [
        ("", say("All")),
        *(
            (state, say("{label} ({count})", label=label, count=counted[state]))
            for state, label in _STATES.items()
            if state in counted
        ),
    ]
