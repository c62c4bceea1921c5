"""The way of a new merchant to the first deal: which steps are done, and where the next one is."""

from typing import NamedTuple

from portal.database import Statement

_DONE = Statement(
    """SELECT
    (SELECT short_code FROM catalog WHERE id = (SELECT MAX(id) FROM catalog WHERE partner_id = ? AND archived_at IS NULL)),
    EXISTS (SELECT 1 FROM offer o JOIN promoter_terms t ON t.offer_id = o.id WHERE o.partner_id = ?),
    EXISTS (SELECT 1 FROM landing l JOIN catalog c ON c.id = l.catalog_id WHERE c.partner_id = ? AND l.removed_at IS NULL),
    EXISTS (SELECT 1 FROM catalog c WHERE c.partner_id = ? AND c.is_published = ?),
    EXISTS (SELECT 1 FROM client_token WHERE partner_id = ?),
    EXISTS (SELECT 1 FROM deal WHERE partner_id = ?)"""
)
CATALOG, OFFER, LANDING, PUBLISHED, TOKEN, DEAL = "catalog", "offer", "landing", "published", "token", "deal"
STEPS = (CATALOG, OFFER, LANDING, PUBLISHED, TOKEN, DEAL)


class Progress(NamedTuple):
    """Which steps are done, and the short code of the latest catalog, in which the next ones are taken."""

    done: frozenset
    catalog: str | None

    @property
    def is_complete(self) -> bool:
        """Whether nothing is left to do."""
        return len(self.done) == len(STEPS)

    @property
    def next(self) -> str | None:
        """The first step that is not done."""
        return next((step for step in STEPS if step not in self.done), None)


def progress(partner_id: int) -> Progress:
    """How far the partner has come, in one query."""
    row = _DONE.row(partner_id, partner_id, partner_id, partner_id, True, partner_id, partner_id)
    done = frozenset(step for step, there in zip(STEPS, row, strict=True) if there)
    return Progress(done, row[0])
