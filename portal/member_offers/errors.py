"""How the member offers family writes its refusals (contract: member-offers, "Errors")."""

from portal.api.errors import ApiError, ErrorShape
from portal.domain.steps import FAILED, NOT_REACHED, PASSED

_TEXT = {"type": "string"}


def _body(error: ApiError) -> dict:
    field = error.errors[0]["field"] if error.errors else None
    is_named = field is None or error.detail.startswith(f"{field}: ")
    return {"error": error.detail if is_named else f"{field}: {error.detail}", **error.more}


OF_OFFERS = ErrorShape(
    "MemberOffersRefusal",
    "application/json",
    {
        "type": "object",
        "description": "A refusal of the member offers family.",
        "required": ["error"],
        "properties": {
            "error": {
                "type": "string",
                "description": "What failed, and how to mend it; of a use the documented word.",
            },
            "banned_until": {"type": "string", "format": "date-time", "description": "Of a banned member: until when."},
            "checks": {
                "type": "array",
                "description": "Of a use: each check in order.",
                "items": {
                    "type": "object",
                    "required": ["check", "outcome", "detail", "fix"],
                    "properties": {
                        "check": _TEXT | {"description": "Which."},
                        "outcome": _TEXT | {"description": "How it ended.", "enum": [PASSED, FAILED, NOT_REACHED]},
                        "detail": _TEXT | {"description": "Why it failed."},
                        "fix": _TEXT | {"description": "The nearest mend."},
                    },
                },
            },
        },
    },
    _body,
)
