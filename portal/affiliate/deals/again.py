"""Reporting a deal again that was canceled by time: the question, with an id that can be changed, and the new deal."""

from flask import g, request, url_for

from portal.affiliate.deals import sentences
from portal.affiliate.deals.forms import AgainForm
from portal.domain.affiliate.deals import again as deals_again
from portal.domain.affiliate.deals import passport as deal_passport
from portal.domain.affiliate.deals.again import ReportedAlready
from portal.domain.sentences import say
from portal.web import answers
from portal.web.forms import form_page, tried


def report(uuid: str):
    """Ask under which id, say what the new deal will be, and make it; sent again it leads to the same deal."""
    deal = deal_passport.of(g.partner.id, uuid)
    form = AgainForm(deal_id=None if request.method == "POST" else deals_again.proposed(g.partner.id, deal.deal_id))
    if form.validate_on_submit():
        with tried(form):
            try:
                new = deals_again.report_again(g.partner.id, deal.deal_id, form.deal_id.data, form.status.data)
            except ReportedAlready as known:
                return answers.done(url_for("deals.show", uuid=known.uuid), known.sentence, "warning")
            return answers.done(
                url_for("deals.show", uuid=new.uuid), say("The deal {deal_id} is recorded.", deal_id=new.deal_id)
            )
    return form_page(
        "affiliate/deals/again.html", form, deal=deal, hindrance=deals_again.hindrance(deal), sentences=sentences
    )
