"""What of the coupons family is kept for a while."""

from portal.domain.coupons.imports.tables import TABLES
from portal.domain.importing import keeping
from portal.domain.keeping.ageing import Own

KEEPING = (
    Own("files and rows of imports of coupons", keeping.ROWS_LAST, lambda most: keeping.forget_old(TABLES, most)),
)
