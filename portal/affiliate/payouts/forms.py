"""The shape of what people type about payouts; the rules are the domain's."""

from flask_wtf import FlaskForm
from wtforms import DateField, HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired

from portal.domain.affiliate.payouts.sending import REFERENCE
from portal.domain.sentences import say
from portal.web.forms import ToldAtOnce


class ReversalForm(FlaskForm):
    """Why a payout is taken back."""

    reason = TextAreaField(say("Reason"), [InputRequired(say("Say why, for you and for the promoter."))])


class SentForm(ToldAtOnce):
    """When the money left, and what the bank calls the transfer."""

    checks = {"reference": REFERENCE}

    day = DateField(say("Sent on"), [InputRequired(say("Say on which day the money left your account."))])
    reference = StringField(say("Reference"))


class CorrectionForm(SentForm):
    """The same of one that is sent, with what its reader saw."""

    seen = HiddenField()
