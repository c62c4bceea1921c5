"""The shape of an upload. `field`, `label` and `hint` come from the form that asks for a picture, and go back to it."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField
from wtforms.validators import Optional, Regexp

from portal.domain.sentences import say


class UploadForm(FlaskForm):
    """One picture."""

    picture = FileField(say("Picture"), [FileRequired(say("Choose a file first."))])
    field = HiddenField(validators=[Optional(), Regexp(r"[a-z_]{1,40}\Z")])
    label = HiddenField()
    hint = HiddenField()
