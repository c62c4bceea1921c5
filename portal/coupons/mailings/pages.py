"""Mailing codes to a list of addresses, and who got which."""

import hashlib

from flask import g, render_template, request, url_for

from portal.coupons.mailings.forms import MailingForm
from portal.domain.coupons.mailings import lists, mailings
from portal.domain.coupons.mailings.tables import CouponMailing
from portal.domain.errors import Refused
from portal.domain.events import timeline
from portal.domain.mail import strangers
from portal.domain.sentences import counted, say
from portal.web import answers
from portal.web.addresses import place_asked, with_arguments
from portal.web.forms import form_page, tried
from portal.worker import wake

DRAIN = "coupon mailings"
MAILED = "mailed"  # what the list of who got which code waits for, to be shown anew
STATES = {
    "mailing": (say("Being mailed"), "info", "hourglass"), "done": (say("Done"), "success", "circle-check"),
    "canceled": (say("Ended early"), "neutral", "ban"),
}  # fmt: skip
OF_ADDRESSES = {
    "waiting": (say("Waits"), "info", "hourglass"), "mailed": (say("Mailed"), "success", "circle-check"),
    "failed": (say("Not mailed"), "warning", "circle-alert"),
}  # fmt: skip


def index():
    """The mailings, newest first."""
    page = lists.page(g.partner.id, *place_asked())
    names = timeline.names({one.made_by for one in page.rows})
    shown = {"page": page, "page_url": with_arguments, "names": names, "states": STATES}
    return render_template("coupons/mailings/index.html", **shown)


def new():
    """Begin a mailing."""
    form = MailingForm(data={name: request.args.get(name) for name in ("source", "addresses")})
    form.offer(g.partner.id)
    if form.validate_on_submit():
        with tried(form):
            given = (form.name.data or "", form.addresses.data or "", form.chosen(), form.message.data or "")
            mailing = mailings.start(g.partner.id, *given)
            wake(DRAIN)
            return answers.done(_place(mailing))
    a_day, each = strangers.CODES_A_DAY, strangers.A_RECEIVER_A_DAY
    return form_page("coupons/mailings/new.html", form, a_day=a_day, each=each)


def show(mailing_uuid: str):
    """One mailing: how far it is, and who got which code."""
    mailing = mailings.find(g.partner.id, mailing_uuid)
    shown = answers.page_or_part("coupons/mailings/show.html", "coupons/mailings/_got.html")
    return render_template(shown, **_parts(mailing))


def progress(mailing_uuid: str):
    """How far it is, for the page that shows it: 304 while nothing has changed."""
    mailing = mailings.find(g.partner.id, mailing_uuid)
    answer = answers.unless_seen(
        _mark(mailing), lambda: render_template("coupons/mailings/_progress.html", **_parts(mailing))
    )
    if answer.status_code == 200:
        answer.headers["HX-Trigger"] = MAILED
    return answer


def cancellation(mailing_uuid: str):
    """Ask, and write no more."""
    mailing = mailings.find(g.partner.id, mailing_uuid)
    if request.method == "GET":
        left = mailing.wanted - mailing.mailed - mailing.failed
        lost = [
            counted(left, "1 address gets no code", "{number} addresses get no code"),
            counted(mailing.mailed, "1 code that is mailed stays with who has it", "{number} codes that are mailed stay with who has them"),
        ]  # fmt: skip
        return render_template("coupons/mailings/cancellation.html", mailing=mailing, lost=lost)
    try:
        mailings.cancel(g.partner.id, mailing_uuid)
    except Refused as error:
        return answers.done(_place(mailing), error.sentence, "warning")
    return answers.done(_place(mailing), say("No more mails are written."))


def _place(mailing: CouponMailing) -> str:
    return url_for("mailings.show", mailing_uuid=mailing.uuid)


def _parts(mailing: CouponMailing) -> dict:
    text = request.args.get("q", "").strip()[:100]
    return {
        "mailing": mailing,
        "state": STATES[mailing.state],
        "of_addresses": OF_ADDRESSES,
        "until": lists.waits_until(mailing),
        "is_late": lists.waits_for_a_worker(mailing),
        "names": timeline.names({mailing.made_by}),
        "etag": f'"{_mark(mailing)}"',
        "text": text,
        "page": lists.who_got(mailing, text, *place_asked()),
        "page_url": with_arguments,
        "mailed": MAILED,
    }


def _mark(mailing: CouponMailing) -> str:
    """What is another one when anything has changed."""
    waits = (lists.waits_until(mailing), lists.waits_for_a_worker(mailing))
    seen = (mailing.state, mailing.mailed, mailing.failed, *waits)
    return hashlib.blake2b(repr(seen).encode(), digest_size=9).hexdigest()
