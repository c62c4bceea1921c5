"""What members add to what the areas share."""

from portal.domain.areas import Area
from portal.domain.members import codes, facts, promises, tables, things

AREA = Area(
    tables=(tables.Member, tables.MemberWord, tables.Segment, tables.SegmentMember),
    facts=facts.FACTS,
    kinds=facts.KINDS,
    fields=facts.FIELDS,
    things=things.THINGS,
    promises=promises.PROMISES,
    codes=(codes.CUSTOMER_TAKEN,),
)
