"""Choosing one of many by searching: time zones and currencies."""

from flask import abort, render_template, request

from portal.domain.sentences import say
from portal.web import pickers

_SUGGESTED = 12
_NOTHING = say("Nothing is called so. Try a part of the name.")


def choices(kind: str):
    """Those whose name or code has the text, the chosen one first."""
    if kind not in pickers.KINDS:
        abort(404)
    name, offer = pickers.KINDS[kind]
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
