"""A merchant's groups of promoters: the list, one with its promoters and rewards, made, renamed and removed."""

from flask import g, url_for

from portal.affiliate.groups import sentences
from portal.affiliate.groups.forms import GroupForm
from portal.domain.affiliate.groups import groups
from portal.domain.affiliate.groups import lists as group_lists
from portal.domain.affiliate.groups.tables import PromoterGroup
from portal.domain.affiliate.special_rewards import lists as reward_lists
from portal.domain.errors import Invalid, Refused
from portal.domain.events import timeline
from portal.domain.offers import choices as catalog_choices
from portal.domain.sentences import say
from portal.web import answers
from portal.web.forms import form_page, tried


def index():
    """The groups."""
    return _index(GroupForm(formdata=None))


def create():
    """Make a group."""
    form = GroupForm()
    if form.validate_on_submit():
        with tried(form, Invalid, Refused):
            group = groups.make(g.partner.id, form.name.data)
            return answers.done(
                _place(group), say("The group “{name}” is there. Put promoters into it.", name=group.name)
            )
    return _index(form)


def show(group: str):
    """One group."""
    found = groups.find(g.partner.id, group)
    return _page(found, GroupForm(formdata=None, data={"name": found.name}))


def rename(group: str):
    """Give it another name."""
    found, form = groups.find(g.partner.id, group), GroupForm()
    if form.validate_on_submit():
        with tried(form, Invalid):
            return answers.done(
                _place(found), say("The group is called “{name}” now.", name=groups.rename(found, form.name.data).name)
            )
    return _page(found, form)


def removal(group: str):
    """Ask, by naming what is lost, and forget it."""
    found, form = groups.find(g.partner.id, group), GroupForm(formdata=None)
    if form.is_submitted():
        groups.remove(found)
        return answers.done(url_for("groups.index"), say("The group “{name}” is removed.", name=found.name))
    lost = sentences.lost(len(group_lists.members(found)), len(reward_lists.of_group(found.id)))
    return form_page("affiliate/groups/removal.html", form, group=found, lost=lost)


def _place(group: PromoterGroup) -> str:
    return url_for("groups.show", group=group.uuid)


def _index(form: GroupForm):
    return form_page("affiliate/groups/index.html", form, groups=group_lists.of(g.partner.id))


def _page(group: PromoterGroup, form: GroupForm):
    members, rewards = group_lists.members(group), reward_lists.of_group(group.id)
    return form_page(
        "affiliate/groups/show.html",
        form,
        group=group,
        members=members,
        others=group_lists.others(group),
        rewards=rewards,
        catalogs=catalog_choices.catalogs(g.partner.id),
        lost=sentences.lost(len(members), len(rewards)),
        facts=timeline.of(g.partner.id, groups.THING, group.uuid),
    )
