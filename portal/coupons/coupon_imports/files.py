"""The files that go out: a sample to start from, and the lines that must be mended."""

from portal.coupons.coupon_imports.kind import COUPONS
from portal.web import spreadsheets
from portal.web.imported import files

_HEAD = ["code", "name", "type", "amount", "amount_type", "tags"]
_SAMPLE = (
    ("SUMMER-25", "Summer sale", "Discount", "25", "percentage", "Newsletter"),
    ("'02138", "Radio winners", "Comp", None, None, "Radio"),
    ("FRIENDS", "Friends of the house", "Presale", None, None, None),
)


def sample():
    """Three coupons."""
    return spreadsheets.download("coupons-sample.csv", _HEAD, _SAMPLE)


def bad(import_uuid: str):
    """The lines that were not imported, as they were, each with the reason; once mended they can be uploaded again."""
    return files.bad(COUPONS, import_uuid)
