"""What the types of coupons are called on pages."""

from portal.domain.coupons.coupons.tables import ACCESS, AUTO, COMP, DISCOUNT, INVITE, PRESALE, RESERVED
from portal.domain.sentences import say

KIND_WORDS = {
    DISCOUNT: say("Discount"), PRESALE: say("Presale"), RESERVED: say("Reserved"), COMP: say("Comp"), AUTO: say("Auto"),
    INVITE: say("Invite"), ACCESS: say("Access"),
}  # fmt: skip
