"""What mailings of codes are called where events tell of them."""

from portal.database import Statement
from portal.domain.areas import Named, Thing

_MAILINGS = Statement(
    """SELECT uuid AS thing_id, name, 'here' AS stands FROM coupon_mailing WHERE uuid IN :ids AND partner_id = :partner""",
    row=Named,
)
THINGS = (Thing("coupon_mailing", _MAILINGS),)
