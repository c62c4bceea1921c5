"""Examples of the family's bodies and answers, for the description and the reference."""

from typing import Any

_HEAD = {"responseId": "0f6e3a52-5c1b-4c1e-9d57-5f6a2c1d9e10", "createdAt": "2026-01-31T10:00:00+00:00"}


def one(thing: dict, code: int = 200) -> dict:
    """A thing in its envelope."""
    return {**_HEAD, "code": code, "data": thing}


def listed(thing: dict) -> dict:
    """A list of one thing in its envelope."""
    return {**_HEAD, "code": 200, "meta": {"totalItems": 1, "itemsPerPage": 30, "currentPage": 1}, "data": [thing]}


CUSTOMER = {
    "id": "7a1d5f0e-6b1c-4f0a-9a55-3d6d3c1f2b40",
    "phone": "+43 660 1234567",
    "email": "mia@example.com",
    "gender": 2,
    "dateOfBirth": "1990-09-24",
    "surname": "Berger",
    "firstName": "Mia",
    "externalUserId": "shop-77",
    "segments": [],
    "createdAt": "2026-01-02T09:30:00+00:00",
    "updatedAt": "2026-01-30T17:05:00+00:00",
}
_PAGE = "https://portal.example/c/4fT9xQm2LbR7vKc1WzYp0A"
CARD_CREATE = {"customerId": CUSTOMER["id"], "templateId": 12, "customFields": [{"id": 7, "value": "Vienna"}]}
CARD: dict[str, Any] = {
    "id": "939829-317-169",
    "companyId": 3,
    "templateId": 12,
    "customerId": CUSTOMER["id"],
    "type": "stamp",
    "status": "installed",
    "device": "pwa",
    "customFields": [
        {"id": 7, "name": "Town", "type": "text", "order": 1, "value": "Vienna", "required": False, "unique": False}
    ],
    "availableRewardTiers": [],
    "membershipTier": None,
    "customerSubscription": None,
    "customer": CUSTOMER,
    "balance": {
        "currentNumberOfUses": 3,
        "numberStampsTotal": 10,
        "numberRewardsUnused": 1,
        "balance": None,
        "bonusBalance": None,
        "discountPercentage": None,
        "discountAmount": None,
        "stampsBeforeReward": 7,
    },
    "installLink": _PAGE,
    "shareLink": "https://portal.example/c/with/8hWq2Zr5TnXc",
    "qrLink": f"{_PAGE}.svg",
    "directInstallLink": {"universal": _PAGE, "apple": None, "google": None, "pwa": _PAGE},
    "couponRedeemed": None,
    "firstVisitDiscount": None,
    "utmSource": None,
    "expiresAt": None,
    "createdAt": "2026-01-02T09:31:00+00:00",
    "updatedAt": "2026-01-30T17:05:00+00:00",
    "countVisits": 4,
    "totalRewardsEarned": 1,
    "totalRewardsRedeemed": 0,
    "totalStampsEarnedByReferral": 0,
    "totalPointsEarnedByReferral": 0,
    "lastStampEarnedAt": "2026-01-30T17:05:00+00:00",
    "lastRewardEarnedAt": "2026-01-20T11:00:00+00:00",
    "lastRewardRedeemedAt": None,
}
_FORM = "https://portal.example/c/new/Vd8sKq3LpYx0Hn2TzB7mRw"
REWARD_TIER_CREATE = {"name": "5 EUR off", "type": 1, "value": 5, "threshold": 100, "usageLimit": 200}
REWARD_TIER: dict[str, Any] = {
    "id": 31,
    "name": "5 EUR off",
    "type": 1,
    "value": 5,
    "threshold": 100,
    "usageLimit": 200,
    "valueLimit": None,
}
TEMPLATE: dict[str, Any] = {
    "id": 12,
    "companyId": 3,
    "name": "Coffee points",
    "type": 7,
    "customFields": [
        {"id": 7, "name": "Town", "type": "text", "order": 1, "value": None, "required": False, "unique": False}
    ],
    "membershipTiers": [],
    "rewardTiers": [REWARD_TIER],
    "installLink": _FORM,
    "qrLink": f"{_FORM}.svg",
    "createdAt": "2026-01-02T09:00:00+00:00",
    "updatedAt": "2026-01-12T15:20:00+00:00",
}
OPERATION = {
    "id": 4711,
    "companyId": 3,
    "templateId": 12,
    "customerId": CUSTOMER["id"],
    "customer": CUSTOMER,
    "cardId": CARD["id"],
    "cardDevice": "pwa",
    "eventId": 1,
    "managerId": None,
    "locationId": None,
    "amount": 2,
    "purchaseSum": None,
    "balance": 3,
    "source": "api",
    "comment": None,
    "createdAt": "2026-01-30T17:05:00+00:00",
    "updatedAt": "2026-01-30T17:05:00+00:00",
}
TARIFF: dict[str, Any] = {
    "id": 4,
    "name": "Standard",
    "type": "paid",
    "country": None,
    "currency": "EUR",
    "prices": {"month": 29, "quarter": 79.5, "year": 290},
    "createdAt": "2026-01-02T09:30:00+00:00",
    "updatedAt": "2026-01-02T09:30:00+00:00",
    "limits": {"templates": 5, "managers": 10, "locations": 3, "integrations": 2},
    "options": {
        "push": True,
        "autoPush": True,
        "customAutoPush": False,
        "customFields": True,
        "duplicatesCheck": True,
        "phoneCheck": True,
        "integrations": True,
        "referralProgram": True,
        "reports": True,
        "whiteLabel": False,
    },
}
COMPANY_CREATE = {
    "country": "Austria",
    "email": "bea@branch.example",
    "name": "Branch Vienna",
    "password": "correct horse battery",
    "phone": "+43 660 1234567",
    "tariffId": TARIFF["id"],
    "tariffPeriod": "year",
    "userName": "Bea",
    "userSurname": "Berger",
    "language": "en",
}
COMPANY: dict[str, Any] = {
    "id": 8,
    "userId": 21,
    "tariffId": TARIFF["id"],
    "status": "active",
    "name": "Branch Vienna",
    "email": "bea@branch.example",
    "phone": "+43 660 1234567",
    "note": None,
    "apiKey": None,
    "extra": {
        "country": "Austria",
        "countryCode": "AT",
        "city": None,
        "state": None,
        "stateCode": None,
        "street": None,
        "postalCode": None,
        "fullAddress": "Austria",
        "timezone": "Europe/Vienna",
        "website": None,
    },
    "expiresAt": "2027-01-31T10:00:00+00:00",
    "createdAt": "2026-01-31T10:00:00+00:00",
    "updatedAt": "2026-01-31T10:00:00+00:00",
}
PUSH_CREATE = {"message": "Double stamps until Sunday.", "templateId": 12, "scheduledAt": "2026-01-31T16:00:00+00:00"}
PUSH = {
    "id": "c3b8f0a2-4a57-4d0e-9a53-7b1f2f6e8d11",
    "templateId": 12,
    "cardId": None,
    "type": "manual",
    "status": "sent",
    "message": "Double stamps until Sunday.",
    "sentAmount": 120,
    "deliveredAmount": 45,
    "scheduledAt": "2026-01-31T16:00:00+00:00",
    "createdAt": "2026-01-31T10:00:00+00:00",
}
