"""What of the affiliate family is kept for a while. Money never ages: deals, the ledger, payouts and their statements."""

from datetime import timedelta

from portal.database import Statement
from portal.domain.affiliate.clicks import visitors
from portal.domain.affiliate.clicks.tables import MemberClick
from portal.domain.affiliate.imports import keeping as imports
from portal.domain.keeping.ageing import Aged, Ended, Oldest, Own

CLICKS_LAST = timedelta(
    days=400
)  # longer than any catalog's cookies, and than two of the periods that figures usually have

# A deal's click stays with it.
_CLICKS = Statement(
    """SELECT k.id, k.at AS written, p.clock_offset AS ahead, FALSE AS is_wanted FROM click k
    JOIN promotion m ON m.id = k.promotion_id JOIN catalog c ON c.id = m.catalog_id JOIN partner p ON p.id = c.partner_id
    WHERE k.id > :mark ORDER BY k.id LIMIT :most""",
    row=Oldest,
)
_DROP_CLICKS = Statement(
    """DELETE FROM click WHERE id > :mark AND id <= :last
    AND NOT EXISTS (SELECT 1 FROM deal d WHERE d.click_id = click.id)"""
)
KEEPING = (
    Aged("clicks", CLICKS_LAST, _CLICKS, _DROP_CLICKS, mark="clicks looked at"),
    Ended("what tells a deal which member clicked", CLICKS_LAST, MemberClick.at),
    Own("marks that count a visitor once a day, and the day's salt", visitors.LASTS, visitors.forget_old),
    Own("files and rows of imports", imports.ROWS_LAST, imports.forget_old),
)
