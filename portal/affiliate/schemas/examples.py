"""Example bodies and answers, as the family's documentation and the API's description show them."""

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

CATEGORY = {"id": "86d23d13-9dbb-46f3-82d0-25253c7750c3", "name": "Education"}
OFFER = {
    "id": "47774d8c-d4dd-451e-a709-b407a4dac427",
    "name": "Offer name",
    "catalog_id": "310b9e84-b157-4ad2-ae6a-391746bb6bc4",
    "is_promocode_allowed": True,
    "is_active": True,
    "fix_remuneration": None,
    "reward_percent": 5.0,
    "prices": [{"cost": 100.0, "currency": "USD"}],
    "description": "Offer description",
}
LANDING = {
    "id": "7ZTOYA",
    "url": "http://example.com",
    "modified_at": "2019-08-24T14:15:22Z",
    "adaptability": "All",
    "title": "Landing's title",
    "catalog_id": "310b9e84-b157-4ad2-ae6a-391746bb6bc4",
    "image_url": "http://example.com/image.jpg",
}
_CATALOG = {
    "id": "497f6eca-6276-4993-bfeb-53cbbbba6f08",
    "title": "Catalog title",
    "catalog_code": "catalog_code",
    "icon": "http://example.com/icon.png",
    "hold_duration": "30 00:00:00",
    "canceled_duration": "14 00:00:00",
    "is_promocode_allowed": True,
    "offer_geo": ["AW"],
    "catalog_id": "HN3W8",
    "description": "Catalog description",
    "reward_type": "RevShare",
    "localizations": ["AA"],
    "devices": "All",
    "cookies_storage_days": 30,
    "moderation_type": "FREE_ENTRY",
    "max_promo_code_percent": 5.0,
    "min_promo_code_percent": 5.0,
    "is_published": True,
}
CATALOG_CREATED = _CATALOG | {
    "offers": [],
    "category": "86d23d13-9dbb-46f3-82d0-25253c7750c3",
    "business_partner_id": "86d23d13-9dbb-46f3-82d0-25253c7750c3",
    "created_at": "2023-04-06T08:02:46.807490",
}
CATALOG = _CATALOG | {
    "title": "SuperCatalog",
    "catalog_code": "super_catalog",
    "catalog_id": "4ZBP8",
    "approval_rate": "b/d",
    "offers": [OFFER],
    "reward_percent": 5.0,
    "company_logo": "https://example.com/logo.png",
    "company_name": "CompanyName",
    "is_confirmed": False,
    "modified_at": "2023-04-06T08:02:46.808085",
    "promo_materials": [],
    "reward": {"from": 5.0, "to": 5.0, "type": "RevShare"},
    "rules": [],
    "text_rule": [],
    "category": "Education",
    "preview_image": "https://example.com/image.jpg",
    "landings": [LANDING],
}
DEAL_CREATED = {
    "another_data": "myshare=B5AKT8PS",
    "cost": 100.0,
    "is_returned": False,
    "promo_code": None,
    "currency": "USD",
    "status": "Created",
    "offer": "Offer name",
    "deal_id": "Custom Deal ID",
}
DEAL = {
    "offer": {"name": "Offer name", "catalog": {"title": "Catalog name", "catalog_code": "Catalog code"}},
    "cost": 100.0,
    "payment_sum": 20.0,
    "is_returned": False,
    "conversion_time": "2019-08-24T14:15:22Z",
    "promo": {"code": "Deal's promocode", "percent_discounts": 5.0},
    "currency": "USD",
    "status": "Paid",
    "id": "48c28e31-4d8d-4ffd-ab86-fc7b59fb2e84",
    "deal_id": "Custom Deal ID",
    "modified_at": "2019-08-24T14:15:22Z",
    "paid_at": "2019-08-24T14:15:22Z",
    "approved_at": None,
    "canceled_at": None,
}
REFUND_CREATE = {"amount": 30.0, "comment": "One of three came back"}
REFUND = {
    "id": "0b5f3a52-7a53-4a57-9a3e-0c4d1f6f2c11",
    "deal_id": "Custom Deal ID",
    "amount": 30.0,
    "currency": "USD",
    "payment_sum": 14.0,
    "created_at": "2019-08-24T14:15:22Z",
}
DEAL_CHANGED = {"status": "Paid", "cost": 50.0, "is_returned": False, "comment": "Some comment"}
