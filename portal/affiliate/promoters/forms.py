"""The shape of what a merchant types about a promoter; the rules are the domain's."""

from flask_wtf import FlaskForm
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional

from portal.affiliate.code_forms import LimitsForm
from portal.domain.affiliate.promotions.tables import Promotion
from portal.domain.sentences import say
from portal.web.inputs import NumberField, choices

_REQUIRED = say("This field is required.")


class ReasonForm(FlaskForm):
    """Why an application is refused, or a promoter taken out."""

    reason = TextAreaField(say("Reason"))


class DiscountForm(FlaskForm):
    """What customers get off who name the promoter's uid."""

    percent_discounts = NumberField(say("Standing discount"), [Optional()])


class CodeForm(LimitsForm):
    """A personal promo code, for which of the promoter's catalogs, and what it takes off."""

    catalog = SelectField(say("Catalog"))
    code = StringField(say("Code"), [InputRequired(_REQUIRED)])
    percent_discounts = NumberField(say("Discount"), [InputRequired(_REQUIRED)], id="code-discount")

    def __init__(self, its: list[Promotion], **given):
        super().__init__(**given)
        self.catalog.choices = choices((one.uid, one.catalog.title) for one in its)


class HandingOnForm(FlaskForm):
    """Who has the code from now on."""

    promoter = SelectField(say("Promoter"))
