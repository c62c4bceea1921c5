"""The areas that a partner has switched on: what its people see of the portal. Whatever is switched off stays as it is."""

from collections.abc import Collection

from portal.database import Statement, transaction
from portal.domain.accounts.partners import partners
from portal.domain.accounts.tables import Partner
from portal.domain.errors import NotFound, Refused
from portal.domain.events import log
from portal.domain.schema import AREAS
from portal.domain.sentences import say

OFFERED = tuple(name for area in AREAS for name in area.offered)
_LAST = say(
    "It is the last area that is switched on: without one there is nothing to do here. Switch on another one first."
)
_ON = Statement("SELECT areas FROM partner WHERE id = :partner")
_SET = Statement("UPDATE partner SET areas = :areas WHERE id = :partner")


def switched_on(written: str | None) -> frozenset[str]:
    """The names of the areas, from `Partner.areas`: all of them while the partner has not chosen."""
    return frozenset(OFFERED) if written is None else frozenset(written.split())


def choose(partner: Partner, names: Collection[str]) -> None:
    """Switch these on, and the others off. Raises Refused for none or in test mode, which follows; NotFound for a name that no
    area has."""
    with transaction():
        partners.hold(partner.id)
        _write(partner, frozenset(names))


def switch(partner: Partner, name: str, is_on: bool) -> None:
    """Switch one on or off, whatever somebody else switches at the same moment. Raises Refused for the last one, and in test
    mode, which follows its partner; NotFound for a name that no area has."""
    with transaction():
        partners.hold(partner.id)
        present = switched_on(_ON.value(partner=partner.id))
        _write(partner, present | {name} if is_on else present - {name}, name)


def _write(partner: Partner, names: frozenset[str], *asked: str) -> None:
    if partner.is_test:
        raise Refused(say("Test mode has the areas of its partner. Leave test mode, and change them there."))
    if not names.union(asked) <= set(OFFERED):
        raise NotFound(say("area"))
    if not names:
        raise Refused(_LAST if asked else say("Choose at least one area; you can add others at any time."))
    written = [name for name in OFFERED if name in names]
    _SET.run(partner=partner.id, areas=" ".join(written))
    log.record(partner.id, "partner.areas_changed", "partner", partner.uuid, {"areas": written})
