"""What areas show of a customer on their page: a tab of their own, acts in its menu, and badges beside the name.

An area brings it (`Area.customer`); a tab that its area also tells of (domain/members/elsewhere) is drawn by the part.
"""

from collections.abc import Callable
from typing import NamedTuple

from flask import current_app

from portal.domain.members.tables import Member


class Badge(NamedTuple):
    """What stands beside the name."""

    text: str
    tone: str
    icon: str


class Act(NamedTuple):
    """What can be done with the customer, for whoever may change things: a link, or a form where nothing is asked."""

    label: str
    url: str
    icon: str
    is_form: bool = False
    is_danger: bool = False


class CustomerPart(NamedTuple):
    """A tab's name in addresses and its label, whether it is there for whoever acts, and what it draws; acts and badges."""

    tab: str
    label: str
    is_there: Callable[[], bool]
    draw: Callable[[Member], str]
    acts: Callable[[Member], list[Act]]
    badges: Callable[[Member], list[Badge]]


def parts() -> dict[str, CustomerPart]:
    """Those that there are for whoever acts, by the names of their tabs."""
    return {part.tab: part for part in current_app.extensions["customer_parts"] if part.is_there()}
