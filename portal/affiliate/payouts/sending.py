"""Marking as sent: one payout, or all of a run that is left to send; and what was written down wrongly with it."""

from zoneinfo import ZoneInfo

from flask import g, url_for

from portal.affiliate import statements
from portal.affiliate.payouts import sentences
from portal.affiliate.payouts.forms import CorrectionForm, SentForm
from portal.domain.affiliate.payouts import lists as payout_lists
from portal.domain.affiliate.payouts import sending
from portal.domain.sentences import say
from portal.web import answers
from portal.web.days import today
from portal.web.forms import form_page, tried


def payout(uuid: str):
    """Ask when it was sent, and mark it."""
    place = url_for("payouts.show", uuid=uuid)
    found, form = statements.of(uuid, statements.MERCHANT).payout, _form()
    if form.validate_on_submit():
        with tried(form):
            sending.mark_sent(g.partner.id, uuid, form.day.data, form.reference.data)
            return answers.done(place, sentences.sent(1))
    return form_page("affiliate/payouts/sent.html", form, payout=found, run=None, place=place, sentences=sentences)


def correction(uuid: str):
    """Ask for the right day and reference of one that is sent."""
    place = url_for("payouts.show", uuid=uuid)
    found = statements.of(uuid, statements.MERCHANT).payout
    day = found.sent and found.sent.astimezone(ZoneInfo(g.partner.time_zone)).date()
    seen = sending.seen(found.sent, found.reference)
    form = CorrectionForm(data={"day": day, "reference": found.reference, "seen": seen})
    if form.validate_on_submit():
        with tried(form):
            sending.correct(g.partner.id, uuid, form.day.data, form.reference.data, form.seen.data)
            return answers.done(
                place, say("The day and the reference of payout {number} are saved.", number=found.number)
            )
    return form_page("affiliate/payouts/correction.html", form, payout=found, place=place)


def run(run_uuid: str):
    """The same for all of a run that is left to send."""
    place = url_for("payouts.runs.show", run_uuid=run_uuid)
    found, form = payout_lists.run(g.partner.id, run_uuid), _form()
    if form.validate_on_submit():
        with tried(form):
            marked = sending.mark_run_sent(g.partner.id, run_uuid, form.day.data, form.reference.data)
            return answers.done(place, sentences.sent(marked))
    return form_page("affiliate/payouts/sent.html", form, payout=None, run=found, place=place, sentences=sentences)


def _form() -> SentForm:
    return SentForm(data={"day": today()})
