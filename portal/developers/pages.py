"""Client tokens: listed, made, changed, rotated and revoked by owners. A secret is shown in one answer and nowhere else."""

from collections.abc import Callable
from functools import partial
from zoneinfo import ZoneInfo

from flask import Response, current_app, g, render_template, request, url_for
from flask_login import current_user

from portal.developers import sentences
from portal.developers.forms import NewTokenForm, RotateForm, TokenForm
from portal.domain.accounts import sent_forms
from portal.domain.accounts.partners import partners
from portal.domain.accounts.sent_forms import SentAlready
from portal.domain.accounts.tables import ClientToken
from portal.domain.accounts.tokens import lists as token_queries
from portal.domain.accounts.tokens import tokens as rows
from portal.domain.accounts.tokens.permits import PERMITS, SELF
from portal.domain.sentences import say
from portal.web import answers, sent_once
from portal.web.addresses import row_id
from portal.web.forms import form_page, tried

_SENT_ALREADY = say("That form was sent already. A secret is shown only once; if it was not copied, rotate the token.")


def tokens():
    """The partner's tokens: those that work or will, and those that were revoked."""
    revoked = request.args.get("show") == "revoked"
    found, older = token_queries.page(g.partner.id, revoked, request.args.get("before", type=row_id) or None)
    return render_template(
        "developers/tokens.html", tokens=found, older=older, revoked=revoked, state_of=token_queries.state_of,
        standard_limit=current_app.config["SETTINGS"].api_limit, allowed=rows.allowed, sentences=sentences,
    )  # fmt: skip


def new_token():
    """Make a token; the answer to the form shows its secret."""
    if place := sent_once.own_address():
        return place
    form = NewTokenForm(permits=list(PERMITS), reach=SELF, mode="live")
    if form.validate_on_submit():
        partner = partners.twin_of(g.partner.row) if form.mode.data == "test" else g.partner.row
        with tried(form):
            make = partial(
                rows.make, partner, form.name.data, form.permits.data, reach=form.reach.data,
                rate_limit=form.rate_limit.data, expires_at=form.end(g.time_zone), created_by=current_user.user_id,
            )  # fmt: skip
            return _made_once(make)
    return _page("developers/token_new.html", form, None)


def edit_token(token_id: int):
    """Rename a token, or change what it may do and for how long."""
    token = token_queries.owned(g.partner.id, token_id)
    last_day = token.expires_at and token.expires_at.astimezone(ZoneInfo(g.time_zone)).date()
    form = TokenForm(
        name=token.name, permits=token.permits, rate_limit=rows.allowed(token.rate_limit), expires_at=last_day
    )
    if form.validate_on_submit():
        with tried(form):
            end = form.end(g.time_zone, token.expires_at)
            rows.change(token, form.name.data, form.permits.data, form.rate_limit.data, end)
            return answers.done(url_for("developers.tokens"), say("“{name}” was changed.", name=form.name.data))
    return _page("developers/token_edit.html", form, token)


def rotate_token(token_id: int):
    """Make a successor; the answer to the form shows its secret."""
    token = token_queries.owned(g.partner.id, token_id)
    if place := sent_once.own_address():
        return place
    form = RotateForm(overlap="24")
    if form.validate_on_submit():
        with tried(form):
            return _made_once(partial(rows.rotate, token, form.length(), current_user.user_id), token_id)
    return _page("developers/token_rotate.html", form, token)


def revoke_token(token_id: int):
    """Ask, naming what is lost; then revoke."""
    token = token_queries.owned(g.partner.id, token_id)
    if request.method == "GET":
        return render_template("developers/token_revoke.html", token=token, sentences=sentences)
    rows.revoke(token)
    return answers.done(
        url_for("developers.tokens"),
        say("“{name}” is revoked. Programs that use it are refused within a second.", name=token.name),
    )


def _made_once(make: Callable[[], tuple[ClientToken, str]], replaced: int | None = None):
    """The new token with its secret; a form that was sent before made it then. `replaced` is the token that it follows."""
    try:
        token, secret = sent_forms.once(current_user.user_id, sent_once.mark(), make)
    except SentAlready:
        return answers.done(url_for("developers.tokens"), _SENT_ALREADY, "warning")
    old = token_queries.owned(g.partner.id, replaced) if replaced else None
    return answers.shown_once(
        render_template("developers/token_made.html", token=token, secret=secret, old=old, sentences=sentences)
    )


def _page(template: str, form, token: ClientToken | None) -> Response:
    settings = current_app.config["SETTINGS"]
    limits = {"standard_limit": settings.api_limit, "ceiling": settings.api_ceiling}
    return form_page(template, form, token=token, sentences=sentences, **limits)
