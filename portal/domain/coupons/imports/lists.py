"""Reading the lines of an import of coupons by what became of them."""

from portal.domain.coupons.imports.files import FIELDS
from portal.domain.importing.lists import LinesOf

LINES = LinesOf(
    """SELECT r.line, r.cells, r.named, r.errors, CAST(r.coupon_id AS VARCHAR(20)) AS thing FROM coupon_import_row r
    WHERE r.coupon_import_id = :id AND r.state = :state""",
    FIELDS,
)
