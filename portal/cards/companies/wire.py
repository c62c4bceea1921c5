"""Companies as the API answers them (contract: cards, "Objects")."""

from portal import clock
from portal.cards.envelope import stamp
from portal.domain.cards.companies import countries, lists
from portal.domain.cards.companies.tables import Company


def company(row: Company, secret: str | None = None) -> dict:
    """A Company; `secret` is of the token that was made with it."""
    partner = row.partner
    return {
        "id": row.partner_id,
        "userId": row.owner_id,
        "tariffId": row.tariff_id,
        "status": lists.state_of(row),
        "name": partner.name,
        "email": row.mail,
        "phone": row.phone,
        "note": row.note,
        "apiKey": secret,
        "extra": {
            "country": countries.name(row.country),
            "countryCode": row.country,
            "city": row.city,
            "state": row.state,
            "stateCode": row.state_code,
            "street": row.street,
            "postalCode": row.postal_code,
            "fullAddress": lists.full_address(row),
            "timezone": partner.time_zone,
            "website": row.website,
        },
        "expiresAt": row.expires_at and stamp(clock.to_micros(row.expires_at)),
        "createdAt": stamp(clock.to_micros(partner.created_at)),
        "updatedAt": stamp(clock.to_micros(row.updated_at)),
    }
