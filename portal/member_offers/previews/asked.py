"""Who looks in a preview, and when, as the address says: nobody of the club, or a customer; now, or at a moment of the club's clocks."""

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from flask import g, request

from portal.domain.members import members
from portal.domain.members.tables import Member
from portal.domain.search.sources import Hit
from portal.domain.sentences import say
from portal.member_offers.members import picking
from portal.member_offers.members.part import named

_WRITTEN = "%Y-%m-%dT%H:%M"


@dataclass
class Asked:
    """What the address asks for. `at` is as it was typed; `fault` says what is wrong with it, and then now is shown."""

    member: Member | None
    text: str
    found: list[Hit]
    at: str
    moment: datetime | None
    fault: str | None = None

    @property
    def name(self) -> str | None:
        """Of the customer who looks."""
        return named(self.member) if self.member else None

    @property
    def address(self) -> dict[str, str]:
        """What makes the same address again."""
        customer = {"customer": self.member.uuid} if self.member else {}
        return customer | ({"at": self.at} if self.at else {})


def read() -> Asked:
    """What the address asks for. Raises NotFound for a customer whom the partner does not have. One who alone is found is taken."""
    text, at = picking.typed(), request.args.get("at", "").strip()[:40]
    found, uuid = picking.found(text), request.args.get("customer", "")
    if len(found) == 1:
        uuid, text, found = found.pop().key, "", []
    member = members.find(g.partner.id, uuid) if uuid else None
    moment = _moment(at)
    fault = None if moment or not at else say("Write a day and a time, such as 2030-12-24T10:00.")
    return Asked(member, text, found, at, moment, fault)


def _moment(at: str) -> datetime | None:
    try:
        written = datetime.strptime(at, _WRITTEN)
        return written.replace(tzinfo=ZoneInfo(g.partner.time_zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
