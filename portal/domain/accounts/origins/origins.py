"""Which web pages' scripts may ask the open parts of the API (contract: README, "CORS")."""

from collections.abc import Callable, Sequence
from urllib.parse import SplitResult, urlsplit

from portal.database import Statement, transaction
from portal.domain.accounts.origins.tables import BrowserOrigin
from portal.domain.accounts.tables import Partner
from portal.domain.events import log
from portal.domain.sentences import say
from portal.domain.values import Check, Wrong, checked

MOST, LONGEST = 20, 255
_SCHEMES = {"http": 80, "https": 443}
_IS_REGISTERED = Statement(
    """SELECT 1 FROM browser_origin o JOIN partner p ON p.id = o.partner_id
    WHERE o.origin = :origin AND p.disabled_at IS NULL LIMIT 1"""
)
_IS_OF = Statement("SELECT 1 FROM browser_origin WHERE origin = :origin AND partner_id = :partner")
# What knows origins besides, as another area's: asked with one, and the partner whose it has to be, None for anybody's.
known_besides: list[Callable[[str, int | None], bool]] = []


def of_partner(partner_id: int) -> list[str]:
    """The partner's origins, as they were written."""
    rows = BrowserOrigin.select(BrowserOrigin.origin).where(BrowserOrigin.partner == partner_id)
    return [row.origin for row in rows.order_by(BrowserOrigin.id)]


def put(partner: Partner, written: Sequence[str]) -> None:
    """Have these origins and no others. Raises Invalid for one that is none, with the line that it stands on."""
    taken = checked({"origins": written}, FIELDS)["origins"]
    with transaction():
        if taken == of_partner(partner.id):
            return
        BrowserOrigin.delete().where(BrowserOrigin.partner == partner.id).execute()
        for origin in taken:
            BrowserOrigin.create(partner=partner.id, origin=origin)
        log.record(partner.id, "partner.origins_changed", "partner", partner.uuid, {"origins": len(taken)})


def read(written: Sequence[str]) -> list[str]:
    """The origins of a list, as browsers send them. Raises Wrong for one that is none, with the line that it stands on."""
    taken = list(dict.fromkeys(_origin(line, number) for number, line in enumerate(written, 1)))
    if len(taken) > MOST:
        raise Wrong(say("Give at most {most}.", most=MOST))
    return taken


FIELDS: dict[str, Check] = {"origins": read}


def is_registered(origin: str) -> bool:
    """Whether it is some partner's: a browser asks before it says whose it is."""
    return _IS_REGISTERED.value(origin=origin) is not None or any(knows(origin, None) for knows in known_besides)


def is_of(origin: str, partner_id: int) -> bool:
    """Whether it is this partner's."""
    is_theirs = _IS_OF.value(origin=origin, partner=partner_id) is not None
    return is_theirs or any(knows(origin, partner_id) for knows in known_besides)


def _origin(line: str, number: int) -> str:
    """As browsers send it: no path, no usual port, in lower case."""
    wrong = Wrong(
        say(
            "Line {number}: give the beginning of an address, such as https://shop.example, with no path.",
            number=number,
        )
    )
    try:
        parts = urlsplit(line.strip())
        host, port = (parts.hostname or "").encode("idna").decode(), parts.port
    except (ValueError, UnicodeError):
        raise wrong from None
    if not _is_bare(parts) or not host or len(line) > LONGEST or any(map(str.isspace, host)):
        raise wrong
    host = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{host}" if port in (None, _SCHEMES[parts.scheme]) else f"{parts.scheme}://{host}:{port}"


def _is_bare(parts: SplitResult) -> bool:
    """Whether nothing stands there but the scheme, the host and perhaps the port."""
    is_rooted = parts.path in ("", "/") and not (parts.query or parts.fragment)
    return parts.scheme in _SCHEMES and is_rooted and "@" not in parts.netloc
