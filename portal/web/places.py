"""The places of the portal, by the groups and areas in which the menu shows them, and who sees each."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from portal.domain.accounts.roles import ROLES
from portal.domain.sentences import say

OPERATORS = frozenset({"operator"})  # sees a place: whoever runs the installation
EVERYBODY = frozenset({*ROLES, None})  # who belongs to no partner included


class Group(NamedTuple):
    """Places that belong together: a line of the menu, under which they stand while one of them is shown.

    With a name it is an area, which a partner switches on and off; then it says what it is for and what is hidden without it,
    and which places outside of it are there with it alone.
    """

    label: str
    icon: str
    area: str | None = None
    purpose: str = ""
    hides: str = ""
    also: tuple[str, ...] = ()  # endpoints


DEVELOPERS = Group(say("Developers"), "code")
SETTINGS = Group(say("Settings"), "settings")  # at the foot of the menu; its places are tabs of one another
AT_FOOT = Group(say("Work"), "calculator")  # a screen of its own, which a line at the foot of the menu opens


@dataclass(frozen=True, eq=False)
class Place:
    """An entry of the navigation: the roles that see it, and the beginnings of the addresses that belong to it."""

    label: str
    endpoint: str
    icon: str
    group: Group | None
    seen_by: frozenset
    begins: tuple[str, ...]
    waiting: Callable[[], int] | None = None  # counts what waits there for whoever acts
    of_companies: bool | None = None  # True: only companies of a parent have it; False: only who is none

    def is_seen_by(self, role: str | None, is_operator: bool) -> bool:
        """Whether the role, or the operator whatever their role, has it in the menu."""
        return role in self.seen_by or (is_operator and self.seen_by is OPERATORS)
