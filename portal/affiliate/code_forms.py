"""What merchants and promoters type of a promo code alike; the rules are the domain's."""

from wtforms import IntegerField
from wtforms.validators import Optional

from portal.domain.affiliate.promotions import code_limits
from portal.domain.affiliate.promotions.tables import PromoCode
from portal.domain.sentences import say
from portal.web.forms import ToldAtOnce
from portal.web.inputs import MomentField


class LimitsForm(ToldAtOnce):
    """Until when a code counts, and how often."""

    checks = code_limits.FIELDS

    uses_limit = IntegerField(say("Limit of uses"), [Optional()])
    ends_at = MomentField(say("Until"), [Optional()])

    def limits(self) -> dict:
        """What was typed, as the domain takes it."""
        return {"ends_at": self.ends_at.data, "uses_limit": self.uses_limit.data}


def shown(code: PromoCode) -> LimitsForm:
    """The form of a code as it stands, or as it was typed."""
    return LimitsForm(data={"uses_limit": code.uses_limit, "ends_at": code.ends_at})
