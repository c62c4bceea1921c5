"""Returning a part of a deal: how much, then what it would do and whether to do it."""

from flask import g, request, url_for

from portal.affiliate.refunds import sentences
from portal.affiliate.refunds.forms import RefundForm
from portal.domain.affiliate.deals import consequences
from portal.domain.affiliate.deals import passport as deal_passport
from portal.domain.affiliate.refunds import lists, refunds
from portal.web import answers
from portal.web.forms import form_page, tried


def new(uuid: str):
    """Ask how much, tell what it would do, and do what was told."""
    deal, share = deal_passport.of(g.partner.id, uuid), None
    form = RefundForm(deal.currency, **({} if request.method == "POST" else {"formdata": request.args}))
    if form.validate_on_submit():
        with tried(form):
            refund = refunds.give_back(
                g.partner.id, deal.deal_id, form.amount.data, form.comment.data, left=form.left.data
            )
            return answers.done(url_for("deals.show", uuid=deal.uuid), sentences.done(refund, deal))
    elif request.args.get("amount") and form.amount.validate(form):
        with tried(form):
            share = refunds.foreseen(g.partner.id, deal.deal_id, form.amount.data)
    left = deal.cost - lists.sums_of(deal.id).amount
    return form_page(
        "affiliate/refunds/new.html",
        form,
        fragment="affiliate/refunds/_refund.html",
        deal=deal,
        share=share,
        left=left,
        hindrance=refunds.hindrance(deal, left),
        at_stake=consequences.at_stake(deal.id),
        sentences=sentences,
    )
