"""The operator's lists: partners, of which some wait to be confirmed, and mail. All by the wall's clock."""

from flask import render_template, request, url_for

from portal import clock, web
from portal.domain.accounts import partner_queries, second_factor
from portal.domain.affiliate import promotions
from portal.domain.mail import letterbox

_WAITING = {"waiting": True, "confirmed": False}
_LONGEST_SEARCH = 100


def partners():
    """Every partner, searched by name, slug or mail."""
    clock.use(0)
    search, show = request.args.get("q", "").strip()[:_LONGEST_SEARCH], request.args.get("show", "")
    found, older = partner_queries.page(search, _WAITING.get(show), request.args.get("before", type=_key))
    return render_template(
        "operator/partners.html",
        partners=found,
        owners=partner_queries.owners_of(found),
        older=older,
        search=search,
        show=show if show in _WAITING else "",
        count_waiting=partner_queries.count_waiting(),
    )


def partner(partner_id: int):
    """One partner, and who works for it."""
    clock.use(0)
    found = partner_queries.find(partner_id)
    people = partner_queries.people_of(found)
    holders = second_factor.holders([row.user_id for row in people])
    return render_template("operator/partner.html", partner=found, people=people, holders=holders)


def confirm(partner_id: int):
    """Let a partner's tokens work and its promoters be admitted."""
    clock.use(0)
    found = partner_queries.find(partner_id)
    words = f"{found.name} is confirmed." if promotions.confirm(found) else f"{found.name} was confirmed already."
    return web.done(_back(url_for("operator.partner", partner_id=partner_id)), words)


def mails():
    """Mail by its state, newest first."""
    clock.use(0)
    state = request.args.get("state", "")
    state = state if state in letterbox.STATES else ""
    found, older = letterbox.page(state, request.args.get("before", type=_key))
    return render_template("operator/mails.html", mails=found, older=older, state=state, states=letterbox.STATES)


def _back(otherwise: str) -> str:
    """The list that the button stood in, if it stood in one."""
    show = request.form.get("list")
    return otherwise if show is None else url_for("operator.partners", show=show if show in _WAITING else None)


def _key(text: str) -> int | None:
    """A number that can be a row's id."""
    number = int(text)
    return number if 0 < number < 2**63 else None
