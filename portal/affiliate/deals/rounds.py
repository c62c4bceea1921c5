"""Canceling many deals at once: the question names what is lost, the answer tells what could not be canceled."""

from flask import g, render_template, request, url_for

from portal.affiliate.deals import filters, sentences
from portal.affiliate.deals.forms import RoundForm
from portal.domain.affiliate.deal_lists import lists as deal_lists
from portal.domain.affiliate.deals import rounds as deal_rounds
from portal.domain.affiliate.imports import lists as import_lists
from portal.domain.errors import Invalid
from portal.domain.sentences import say
from portal.web import answers
from portal.web.addresses import place_asked, row_id
from portal.web.forms import form_page, tried


def cancellation():
    """Ask about the chosen deals, those of a page, all that are filtered or that a file brought; and cancel those that the question named."""
    chosen, asked = filters.read()
    form, back = RoundForm(), _back(asked)
    if request.method == "GET":
        ids, there_are_more = _meant(chosen)
        return _question(form, ids, back, there_are_more)
    ids = form.ids()
    with tried(form, Invalid):
        outcome = deal_rounds.cancel(g.partner.id, ids, request.form.get("returned") == "1", form.comment.data)
        return _canceled(outcome, back)
    return _question(form, ids, back)


def _back(asked: dict) -> str:
    if request.args.get("which") == "imported":
        return url_for("deal_imports.show", import_uuid=request.args.get("import", ""))
    return url_for("deals.index", **filters.query(asked))


def _canceled(outcome: deal_rounds.Outcome, back: str):
    said = sentences.canceled(outcome.canceled)
    if not outcome.kept:
        return answers.done(back, said)
    return render_template(
        "affiliate/deals/round_done.html", outcome=outcome, said=said, back=back, sentences=sentences
    )


def _meant(chosen) -> tuple[list[int], bool]:
    which = request.args.get("which")
    if which == "filtered":
        return deal_rounds.filtered(g.partner.id, chosen)
    if which == "imported":
        ids = import_lists.made(g.partner.id, request.args.get("import", ""), deal_rounds.MOST + 1)
        return ids[: deal_rounds.MOST], len(ids) > deal_rounds.MOST
    if which == "page":
        before, after = place_asked()
        return [row.id for row in deal_lists.page(g.partner.id, chosen, before, after).rows], False
    return request.args.getlist("deal", type=row_id), False


def _question(form: RoundForm, ids: list[int], back: str, there_are_more: bool = False):
    losses = deal_rounds.losses(g.partner.id, ids)
    if not losses.deals:
        none = say("These are canceled already.") if losses.canceled_already else say("Tick the deals that you mean.")
        return answers.done(back, say("No deal was chosen that could be canceled. {none}", none=none), "warning")
    form.deals.data = ",".join(str(deal.id) for deal in losses.deals)
    return form_page(
        "affiliate/deals/round.html",
        form,
        losses=losses,
        back=back,
        there_are_more=there_are_more,
        sentences=sentences,
    )
