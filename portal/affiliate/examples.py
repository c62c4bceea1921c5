"""Example bodies and answers, as the family's documentation shows them; the API's description and the tests use them."""

CATALOG_CREATE = {
    "title": "SuperCatalog",
    "catalog_code": "super_catalog",
    "description": "some_text",
    "moderation_type": "FREE_ENTRY",
    "hold_duration": "30 00:00:00",
    "canceled_duration": "14 00:00:00",
    "is_promocode_allowed": True,
    "is_published": True,
}
CATALOG_CHANGE = {"title": "Catalog Different Name"}
OFFER_CREATE = {
    "name": "Offer name",
    "catalog_id": "ea862999-ae2b-4cb0-bc0a-c71fc9748493",
    "is_promocode_allowed": False,
    "is_active": True,
    "prices": [{"cost": 100, "currency": "USD"}],
    "description": "Offer description",
    "reward_percent": 5,
}
OFFER_CHANGE = {"name": "Another offer name"}
DEAL_CREATE = {
    "status": "Created",
    "offer": "Offer name",
    "cost": 100.0,
    "currency": "USD",
    "is_returned": False,
    "promo_code": "Promo",
    "another_data": "myshare=BDGSYEHVX",
    "deal_id": "Custom Deal ID",
    "catalog_code": "Catalog code",
}
DEAL_CHANGE = {"status": "Paid"}
LANDING_CREATE = {
    "url": "http://example.com",
    "adaptability": "All",
    "title": "Landing title",
    "catalog_id": "310b9e84-b157-4ad2-ae6a-391746bb6bc4",
    "image_url": "http://example.com/image.png",
}
LANDING_CHANGE = {"url": "http://example.com"}
