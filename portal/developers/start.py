"""Get started: the six steps with a test token of one's own, what test mode is, and whether the first request has arrived."""

from flask import current_app, g, render_template, request, url_for
from flask_login import current_user

from portal.developers import samples, start_words
from portal.domain.accounts import sent_forms
from portal.domain.accounts.partners import partners
from portal.domain.accounts.sent_forms import SentAlready
from portal.domain.accounts.tables import Partner
from portal.domain.accounts.tokens import lists as token_lists
from portal.domain.accounts.tokens import tokens
from portal.domain.accounts.tokens.permits import PERMITS
from portal.domain.affiliate.trials import ground
from portal.domain.identifiers import random_base62
from portal.domain.sentences import say
from portal.web import answers, sent_once

_DAY = 86_400
_STEPS = (1, 14, 31)  # days that the clock of test mode is put ahead by
_SENT_ALREADY = say(
    "That form was sent already. A secret is shown only once; if it was not copied, make another token."
)


def guide():
    """The six steps; the token is filled in only where it has just been made."""
    return _page()


def token():
    """Make a test token, and show the steps with it."""
    ground.prepare(g.partner.home_id)

    def make() -> str:
        return tokens.make(_twin(), "Get started", list(PERMITS), created_by=current_user.user_id)[1]

    try:
        secret = sent_forms.once(current_user.user_id, sent_once.mark(), make)
    except SentAlready:
        return answers.done(url_for("developers.start.guide"), _SENT_ALREADY, "warning")
    return answers.shown_once(_page(secret))


def arrival():
    """Whether a request has arrived: 304 while nothing has changed."""
    newest = token_lists.newest(g.partner.home_id)
    mark = f"{newest.id}-{newest.last_used_at is not None}" if newest else "none"
    return answers.unless_seen(mark, lambda: render_template("developers/_arrival.html", newest=newest))


def put_ahead():
    """The clock of test mode goes some days forward."""
    days = request.form.get("days", type=int)
    place = url_for("developers.start.guide", _anchor="test-mode")
    if days not in _STEPS:
        return answers.done(place, say("Choose one of the days."), "warning")
    partners.advance_clock(_twin(), days * _DAY)
    return answers.done(place, start_words.put_ahead(days))


def _twin() -> Partner:
    return partners.twin_of(g.partner.row)


def _page(secret: str | None = None) -> str:
    there = ground.of(g.partner.home_id)
    api = f"{current_app.config['SETTINGS'].public_url}/api"
    return render_template(
        "developers/start.html",
        secret=secret,
        begins=samples.begins(api, secret or "<your test token>"),
        steps=list(zip(start_words.steps(there), samples.steps(there), strict=True)),
        there=there,
        newest=token_lists.newest(g.partner.home_id),
        form_mark=random_base62(12),
        clock=start_words.clock(Partner.get_or_none(Partner.live_partner == g.partner.home_id)),
        days=[(days, start_words.days(days)) for days in _STEPS],
    )
