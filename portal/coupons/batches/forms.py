"""The shape of what people say about codes that are generated."""

from wtforms import IntegerField, StringField
from wtforms.validators import InputRequired

from portal.coupons.coupon_fields import REQUIRED, CouponFields
from portal.coupons.term_fields import TermFields
from portal.domain.coupons.batches.batches import MOST
from portal.domain.coupons.batches.drawing import LONGEST, SHORTEST
from portal.domain.sentences import say

LENGTH, WANTED = 8, 100


class BatchForm(CouponFields, TermFields):
    """So many codes, and what they do."""

    checks = {**CouponFields.checks, **TermFields.checks}

    wanted = IntegerField(
        say("How many"), [InputRequired(REQUIRED)], default=WANTED,
        description=say("From 1 to {most}.", most=f"{MOST:,}"),
    )  # fmt: skip
    prefix = StringField(say("Each begins with"), description=say("Such as SUMMER-. Empty: nothing in front."))
    length = IntegerField(
        say("Random letters and digits"), [InputRequired(REQUIRED)], default=LENGTH,
        description=say("From {shortest} to {longest}. The more, the harder to guess.", shortest=SHORTEST, longest=LONGEST),
    )  # fmt: skip
