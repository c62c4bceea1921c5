"""What a person may do to a deal from its page. Each is a verb of the domain's; a refusal is said beside the form."""

from decimal import Decimal

from flask import g, render_template, request, url_for

from portal.affiliate.deals import pages, sentences
from portal.affiliate.deals.forms import CommentForm, CostForm
from portal.domain.affiliate.deals import consequences, deals, unknown_uids
from portal.domain.affiliate.deals import passport as deal_passport
from portal.domain.affiliate.deals.words import CANCELED, PAID
from portal.domain.sentences import say
from portal.web import answers
from portal.web.forms import tried


def payment(uuid: str):
    """The customer paid."""
    return _moved(
        uuid, say("The deal is paid by the customer. Its reward is held until the hold has passed."), status=PAID
    )


def cancellation(uuid: str):
    """Ask, and cancel for good; `returned` says that the customer's money went back."""
    if request.method == "GET":
        deal = deal_passport.of(g.partner.id, uuid)
        at_stake = consequences.at_stake(deal.id)
        return render_template("affiliate/deals/cancellation.html", deal=deal, at_stake=at_stake, sentences=sentences)
    returned = request.form.get("returned") == "1"
    said = say("The deal is canceled and marked as returned.") if returned else say("The deal is canceled.")
    return _moved(uuid, said, status=CANCELED, is_returned=returned)


def returned(uuid: str):
    """The money of a canceled deal went back to the customer."""
    return _moved(uuid, say("The deal is marked as returned."), status=CANCELED, is_returned=True)


def cost(uuid: str):
    """Set another cost."""
    deal = deal_passport.of(g.partner.id, uuid)
    form = CostForm(deal.currency)
    if form.validate_on_submit():
        with tried(form):
            return _moved(uuid, say("The cost is changed, and the reward with it."), cost=form.cost.data or Decimal(0))
    return pages.passport_page(deal, cost=form)


def comment(uuid: str):
    """Set or clear the comment."""
    deal, form = deal_passport.of(g.partner.id, uuid), CommentForm()
    if form.validate_on_submit():
        said = say("The comment is kept.") if form.comment.data else say("The comment is cleared.")
        with tried(form):
            return _moved(uuid, said, comment=form.comment.data)
    return pages.passport_page(deal, comment=form)


def look(uuid: str):
    """Somebody has looked at a deal that names a promoter that nobody is, and leaves it so."""
    unknown_uids.looked_at(g.partner.id, uuid)
    return answers.done(
        url_for("deals.show", uuid=uuid), say("The deal is left to nobody, and no longer waits for you.")
    )


def _moved(uuid: str, said: str, **change):
    deal = deal_passport.of(g.partner.id, uuid)
    deals.update(g.partner.id, deal.deal_id, **change)
    return answers.done(url_for("deals.show", uuid=deal.uuid), said)
