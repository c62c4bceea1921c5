"""What promoters are told by mail of the catalogs that they sell."""

from portal.database import Statement
from portal.domain.affiliate.tables import Catalog
from portal.domain.mail import outbox

_OWNERS = Statement(
    """SELECT u.mail, u.name, q.name FROM promotion m JOIN partner q ON q.id = m.promoter_id
    JOIN membership s ON s.partner_id = q.id AND s.role = 'owner' JOIN person u ON u.id = s.user_id
    WHERE m.catalog_id = ? AND m.state = 'approved' AND u.disabled_at IS NULL ORDER BY u.id"""
)


def tell_of_unpublishing(catalog: Catalog) -> None:
    """Tell the owners of every approved promoter, in the transaction that takes the catalog from them."""
    for mail, name, promoter in _OWNERS.rows(catalog.id):
        title = " ".join(catalog.title.split())  # A title may have line breaks, a subject may not.
        subject = f"“{title[:150]}” can no longer be promoted"
        values = {"name": name, "title": catalog.title, "merchant": catalog.partner.name, "promoter": promoter}
        outbox.put(mail, subject, "catalog_unpublished", catalog.partner_id, **values)
