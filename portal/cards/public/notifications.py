"""Notifications of a card: switched on and off by its holder, and what the worker in the browser reports by itself."""

from flask import Response, current_app, g, make_response, render_template, request, url_for
from flask_wtf import FlaskForm
from werkzeug import Response as AnyResponse
from wtforms import HiddenField, StringField

from portal.cards.public import notified, pages
from portal.delivery.errors import ForbiddenAddress
from portal.delivery.web_push import is_of_a_browser, refuse_address
from portal.domain.accounts.sign_ins import guesses
from portal.domain.accounts.sign_ins.guesses import Counter
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.pushes.browsers import muting, subscriptions
from portal.domain.cards.pushes.browsers import shown as shown_pushes
from portal.domain.errors import Invalid, NotFound
from portal.domain.sentences import say
from portal.web import throttle
from portal.web.answers import done, is_fragment, secret


class NotificationsForm(FlaskForm):
    """On or off; a browser that shows them says where its push service takes them, and how they are encrypted for it."""

    on = StringField()
    endpoint = HiddenField(default="")
    p256dh = HiddenField(default="")
    auth = HiddenField(default="")

    def browser(self) -> tuple[str, str, str]:
        """What the browser says of itself."""
        return self.endpoint.data or "", self.p256dh.data or "", self.auth.data or ""


def switch(club_slug: str, card_key: str):
    """Switch them on, in this browser as well where it can show them, or off."""
    its, form, is_done_with = pages.found(card_key), NotificationsForm(), False
    if its.partner_id != g.club.id or its.deleted_at is not None:
        raise NotFound(say("card"))
    if throttle.may_try(form, *_counters(its, form)):
        try:
            is_done_with = _switched(its, form)
        except (ForbiddenAddress, Invalid):
            form.form_errors.append(
                say("This browser could not be set up to show notifications. The inbox has all that comes.")
            )
    return secret(_answer(pages.found(card_key), form, is_done_with))


def shown(recipient_id: int, signature: str):
    """A browser showed a push: only it was sent the signature."""
    shown_pushes.report(recipient_id, signature)
    return Response(status=204)


def renew():
    """A browser has another address by now; that it names the old one proves that it is the same."""
    given = {name: request.form.get(name, "") for name in ("old", "endpoint", "p256dh", "auth")}
    if muting.is_known(given["old"]):
        try:
            guesses.take(*_of_hosts(given["endpoint"]))
            _refuse_address(given["endpoint"])
            muting.renew(**given)
        except (ForbiddenAddress, Invalid):
            return Response(status=422)
        except guesses.TooMany as error:
            return Response(status=429, headers={"Retry-After": str(error.seconds)})
    return Response(status=204)


def _counters(its: Card, form: NotificationsForm) -> list[Counter]:
    return [throttle.by_caller("notifications", its.key), *_of_hosts(form.browser()[0])]


def _of_hosts(endpoint: str) -> list[Counter]:
    """By network who names a host of their own: whoever looks its name up waits for as long as they choose."""
    is_usual = not endpoint or is_of_a_browser(endpoint)
    return [] if is_usual else [throttle.by_address("address of a push service")]


def _switched(its: Card, form: NotificationsForm) -> bool:
    """Whether the browser shows nobody anything any more, and can forget how."""
    endpoint, point, secret_ = form.browser()
    if form.on.data != "1":
        return muting.mute(its, endpoint)
    if endpoint:
        subscriptions.checked_endpoint(endpoint)
        _refuse_address(endpoint)
        subscriptions.subscribe(its.member, endpoint, point, secret_)
    muting.unmute(its)
    return False


def _refuse_address(endpoint: str) -> None:
    refuse_address(endpoint, allow_private=current_app.config["SETTINGS"].allow_private_addresses)


def _answer(its: Card, form: NotificationsForm, is_done_with: bool) -> AnyResponse:
    if not is_fragment():
        return done(place(its), *((form.form_errors[0], "warning") if form.form_errors else ()))
    part = render_template(
        "cards/public/_notifications.html",
        club=g.club,
        card=its,
        form=form,
        is_done_with=is_done_with,
        **notified.context(its),
    )
    return make_response(part)


def place(its: Card) -> str:
    """Where the holder came from: the member's own page of the card, or that of its link."""
    if g.member is not None and g.member.member_id == its.member_id:
        return url_for("public.club.card", club_slug=g.club.slug, card_id=its.serial)
    return url_for("public.club.by_link", club_slug=g.club.slug, card_key=its.key)
