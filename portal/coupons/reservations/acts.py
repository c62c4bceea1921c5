"""What may be done with a reservation from its page: bought for the customer, or let go."""

from flask import render_template, request, url_for

from portal.coupons.reservations import pages
from portal.domain.coupons.reservations import settling, shown
from portal.domain.coupons.uses import live
from portal.domain.errors import DomainError
from portal.domain.sentences import counted, say
from portal.web import answers


def purchase(reservation_id: int):
    """Buy it for the customer."""
    return _done(reservation_id, settling.purchase, say("The reservation is bought."))


def release(reservation_id: int):
    """Ask by naming what is lost, and let it go."""
    if request.method == "POST":
        return _done(reservation_id, settling.release, say("The reservation is let go."))
    held = pages.find(reservation_id)
    codes = len(live.of_reservation(held.id))
    lost = [f"{line.quantity} × {line.name}" for line in shown.lines(held.id)]
    back = [counted(codes, "1 coupon is given back", "{number} coupons are given back")] if codes else []
    return render_template("coupons/reservations/release.html", held=held, lost=lost + back)


def _done(reservation_id: int, verb, message: str):
    held, place = pages.find(reservation_id), url_for("reservations.show", reservation_id=reservation_id)
    try:
        after = verb(held.id)
    except DomainError as error:
        return answers.done(place, error.sentence, "warning")
    if after.state == held.state:
        return answers.done(place, say("Nothing was changed: it had ended before."), "warning")
    return answers.done(place, message)
