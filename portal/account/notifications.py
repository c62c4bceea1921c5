"""What a person is told by mail, and the links in those mails that end them without signing in."""

from flask import make_response, render_template, request, url_for
from flask_login import current_user

from portal import clock
from portal.account.answers import secret_address
from portal.domain.accounts.notifications import choices as notification_choices
from portal.domain.accounts.notifications import unsubscribing
from portal.domain.accounts.notifications.choices import KINDS
from portal.domain.mail import stops
from portal.domain.sentences import say
from portal.web import answers


def index():
    """Every kind of mail of each of one's partners."""
    clock.use(0)
    sides = list(dict.fromkeys(kind.side for kind in KINDS.values()))
    return render_template(
        "account/notifications/index.html",
        choices=notification_choices.of(current_user.user_id),
        kinds=KINDS,
        sides=sides,
        is_stopped=stops.is_stopped(current_user.mail),
    )


def choose(partner_id: int):
    """Take the choice for one partner."""
    clock.use(0)
    notification_choices.choose(current_user.user_id, partner_id, set(request.form.getlist("kind")))
    return answers.done(url_for("account.notifications.index"), say("Your choice is kept."))


def strangers():
    """Whether people whom one does not know may have mails written to one."""
    (stops.allow if request.form.get("allowed") else stops.stop)(current_user.mail)
    return answers.done(url_for("account.notifications.index"), say("Your choice is kept."))


def no_more(stop: str):
    """Say what the link ends; a POST, the mail program's own included, ends it, and another one takes that back."""
    clock.use(0)
    mail = stops.read(stop)
    if request.method == "POST":
        (stops.allow if request.form.get("allowed") else stops.stop)(mail)
    values = {"mail": mail, "stop": stop, "is_stopped": stops.is_stopped(mail)}
    return secret_address(make_response(render_template("account/notifications/no_more.html", **values)))


def unsubscribe(token: str):
    """Say what the link ends; a POST, the mail program's own included, ends it."""
    clock.use(0)
    subscription = unsubscribing.read(token)
    is_done = request.method == "POST"
    if is_done:
        unsubscribing.end(subscription)
    when = KINDS[subscription.kind].when
    values = {"partner": subscription.partner, "when": when, "token": token, "is_done": is_done}
    return secret_address(make_response(render_template("account/notifications/unsubscribe.html", **values)))
