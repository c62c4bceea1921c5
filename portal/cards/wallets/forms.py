"""The shape of the files that sign passes; the rules are the domain's."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import PasswordField, StringField

from portal.domain.cards.wallets import apple_keys
from portal.domain.sentences import say


class AppleForm(FlaskForm):
    """A certificate, its key, and the one above."""

    certificate = FileField(say("Certificate of the pass type (.pem or .cer)"))
    key = FileField(say("Its key (.pem)"))
    intermediate = FileField(say("Apple’s intermediate certificate (.cer)"))
    password = PasswordField(say("Your password"))


class GoogleForm(FlaskForm):
    """An issuer, and the key of its service account."""

    issuer = StringField(say("Issuer ID"))
    account = FileField(say("Key of the service account (.json)"))
    password = PasswordField(say("Your password"))


def body(field: FileField) -> bytes:
    """What is in the chosen file, no more of it than tells that it is too large."""
    return field.data.stream.read(apple_keys.LARGEST_FILE + 1) if field.data else b""
