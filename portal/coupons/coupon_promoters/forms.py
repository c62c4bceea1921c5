"""The shape of what people say of a coupon's promoter; the rules are the domain's."""

from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import Optional

from portal.domain.sentences import say
from portal.web.inputs import NumberField


class PromoterForm(FlaskForm):
    """Whose the deals with the coupon are, and what they earn."""

    promoter = StringField(
        say("Promoter"), description=say("A name, or a link id of one of your catalogs. Empty: the deals are nobody’s.")
    )
    reward_percent = NumberField(
        say("Own reward"), [Optional()],
        description=say("Of what was paid, where this coupon is what brings the deal. Empty: as in the catalog."),
    )  # fmt: skip
