"""The way of a new merchant to deals: which steps are done, and where the next one is."""

from typing import NamedTuple

from portal.database import Statement
from portal.domain.affiliate.first_steps.waiting import SIDES, Sides

CATALOG, OFFER, TRIAL, LANDING, PUBLISHED, TOKEN = "catalog", "offer", "trial", "landing", "published", "token"
STEPS = (CATALOG, OFFER, TRIAL, LANDING, PUBLISHED, TOKEN)


class Done(NamedTuple):
    """The short code of the latest catalog, and whether each later step is done; named as the steps are. Test deals and
    tokens of test mode count as well. And when the first deal was that is no test, and which sides the partner stands on."""

    catalog: str | None
    offer: bool
    trial: bool
    landing: bool
    published: bool
    token: bool
    first_deal: int | None
    sells: bool
    promotes: bool


_DONE = Statement(
    f"""SELECT
    (SELECT short_code FROM catalog
        WHERE id = (SELECT MAX(id) FROM catalog WHERE partner_id = :partner AND archived_at IS NULL)) AS catalog,
    EXISTS (SELECT 1 FROM offer o JOIN promoter_terms t ON t.offer_id = o.id WHERE o.partner_id = :partner) AS offer,
    EXISTS (SELECT 1 FROM deal d WHERE d.partner_id = :partner)
        OR EXISTS (SELECT 1 FROM partner q JOIN deal d ON d.partner_id = q.id WHERE q.live_partner_id = :partner) AS trial,
    EXISTS (SELECT 1 FROM landing l JOIN catalog c ON c.id = l.catalog_id
        WHERE c.partner_id = :partner AND l.removed_at IS NULL) AS landing,
    EXISTS (SELECT 1 FROM catalog c WHERE c.partner_id = :partner AND c.is_published) AS published,
    EXISTS (SELECT 1 FROM client_token WHERE partner_id = :partner)
        OR EXISTS (SELECT 1 FROM partner q JOIN client_token t ON t.partner_id = q.id WHERE q.live_partner_id = :partner) AS token,
    (SELECT MIN(conversion_time) FROM deal WHERE partner_id = :partner) AS first_deal,
    {SIDES}""",
    Done,
)


class Progress(NamedTuple):
    """Which steps are done, the short code of the latest catalog, in which the next ones are taken, when the first deal was
    that is no test (in microseconds), and which sides the partner stands on."""

    done: frozenset
    catalog: str | None
    first_deal: int | None = None
    sides: Sides = Sides(False, False)

    @property
    def has_deals(self) -> bool:
        """Whether there is a deal that is no test."""
        return self.first_deal is not None

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
    found = _DONE.rows(partner=partner_id)[0]
    done = frozenset(step for step in STEPS if getattr(found, step))
    return Progress(done, found.catalog, found.first_deal, Sides(found.sells, found.promotes))
