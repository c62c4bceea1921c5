"""The shape of a segment as people type it; the rules are the domain's."""

from flask_wtf import FlaskForm
from wtforms import SelectField, StringField
from wtforms.validators import InputRequired, Optional

from portal.domain.cards.segments.rules import RULES
from portal.domain.sentences import say
from portal.web.inputs import NumberField, choices

_REQUIRED = InputRequired(say("This field is required."))


class NameForm(FlaskForm):
    """Its name."""

    name = StringField(say("Name"), [_REQUIRED])


class RuleForm(NameForm):
    """Its name, and who is in it."""

    rule = SelectField(say("Who is in it"), choices=choices(RULES.items()))
    template = SelectField(say("Template"))
    number = NumberField(say("Days or amount"), [Optional()])

    def __init__(self, templates: list[tuple[str, str]], **given):
        super().__init__(**given)
        self.template.choices = choices((("", say("None")), *templates))
