"""Offers for a segment of customers: who is in it says the cards family, whose rules they are. `family.py` imports it, so that
every process has it."""

from portal.database import Statement
from portal.domain.cards.segments import rules, segments
from portal.domain.errors import Refused
from portal.domain.lists import key_pages
from portal.domain.member_offers import audiences
from portal.domain.member_offers.terms.tables import MemberTerms
from portal.domain.members.tables import Segment
from portal.domain.sentences import counted

_PUT = Statement("SELECT segment_id FROM segment_member WHERE member_id = :member AND segment_id IN :segments")


def of_member(partner_id: int, member_id: int, wanted: list[int]) -> set[int]:
    """Those of the segments that the member is in, put there or by a rule."""
    found = set(_PUT.values(member=member_id, segments=wanted))
    theirs = (Segment.partner == partner_id) & Segment.id.in_(wanted) & Segment.rule.is_null(False)
    with_rules = list(Segment.select().where(theirs))
    conditions = rules.conditions(partner_id, [segment.rule for segment in with_rules])
    for segment, condition in zip(with_rules, conditions, strict=True):
        fits = key_pages.statement("SELECT m.id FROM member m", ("m.id = :member", condition.text), "")
        if fits.value(member=member_id, **condition.given) is not None:
            found.add(segment.id)
    return found


def refuse_removal(segment: Segment) -> None:
    """Raise Refused while offers are for the segment: they would be for nobody, or everybody."""
    number = MemberTerms.select().where(MemberTerms.audience == segment).count()
    if number:
        raise Refused(
            counted(
                number,
                "A member offer is for this segment. Give it another audience first.",
                "{number} member offers are for this segment. Give them another audience first.",
            )
        )


audiences.asked.append(of_member)
segments.when_removed.append(refuse_removal)
