"""What members add to what the areas share."""

from portal.domain.areas import Area
from portal.domain.members import codes, facts, promises, tables, things
from portal.domain.members.consents.tables import MemberConsent
from portal.domain.members.oauth import facts as oauth_facts
from portal.domain.members.oauth import keeping as oauth_keeping
from portal.domain.members.oauth import promises as oauth_promises
from portal.domain.members.oauth import things as oauth_things
from portal.domain.members.oauth.tables import (
    ClientLineage,
    OauthApp,
    OauthAppToken,
    OauthCode,
    OauthOrigin,
    OauthToken,
    TokenChain,
)
from portal.domain.members.sign_ins import keeping
from portal.domain.members.sign_ins.tables import AskedCode, MemberSignIn

AREA = Area(
    tables=(
        tables.Member,
        tables.MemberWord,
        tables.MemberLikeness,
        tables.Segment,
        tables.SegmentMember,
        AskedCode,
        MemberSignIn,
        MemberConsent,
        OauthApp,
        OauthAppToken,
        OauthOrigin,
        ClientLineage,
        TokenChain,
        OauthToken,
        OauthCode,
    ),
    facts=facts.FACTS | oauth_facts.FACTS,
    kinds=facts.KINDS,
    fields=facts.FIELDS,
    things=things.THINGS + oauth_things.THINGS,
    promises=promises.PROMISES + oauth_promises.PROMISES,
    keeping=keeping.KEEPING + oauth_keeping.KEEPING,
    codes=(codes.CUSTOMER_TAKEN,),
)
