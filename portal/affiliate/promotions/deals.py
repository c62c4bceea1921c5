"""The deals that a promoter brought: the list, and one deal's passport with questions to its merchant."""

from flask import g, make_response, render_template, url_for

from portal import web
from portal.addresses import place_asked, with_arguments
from portal.affiliate.promotions import filters
from portal.affiliate.promotions.forms import QuestionForm
from portal.domain.affiliate import promoter_deals, promoter_passport, promotion_lists, questions
from portal.domain.affiliate.deal_filter import SAID
from portal.domain.affiliate.promoter_passport import Passport
from portal.domain.errors import Invalid, Refused


def index():
    """The deals of all promotions, newest first."""
    choices = promotion_lists.choices(g.partner.id)
    titles = dict(choices)
    chosen, asked = filters.read(titles)
    before, after = place_asked()
    return render_template(
        "affiliate/promotions/deals.html",
        page=promoter_deals.page(g.partner.id, chosen, before, after),
        asked=asked,
        chips=filters.chips(asked, titles),
        catalogs=choices,
        statuses=list(SAID.items()),
        page_url=with_arguments,
    )


def show(uuid: str):
    """One deal, as far as it is the promoter's to know."""
    return _page(promoter_passport.of(g.partner.id, uuid), QuestionForm(formdata=None))


def question(uuid: str):
    """Ask the merchant about a deal."""
    deal, form = promoter_passport.of(g.partner.id, uuid), QuestionForm()
    if form.validate_on_submit():
        try:
            questions.ask(g.partner.id, deal.uuid, form.question.data, g.person.user_id)
            return web.done(
                url_for("promotions.deals.show", uuid=deal.uuid) + "#questions",
                f"Your question waits for {deal.merchant} to answer.",
            )
        except (Invalid, Refused) as error:
            web.take_errors(form, error)
    return _page(deal, form)


def _page(deal: Passport, form: QuestionForm):
    page = render_template(
        "affiliate/promotions/deal.html",
        deal=deal,
        parts=promoter_passport.parts(deal),
        questions=promoter_passport.asked(deal),
        form=form,
    )
    return make_response(page, 422 if form.errors else 200)
