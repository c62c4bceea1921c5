"""The codes of a batch as a file."""

from flask import g

from portal.domain.coupons.batches import batches, lists
from portal.domain.coupons.imports.files import cell_of
from portal.web import spreadsheets

HEAD = ["code", "uses", "switched off"]


def codes(batch_uuid: str):
    """All its codes as CSV, in pieces; while they are made, those that are."""
    batch = batches.find(g.partner.id, batch_uuid)
    rows = ([cell_of(made.written), made.uses, "yes" if made.ended_at else ""] for made in lists.each(batch))
    return spreadsheets.download(f"codes-{batch.uuid[:8]}.csv", HEAD, rows)
