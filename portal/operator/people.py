"""Keeping a person out, letting them in again, and helping whoever has lost the second factor."""

from flask import render_template, request, url_for
from flask_login import current_user

from portal import clock, web
from portal.domain.accounts import disabling, partner_queries, second_factor
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


def second_factor_removal(user_id: int):
    """Ask, naming what is lost; then remove the second factor, of which the person is told by mail."""
    clock.use(0)
    user = partner_queries.person(user_id)
    if request.method == "GET":
        since = second_factor.since(user.id)
        return render_template("operator/second_factor_removal.html", user=user, since=since, back=_place(user))
    done = second_factor.remove(user, current_user.user_id)
    words = f"{user.mail} signs in with the password alone." if done else f"{user.mail} had no second factor."
    return web.done(_place(user), words, "success" if done else "info")


def _place(user: User) -> str:
    home = partner_queries.home_of(user)
    return url_for("operator.partner", partner_id=home.id) if home else url_for("operator.partners")
