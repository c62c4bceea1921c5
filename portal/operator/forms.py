"""The shape of what the operator types."""

from flask_wtf import FlaskForm
from wtforms import PasswordField
from wtforms.validators import InputRequired

from portal.domain.sentences import say


class ProofForm(FlaskForm):
    """The operator's own password, before somebody else can be signed in to more easily."""

    password = PasswordField(say("Your password"), [InputRequired(say("This field is required."))])
