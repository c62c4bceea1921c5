"""What members add to what the areas share."""

from portal.domain.areas import Area
from portal.domain.members import codes, facts, promises, tables, things
from portal.domain.members.consents.tables import MemberConsent
from portal.domain.members.sign_ins import keeping
from portal.domain.members.sign_ins.tables import AskedCode, MemberSignIn

AREA = Area(
    tables=(
        tables.Member,
        tables.MemberWord,
        tables.Segment,
        tables.SegmentMember,
        AskedCode,
        MemberSignIn,
        MemberConsent,
    ),
    facts=facts.FACTS,
    kinds=facts.KINDS,
    fields=facts.FIELDS,
    things=things.THINGS,
    promises=promises.PROMISES,
    keeping=keeping.KEEPING,
    codes=(codes.CUSTOMER_TAKEN,),
)
