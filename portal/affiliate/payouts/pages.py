"""Payouts as the merchant sees them: what is open, what was made, one payout's statement, and taking it back."""

from flask import g, render_template, url_for

from portal.affiliate import balances, statements
from portal.affiliate.payouts import filters, sentences
from portal.affiliate.payouts.forms import ReversalForm
from portal.domain.affiliate.payouts import balances as payout_balances
from portal.domain.affiliate.payouts import lists as payout_lists
from portal.domain.affiliate.payouts import payables, payouts
from portal.domain.sentences import say
from portal.web import answers
from portal.web.addresses import place_asked, with_arguments
from portal.web.forms import form_page, tried

# A run pays so many lines at most; who can be paid comes first, so that the next run has the others.
MOST_LINES = 500


def index():
    """What is due to each promoter, to be chosen and paid."""
    lines = sorted(payables.preview(g.partner.id), key=lambda line: (not line.is_chosen, not line.may_be_paid))
    return render_template(
        "affiliate/payouts/index.html",
        lines=lines[:MOST_LINES],
        more=len(lines) - MOST_LINES,
        sentences=sentences,
        sums=balances.summed(payout_balances.of_merchant(g.partner.id)),
    )


def made():
    """The payouts that were made, newest first."""
    known = {one.uuid: one for one in payout_lists.promoters(g.partner.id)}
    names = {uuid: one.name for uuid, one in known.items()}
    asked, (before, after) = filters.read(names), place_asked()
    return render_template(
        answers.page_or_part("affiliate/payouts/made.html", "affiliate/payouts/_payouts.html"),
        page=payout_lists.of_merchant(
            g.partner.id,
            known[asked["promoter"]].id if asked["promoter"] else None,
            currency=asked["currency"],
            state=asked["state"],
            before=before,
            after=after,
            text=asked["q"],
        ),
        asked=asked,
        promoters=list(names.items()),
        currencies=[(code, code) for code in payout_lists.currencies(g.partner.id)],
        states=list(sentences.STATES.items()),
        chips=filters.chips(asked, names),
        page_url=with_arguments,
    )


def show(uuid: str):
    """One payout's statement."""
    return statements.page(uuid, statements.MERCHANT)


def lines(uuid: str):
    """The lines of its statement, as CSV."""
    return statements.download(uuid, statements.MERCHANT)


def reversal(uuid: str):
    """Ask, and take a payout back that was not sent, or never arrived."""
    statement, form = statements.of(uuid, statements.MERCHANT), ReversalForm()
    if form.validate_on_submit():
        with tried(form):
            payouts.take_back(g.partner.id, uuid, form.reason.data)
            said = say("Payout {number} is taken back. What it pays is due again.", number=statement.payout.number)
            return answers.done(url_for("payouts.show", uuid=statement.payout.uuid), said)
    return form_page(
        "affiliate/payouts/reversal.html", form, statement=statement, payout=statement.payout, sentences=sentences
    )
