"""The shape of an application; the rules are the domain's."""

from flask_wtf import FlaskForm
from wtforms import TextAreaField

from portal.domain.sentences import say


class ApplicationForm(FlaskForm):
    """What a promoter tells the merchant who decides about it."""

    message = TextAreaField(say("Message to the merchant"), filters=[lambda text: (text or "").strip() or None])
