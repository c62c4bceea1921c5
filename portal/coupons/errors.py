"""How the coupons family writes its refusals: one shape where it reads, one where it assigns and uses (contract: coupons, "Errors")."""

from portal.api.errors import TITLES, ApiError, ErrorShape
from portal.domain.codes import FIELDS_INVALID
from portal.domain.identifiers import random_base62

# Words of the documented system, which says no more of these.
_WORDS = {401: "Unauthorized", 403: "Forbidden"}
_ID_LENGTH = 15


def _listed(error: ApiError) -> dict:
    detail = _details(error) if error.status == 400 else _WORDS.get(error.status, error.detail)
    return {"errors": [{"status": str(error.status), "detail": detail}]}


def _details(error: ApiError) -> list[str]:
    """Each wrong field by its name, or what is wrong at all."""
    return [f"{wrong['field']}: {wrong['message']}" for wrong in error.errors] or [error.detail]


def _named(error: ApiError) -> dict:
    """Wrong values by the name of the first; rules have the documented system's own sentences, which name none."""
    detail = _details(error)[0] if error.code is FIELDS_INVALID else error.detail
    return {"errors": [{"id": random_base62(_ID_LENGTH), "status": error.status, "detail": detail}]}


def _schema(description: str, properties: dict) -> dict:
    one = {"type": "object", "required": list(properties), "properties": properties}
    return {
        "type": "object",
        "description": description,
        "required": ["errors"],
        "properties": {"errors": {"type": "array", "description": "What is wrong: one refusal.", "items": one}},
    }


LISTED = ErrorShape(
    "CouponsRefusal",
    "application/json",
    _schema(
        "A refusal of the coupons family.",
        {
            "status": {
                "type": "string",
                "description": "The HTTP status, as a text.",
                "enum": [str(key) for key in TITLES],
            },
            "detail": {
                "description": "What failed, and how to mend it: in a list where the status is 400.",
                "anyOf": [{"type": "array", "items": {"type": "string"}}, {"type": "string"}],
            },
        },
    ),
    _listed,
)
_NAMED_SCHEMA = _schema(
    "A refusal of an assignment or of a use.",
    {
        "id": {"type": "string", "description": "Unique to this refusal."},
        "status": {"type": "integer", "description": "The HTTP status."},
        "detail": {"type": "string", "description": "What failed, and how to mend it."},
    },
)
JSON_API = "application/vnd.api+json"
OF_ASSIGNMENTS = ErrorShape("AssignmentRefusal", JSON_API, _NAMED_SCHEMA, _named)
OF_USES = ErrorShape("UsageRefusal", "application/json", _NAMED_SCHEMA, _named)
