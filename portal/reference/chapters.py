"""What the reference tells before the endpoints, beside the description's own introduction."""

from typing import NamedTuple

from portal.api import strict_json
from portal.api.changes import CHANGES
from portal.api.fields import LARGEST_PAGE, USUAL_PAGE
from portal.config import Settings
from portal.domain.accounts.keeping import ANSWERS_LAST


class Limit(NamedTuple):
    """A limit, how much it is, and what happens beyond it."""

    of: str
    most: str
    beyond: str


TEST_MODE = f"""Every partner has a test mode: a second life with data of its own, which nobody else sees and which sends
nothing out. A test token begins with `pp_test_`, a live one with `pp_live_`; each reaches its own side only, at the same
addresses and with the same answers. Choose *Test mode* when you make a token under *API tokens*.

**Its clock** can be put ahead, so that a hold of thirty days passes in a moment: the operator runs
`flask --app portal clock advance PARTNER SECONDS --test`. Deals are then canceled or approved, and tokens end, by that
clock. It never goes back. Answers kept for an `Idempotency-Key` last {ANSWERS_LAST.total_seconds() / 3600:.0f} hours of the wall's
clock, in test mode too."""

VERSIONS = f"""This is version {CHANGES[0].version}. Addresses, names and types of keys, statuses and error codes stay as they
are. Endpoints, keys of answers, optional fields, headers and error codes may be added at any time: pass over what you do
not know. What would break a client gets an address of its own, and the old one goes on."""

REFUSALS = """A program goes by `error_code`, which stays the same; the sentence beside it is for people and may be worded
anew. A body that is wrong in several fields is told of them in turns, each time of all: first what is missing or of a
wrong type, then wrong values, last what does not fit what is there; each item of `errors` has a code of its own. An
unknown code is handled like others of its status: 400 and 422 have to be mended, 401 and 403 need another token or
permit, 404 is not there, 409, 429 and 503 may be sent again after a while. No request is refused for its `Content-Type`
or `Accept`."""


def limits(settings: Settings) -> list[Limit]:
    """What a request can be, and how many there may be."""
    return [
        Limit(
            "Requests with a token", f"{settings.api_limit} a minute, unless the token has a limit of its own", "429"
        ),
        Limit("Requests without a working token", f"{settings.open_limit} a minute from one address", "429"),
        Limit("Body", f"{strict_json.MOST_BYTES >> 20} MiB", "413"),
        Limit("Nesting of the JSON", f"{strict_json.DEEPEST} levels", "400"),
        Limit("Whole numbers", "64 bits", "400"),
        Limit("Page of a list", f"{LARGEST_PAGE}, {USUAL_PAGE} if nothing is asked", f"{LARGEST_PAGE} are answered"),
        Limit("Idempotency-Key", "255 printable characters", "400"),
        Limit("Texts, lists and sums", "as each field says", "400, with the field's name"),
    ]
