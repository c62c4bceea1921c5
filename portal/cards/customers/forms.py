"""The shape of a customer as people type one; the rules are the domain's."""

from wtforms import DateField, EmailField, SelectField, StringField, TelField
from wtforms.validators import InputRequired, Optional

from portal.domain.members.details import values as details
from portal.domain.members.tables import Member
from portal.domain.sentences import say
from portal.web.forms import ToldAtOnce
from portal.web.inputs import choices

FIELDS = ("first_name", "surname", "phone", "mail", "gender", "date_of_birth", "external_user_id")


class CustomerForm(ToldAtOnce):
    """What is known of a person."""

    checks = {name: details.FIELDS[name] for name in FIELDS if name != "gender"}  # which is a number to the domain

    first_name = StringField(say("First name"), [InputRequired(say("This field is required."))])
    surname = StringField(say("Surname"))
    phone = TelField(say("Phone"))
    mail = EmailField(say("Mail address"))
    date_of_birth = DateField(say("Date of birth"), [Optional()])
    gender = SelectField(
        say("Gender"), choices=choices((("", say("Not said")), ("1", say("Male")), ("2", say("Female"))))
    )
    external_user_id = StringField(say("Id in your software"))

    def given(self) -> dict:
        """What was typed, as the domain takes it."""
        typed = {name: self[name].data or None for name in FIELDS}
        return typed | {"gender": int(typed["gender"]) if typed["gender"] else None}


def of_member(member: Member) -> CustomerForm:
    """The form with what is known of the customer."""
    known = {name: getattr(member, name) for name in FIELDS} | {"phone": member.phone_typed}
    return CustomerForm(formdata=None, data=known | {"gender": str(member.gender or "")})
