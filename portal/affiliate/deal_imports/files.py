"""The files that go out: a sample to start from, and the lines that must be mended."""

from flask import g

from portal.affiliate.deal_imports.kind import DEALS
from portal.domain.affiliate.deals.words import CANCELED, CREATED, PAID
from portal.domain.affiliate.imports import lists as import_lists
from portal.domain.affiliate.imports.files import FIELDS
from portal.domain.money import to_decimal
from portal.web import spreadsheets
from portal.web.imported import files

_OFFER = import_lists.Example("Trail shoe Ridge", "trail-running", 12900, "EUR")


def sample():
    """Three deals of the partner's own offer, each with another status."""
    example = import_lists.example_offer(g.partner.id) or _OFFER
    known = example._asdict() | {"cost": to_decimal(example.cost, example.currency)}
    rows: list[dict] = [
        {"deal_id": "order-1001", "status": PAID, **known, "another_data": "myshare=BDGSYEHVX", "is_returned": "false"},
        {"deal_id": "order-1002", "status": CREATED, **known, "promo_code": "RIDGE5", "comment": "By phone"},
        {"deal_id": "order-0999", "status": CANCELED, "is_returned": "true"},
    ]
    return spreadsheets.download(
        "deals-sample.csv", list(FIELDS), ([row.get(field) for field in FIELDS] for row in rows)
    )


def bad(import_uuid: str):
    """The lines that were not imported, as they were, each with the reason; once mended they can be uploaded again."""
    return files.bad(DEALS, import_uuid)
