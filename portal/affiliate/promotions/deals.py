"""The deals that a promoter brought: the list, and one deal's passport with questions to its merchant."""

from flask import g, render_template, url_for

from portal.affiliate import sentences as said
from portal.affiliate.promotions import filters, sentences, way
from portal.affiliate.promotions.forms import QuestionForm
from portal.domain.affiliate.deal_lists import promoter_lists
from portal.domain.affiliate.deals import again as deals_again
from portal.domain.affiliate.deals import promoter_passport
from portal.domain.affiliate.deals.promoter_passport import Passport
from portal.domain.affiliate.deals.standing import SAID
from portal.domain.affiliate.deals.words import CREATED
from portal.domain.affiliate.promotions import lists as promotion_lists
from portal.domain.affiliate.questions import questions
from portal.domain.affiliate.refunds import lists as refund_lists
from portal.domain.errors import Invalid, Refused
from portal.domain.sentences import say
from portal.web import answers
from portal.web.addresses import place_asked, with_arguments
from portal.web.forms import form_page, tried


def index():
    """The deals of all promotions, newest first."""
    choices = promotion_lists.choices(g.partner.id)
    titles = dict(choices)
    chosen, asked = filters.read(titles)
    before, after = place_asked()
    return render_template(
        answers.page_or_part("affiliate/promotions/deals.html", "affiliate/promotions/_deals.html"),
        page=promoter_lists.page(g.partner.id, chosen, before, after),
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
        with tried(form, Invalid, Refused):
            questions.ask(g.partner.id, deal.uuid, form.question.data, g.person.user_id)
            return answers.done(
                url_for("promotions.deals.show", uuid=deal.uuid) + "#questions",
                say("Your question waits for {merchant} to answer.", merchant=deal.merchant),
            )
    return _page(deal, form)


def _page(deal: Passport, form: QuestionForm):
    parts, refunds = promoter_passport.parts(deal), refund_lists.latest(deal.id)
    left = deal.cost - refund_lists.sums_of(deal.id).amount if refunds else deal.cost
    return form_page(
        "affiliate/promotions/deal.html",
        form,
        deal=deal,
        way=way.of(deal, parts, refunds),
        refunds=refunds,
        linked=deals_again.linked(deal.id),
        sentences=sentences,
        reward=said.reward(deal.payment_sum, deal.currency, deal.status == CREATED),
        terms=said.terms(deal.fix_remuneration, deal.reward_percent, deal.currency, left if refunds else None),
        steps=said.steps(deal.attribution, g.partner.name),
        open_parts=[sentences.open_part(part, deal) for part in parts if not part.payout_uuid],
        questions=promoter_passport.asked(deal),
    )
