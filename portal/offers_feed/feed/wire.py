"""Listings as the feed writes them (contract: offers-feed)."""

from portal.domain.feed.reading import ListedRow
from portal.domain.feed.tables import COPY_PASTE, DYNAMIC, UNIQODO
from portal.domain.feed.ties.advertisers import Advertiser
from portal.web import picture_uploads


def offers(rows: list[ListedRow]) -> list[dict]:
    """The offers of a page, in its order; what is not live is told of as removed."""
    return [offer(row) if row.is_live else {"id": row.uuid, "removed": True} for row in rows]


def offer(row: ListedRow) -> dict:
    """An offer, with the fourteen keys of the feed."""
    return {
        "id": row.uuid,
        "partner": row.partner,
        "partnerLogo": picture(row.logo),
        "ageRestricted": bool(row.age_restricted),
        "terms": row.terms,
        "title": row.title,
        "description": row.description,
        "image": row.picture,
        "squareImage": row.square_image,
        "offerInfoButtonDiscount": row.button_discount,
        "offerInfoButtonDescription": row.button_description,
        "offerDiscountCode": row.code if row.code_type == COPY_PASTE else None,
        "offerDiscountCodeType": row.code_type,
        "hasMultipleCodes": row.code_type in (DYNAMIC, UNIQODO),
    }


def advertisers(rows: list[Advertiser]) -> list[dict]:
    """Partners whose feeds may be read."""
    return [{"id": row.id, "name": row.name, "logo": picture(row.logo), "offers": row.offers} for row in rows]


def picture(key: str | None) -> str | None:
    """The absolute address of a picture that is here."""
    return key and picture_uploads.address(key)
