"""What imports of coupons are called where events tell of them."""

from portal.database import Statement
from portal.domain.areas import Named, Thing

_IMPORTS = Statement(
    """SELECT uuid AS thing_id, file_name AS name, 'here' AS stands FROM coupon_import
    WHERE uuid IN :ids AND partner_id = :partner""",
    row=Named,
)
THINGS = (Thing("coupon_import", _IMPORTS),)
