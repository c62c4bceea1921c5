"""Examples of the feed, for its description and its tests."""

OFFER = {
    "id": "6f1c1f0e-6f39-4b43-9a75-0d5f6a3f2c11",
    "partner": "Acme Running",
    "partnerLogo": "https://portal.example.com/pictures/7d8f6f0c-2f7b-5a53-8f5a-3a5b8f0f1c22",
    "ageRestricted": False,
    "terms": "Once a customer, until the end of the month.",
    "title": "A fifth off trail shoes",
    "description": "For all trail shoes of the season.",
    "image": "https://cdn.acme.example/trail.jpg",
    "squareImage": None,
    "offerInfoButtonDiscount": "20%",
    "offerInfoButtonDescription": "Copy the code and shop",
    "offerDiscountCode": "TRAIL20",
    "offerDiscountCodeType": "copyPaste",
    "hasMultipleCodes": False,
}
ADVERTISER = {"id": 1, "name": "Acme Running", "logo": None, "offers": 3}
CLICK = {"member_ref": "u-20417"}
CLICKED = {"url": "https://shop.acme.example/trail", "code": "TRAIL20"}
