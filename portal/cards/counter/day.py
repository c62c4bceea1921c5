"""What was done today: by whoever serves, at this place, and at all of the partner's counters."""

from flask import g, render_template

from portal.cards import sentences
from portal.cards.counter.till import Till
from portal.domain.cards.counter import days
from portal.domain.sentences import say


def show():
    """The day's sums, by operation."""
    till, partner = Till(), g.partner.row
    parts: list[tuple[str, list[days.DayLine]]] = [(say("Served by you"), days.of_cashier(partner, till.cashier_id))]
    if till.place:
        parts.append((till.place.name, days.at_location(partner, till.place.id)))
    parts.append((g.partner.name, days.of_partner(partner)))
    return render_template("cards/counter/day.html", parts=parts, sentences=sentences, till=till)
