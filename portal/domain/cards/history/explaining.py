"""Where a figure of a card comes from: every entry of a field, with its operation and the sum that runs (issue "Why?")."""

from typing import NamedTuple

from portal.database import Statement
from portal.domain.cards.cards.tables import FIELDS
from portal.domain.cards.operations import words
from portal.domain.cards.operations.rows import Held, shown_of

MOST = 50


class Line(NamedTuple):
    """An entry of a field with its operation: `after` is what the field came to by it, in its smallest unit."""

    id: int
    operation_id: int
    event: int
    amount: int
    before: int
    after: int
    source: str
    comment: str | None
    manager_id: int | None
    created_at: int
    reversed_by_id: int | None
    field: str  # what the operation is about, and how much of it
    booked: int
    kind: int

    @property
    def label(self) -> str:
        """What happened."""
        return words.happened(self.kind, self.event)


_LINES = Statement(
    """SELECT e.id, e.operation_id, o.event, e.amount, e.before, e.after, o.source, o.comment, o.manager_id, o.created_at,
        r.id AS reversed_by_id, o.field, o.amount AS booked, t.kind
    FROM card_entry e JOIN card_operation o ON o.id = e.operation_id JOIN card_template t ON t.id = o.template_id LEFT JOIN card_operation r ON r.reverses_id = o.id
    WHERE e.card_id = :card AND e.field = :field AND e.id > :after ORDER BY e.id LIMIT :most""",
    Line,
)


def explained(card_id: int, field: str, after: int = 0, most: int = MOST) -> list[Line]:
    """The entries that make a field of a card, oldest first, those after the entry `after`. The last `after` of all is the figure.

    The card is found through its partner by who calls. Raises KeyError for what is no field.
    """
    if field not in FIELDS:
        raise KeyError(field)
    return _LINES.rows(card=card_id, field=field, after=after, most=most)


def figures(held: Held) -> dict[str, str]:
    """What a card counts, said for people, by field; what it never had is left out, but for what it is about."""
    main = shown_of(held.kind, held.mechanics)
    shown = {name: getattr(held, name) for name in FIELDS if name == main or getattr(held, name)}
    return {name: words.said(held.kind, held.mechanics, held.currency, name, number) for name, number in shown.items()}
