"""The start page: the way to the first deal, what waits, and the figures of both sides. Everybody who is signed in has one."""

from flask import current_app, g, make_response, redirect, render_template, request, url_for

from portal.domain.accounts.people import lists as people_queries
from portal.domain.accounts.roles import CASHIER
from portal.domain.affiliate.figures import figures as merchant_figures
from portal.domain.affiliate.figures import promoters as promoter_figures
from portal.domain.affiliate.figures import tops
from portal.domain.affiliate.first_steps import first_steps, waiting
from portal.domain.affiliate.first_steps import shown as first_steps_list
from portal.domain.affiliate.first_steps.first_steps import Progress
from portal.domain.affiliate.first_steps.waiting import Sides
from portal.domain.affiliate.waits import EARNING, SELLING
from portal.domain.sentences import say
from portal.home import asked, drawing
from portal.home.asked import Asked
from portal.home.tiles import MERCHANT, PROMOTER
from portal.web import answers, waits

COUNTERS = "loyalty"  # the area that has a counter
_PUT_AWAY = say("The first steps are hidden. A line below brings them back.")


def start():
    """What to do next, and how it goes. The figures are asked for once the page stands: they sum what was sold."""
    if g.partner is None:
        return _without_partner()
    if g.partner.disabled_at is not None:
        return render_template("home/disabled.html")
    if g.partner.role == CASHIER and g.partner.has(COUNTERS):
        return redirect(url_for("counter.find"))
    if g.partner.role == CASHIER:
        return render_template("home/cashier.html", owners=people_queries.owners_of(g.partner.home_id))
    progress = first_steps.progress(g.partner.id)
    sides = _switched_on(progress.sides)
    offered = current_app.extensions["areas"] if _is_new(sides) else None
    return _promoters(sides, offered) if _side(sides) == PROMOTER else _merchants(sides, offered, progress)


def figures():
    """How it goes, drawn: a part of the start page, and a page of its own without scripts."""
    wanted = asked.read(_side(_switched_on(waiting.sides(g.partner.id))))
    drawn = _promoters_drawn(wanted) if wanted.side == PROMOTER else _merchants_drawn(wanted)
    place = "home.start" if answers.is_fragment() else "home.figures"
    page = answers.page_or_part("home/figures.html", "home/_figures.html")
    response = make_response(render_template(page, drawn=drawn, **_wanted(wanted, place)))
    if request.headers.get("HX-Trigger") not in (None, "figures"):  # Chosen, and not what the page brings by itself.
        response.headers["HX-Push-Url"] = wanted.url("home.start")
    return response


def put_first_steps_away():
    """The list of first steps leaves the start page, or comes back to it."""
    if request.form.get("shown") == "1":
        first_steps_list.bring_back(g.partner.id)
        return answers.done(url_for("home.start", side=MERCHANT))
    first_steps_list.put_away(g.partner.id)
    is_complete = first_steps.progress(g.partner.id).is_complete
    said = say("Hidden for everybody on the team.") if is_complete else _PUT_AWAY
    return answers.done(url_for("home.start", side=MERCHANT), said)


def _without_partner():
    return (
        redirect(url_for("operator.board.index")) if g.person.is_operator else render_template("home/no_partner.html")
    )


def _is_new(sides: Sides) -> bool:
    """Whether nothing is begun or chosen yet, and whoever asks may choose."""
    return g.partner.areas is None and not any(sides) and g.partner.may_own and not g.partner.is_test


def _merchants(sides: Sides, offered: list | None, progress: Progress):
    if not g.partner.has(SELLING):
        return _page(MERCHANT, sides, areas=offered, progress=None, waits=waits.gathered(), checklists=_checklists())
    is_put_away = not progress.is_complete and first_steps_list.is_put_away(g.partner.id)
    return _page(
        MERCHANT,
        sides,
        areas=offered,
        progress=progress,
        steps=[] if progress.is_complete else current_app.extensions["first_steps"](progress),
        is_put_away=is_put_away,
        is_started=progress.is_complete and first_steps_list.tells_what_is_next(g.partner.id, progress.first_deal),
        waits=waits.gathered(),
        has_figures=progress.has_deals,
        checklists=_checklists(),
    )


def _checklists() -> list:
    """What the areas lead newcomers to, as far as it is not reached."""
    return [found for checklist in current_app.extensions["checklists"] if (found := checklist())]


def _promoters(sides: Sides, offered: list | None):
    return _page(PROMOTER, sides, areas=offered, progress=None, waits=waits.gathered(), has_figures=sides.promotes)


def _page(side: str, sides: Sides, **values):
    wanted = asked.read(side)
    return render_template(
        "home/start.html",
        tabs=[
            {"label": label, "url": wanted._replace(side=one).url("home.start"), "current": side == one}
            for one, label in ((MERCHANT, say("Selling")), (PROMOTER, say("Promoting")))
        ]
        if _has_both(sides)
        else [],
        figures_url=wanted.url("home.figures", named=wanted.typed if wanted.refusal else wanted.named),
        **_wanted(wanted, "home.start"),
        **values,
    )


def _wanted(wanted: Asked, place: str) -> dict:
    """What the choices above the figures are drawn from; without scripts they lead to the place."""
    return {"side": wanted.side, "asked": wanted, "choices": asked.choices(), "place": place}


def _merchants_drawn(wanted: Asked) -> drawing.Drawn:
    period = wanted.period
    found = merchant_figures.of_merchant(g.partner.id, period)
    best, busiest = tops.offers(g.partner.id, period), tops.promoters(g.partner.id, period)
    ranked = [
        drawing.ranked(say("Top offers"), best, say("Deals"), "offers.show", "uuid"),
        drawing.ranked(say("Top promoters"), busiest, say("Deals"), "promoters.show", "promoter"),
    ]
    return drawing.drawn(found, wanted, ranked)


def _promoters_drawn(wanted: Asked) -> drawing.Drawn:
    period = wanted.period
    found = promoter_figures.of(g.partner.id, period)
    best, led = tops.promotions(g.partner.id, period), tops.landings(g.partner.id, period)
    ranked = [
        drawing.ranked(say("Top catalogs"), best, say("Deals"), "promotions.show", "uid"),
        drawing.ranked(say("Top landings"), led, say("Clicks"), "promotions.show", "uid"),
    ]
    return drawing.drawn(found, wanted, ranked)


def _switched_on(found: Sides) -> Sides:
    """Of the sides that the partner stands on those that it has switched on."""
    return Sides(found.sells and g.partner.has(SELLING), found.promotes and g.partner.has(EARNING))


def _has_both(sides: Sides) -> bool:
    """Whether both are shown: a promoter may become a merchant as long as that area is on."""
    return sides.promotes and g.partner.has(SELLING)


def _side(sides: Sides) -> str:
    """The side that the address names; else the one that the partner is on, the merchant's first."""
    asked = request.args.get("side")
    if asked in (MERCHANT, PROMOTER) and _has_both(sides):
        return asked
    is_promoters = sides.promotes or (not g.partner.has(SELLING) and g.partner.has(EARNING))
    return PROMOTER if is_promoters and not sides.sells else MERCHANT
