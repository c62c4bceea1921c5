"""What areas tell of the people of a team, on its page: a column each."""

from typing import NamedTuple

from flask import current_app


class Act(NamedTuple):
    """What can be done of it: its label, what else is read out of it, where, and its icon."""

    label: str
    of: str
    url: str
    icon: str
    is_danger: bool = False


class Cell(NamedTuple):
    """What is told of somebody."""

    text: str
    act: Act | None = None


class Column(NamedTuple):
    """What it is called, and by memberships, by their ids, what is told."""

    label: str
    cells: dict[int, Cell]


def columns() -> list[Column]:
    """Those that areas have for the partner that acts."""
    told = [of() for of in current_app.extensions["team_columns"]]
    return [column for column in told if column is not None]
