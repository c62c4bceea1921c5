"""Promoters put into a group and taken out of it: from the group's page, and from the promoter's."""

from flask import g, request, url_for

from portal.affiliate import promoter_places as places
from portal.domain.accounts.tables import Partner
from portal.domain.affiliate.groups import groups
from portal.domain.affiliate.promotions import promoters
from portal.domain.errors import NotFound
from portal.domain.sentences import say
from portal.web import answers


def put(group: str):
    """Put the chosen promoter into the group; it leaves the one that it was in."""
    found, promoter = groups.find(g.partner.id, group), _chosen()
    groups.put(found, promoter.id)
    return answers.done(_place(found.uuid), say("{promoter} is in “{name}”.", promoter=promoter.name, name=found.name))


def take_out(group: str):
    """Take the chosen promoter out of the group."""
    found, promoter = groups.find(g.partner.id, group), _chosen()
    groups.take_out_of(found, promoter.id)
    return answers.done(
        _place(found.uuid), say("{promoter} is no longer in “{name}”.", promoter=promoter.name, name=found.name)
    )


def choose(promoter: str):
    """Choose the promoter's group, or none."""
    one, uuid = promoters.find(g.partner.id, promoter), request.form.get("group", "")
    place = places.tab(one.uuid)
    if not uuid:
        groups.take_out(g.partner.id, one.id)
        return answers.done(place, say("{promoter} is in no group.", promoter=one.name))
    found = groups.find(g.partner.id, uuid)
    groups.put(found, one.id)
    return answers.done(
        place, say("{promoter} is in “{name}”, in all of your catalogs.", promoter=one.name, name=found.name)
    )


def _chosen() -> Partner:
    """A partner by our id; whether it is a promoter of the merchant's is the domain's to say."""
    found = Partner.get_or_none(Partner.uuid == request.form.get("promoter", "").lower())
    if found is None:
        raise NotFound(say("promoter"))
    return found


def _place(group: str) -> str:
    return url_for("groups.show", group=group) + "#members"
