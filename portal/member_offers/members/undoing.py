"""A use that was a mistake is taken back, after a question that says what it gives back."""

from flask import g, render_template, request

from portal import clock
from portal.domain.member_offers.uses import of_member, uses
from portal.domain.member_offers.uses.of_member import Back
from portal.domain.members import members
from portal.domain.sentences import say
from portal.member_offers.members.part import named, place
from portal.web import answers


def undo(customer_id: str, use: str):
    """Ask, naming the offer and what comes back; then undo."""
    member = members.find(g.partner.id, customer_id)
    found = of_member.back(g.partner.id, member.id, use)
    if request.method == "POST":
        uses.undo(g.partner.id, found.use.uuid)
        return answers.done(place(member), say("The use of “{offer}” is undone.", offer=found.use.name))
    return render_template(
        "member_offers/members/undo.html",
        member=member,
        name=named(member),
        use=found.use,
        at=clock.from_micros(found.use.used_at),
        given=given_back(found),
        back=place(member),
    )


def given_back(found: Back) -> list[str]:
    """What the limits count less, each limit that there is."""
    row, said = found.case.row, []
    if row.member_limit is not None:
        said.append(_less(say("The member’s uses: {before} → {after} of {most}."), row.uses or 0, row.member_limit))
    if row.period_limit is not None and found.is_of_period:
        uses_of_period = found.case.period_uses
        said.append(_less(say("Of this period: {before} → {after} of {most}."), uses_of_period, row.period_limit))
    if row.global_limit is not None:
        said.append(_less(say("All members’ uses: {before} → {after} of {most}."), row.global_uses, row.global_limit))
    return [*said, say("It is kept as undone, and a phone that shows it as active shows it no more.")]


def _less(sentence, before: int, most: int) -> str:
    return sentence.format(before=before, after=max(0, before - 1), most=most)
