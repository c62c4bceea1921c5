"""Choosing one of many by searching: time zones and currencies."""

from flask import abort, render_template, request

from portal.domain.accounts.partners import partners
from portal.domain.currency_names import CURRENCY_NAMES
from portal.domain.offers.names import COUNTRY_NAMES
from portal.domain.sentences import say

_SUGGESTED = 12
_NOTHING = say("Nothing is called so. Try a part of the name.")


def choices(kind: str):
    """Those whose name or code has the text, the chosen one first."""
    if kind not in _KINDS:
        abort(404)
    name, offer = _KINDS[kind]
    chosen, text = request.args.get(name), request.args.get(f"{name}_search", "").strip().lower()
    rows = offer()
    found = [
        (value, label, False)
        for value, label in rows
        if text and value != chosen and text in f"{value} {label}".lower()
    ][:_SUGGESTED]
    shown = [(value, label, True) for value, label in rows if value == chosen] + found
    nothing = _NOTHING if text and not found else None
    return render_template("ui/_choices.html", name=name, rows=shown, many=False, nothing=nothing)


def offered(form) -> dict:
    """What the pickers that a form has show: (value, label, whether it is chosen) of each."""
    return {
        kind.replace("-", "_"): _marked(offer(), form[name].data)
        for kind, (name, offer) in _KINDS.items()
        if name in form
    }


def _marked(rows: list[tuple[str, str]], chosen: str | None) -> list[tuple[str, str, bool]]:
    return [(value, label, value == chosen) for value, label in rows]


def time_zones() -> list[tuple[str, str]]:
    """(name, as it is called) of each."""
    return [(name, name.replace("_", " ")) for name in partners.time_zones()]


def currencies() -> list[tuple[str, str]]:
    """(code, as it is called) of each."""
    return [(code, f"{name} ({code})") for code, name in CURRENCY_NAMES.items()]


def countries() -> list[tuple[str, str]]:
    """(code, name) of each in which people dial."""
    return [(code, name) for code, name in COUNTRY_NAMES.items() if partners.is_dialled_in(code)]


_KINDS = {"time-zones": ("time_zone", time_zones), "currencies": ("currency", currencies)}
