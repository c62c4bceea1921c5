"""Keeping a person out, and letting them in again."""

from flask import render_template, request, url_for

from portal import clock, web
from portal.domain.accounts import disabling, partner_queries
from portal.domain.accounts.tables import User


def disable(user_id: int):
    """Ask, naming what is lost; then sign the person out everywhere."""
    clock.use(0)
    user = partner_queries.person(user_id)
    if request.method == "GET":
        return render_template("operator/disable.html", user=user, back=_place(user))
    disabling.disable(user)
    return web.done(_place(user), f"{user.mail} is signed out everywhere and cannot sign in.")


def enable(user_id: int):
    """Let the person sign in again."""
    clock.use(0)
    user = partner_queries.person(user_id)
    disabling.enable(user)
    return web.done(_place(user), f"{user.mail} can sign in again.")


def _place(user: User) -> str:
    home = partner_queries.home_of(user)
    return url_for("operator.partner", partner_id=home.id) if home else url_for("operator.partners")
