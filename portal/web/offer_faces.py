"""One offer as it looks in each place that shows it: side by side on whichever of its pages somebody opens.

The faces are brought by the areas (`Area.face`): each draws its own, and says what is to be done where it is missing.
"""

from typing import NamedTuple

from flask import current_app
from markupsafe import Markup

from portal.domain.offers.tables import Offer
from portal.domain.sentences import Sentence


class Step(NamedTuple):
    """What can be done about a face, and where."""

    label: Sentence
    url: str


class Face(NamedTuple):
    """An offer in one place: what the place is for, how the offer stands there, and how it looks; None where it is not there."""

    title: Sentence
    icon: str
    purpose: Sentence
    standing: tuple[Sentence, str, str]  # what `badge` takes: words, tone, icon
    drawn: Markup | None
    step: Step | None  # None where whoever looks may do nothing


def of(offer: Offer) -> list[Face]:
    """The offer's faces, in the order of the areas."""
    return [face(offer) for face in current_app.extensions["offer_faces"]]
