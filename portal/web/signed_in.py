"""Who is signed in, and the partner they act for."""

from dataclasses import dataclass
from functools import cached_property

from flask import session
from flask_login import LoginManager, UserMixin

from portal.domain.accounts.partners import areas
from portal.domain.accounts.roles import MAY_EDIT, MAY_OWN, MAY_SERVE
from portal.domain.accounts.sign_ins import sign_ins
from portal.domain.accounts.tables import Partner
from portal.web.kept_answers import BROWSER

login_manager = LoginManager()
login_manager.session_protection = None  # The sign-in row decides, not the browser's name.


@dataclass
class Person(UserMixin):
    """The signed-in person; `get_id` names the sign-in, so that ending its row signs every copy of the cookie out."""

    key: str
    sign_in_id: int
    user_id: int
    mail: str
    name: str
    is_operator: bool
    is_proved: bool  # the mail address is known to be theirs
    chosen_partner: int | None
    language: str | None

    @property
    def email(self) -> str:
        """The mail address, as templates name it."""
        return self.mail

    def get_id(self) -> str:
        return self.key

    @cached_property
    def may_act_for(self) -> list[sign_ins.ActedFor]:
        """The partners that they may act for, that they do first."""
        return sign_ins.may_act_for(self.user_id, self.chosen_partner)

    @cached_property
    def acting(self) -> "Acting | None":
        """The partner they act for, or None when they belong to none."""
        return Acting._make(self.may_act_for[0]) if self.may_act_for else None

    @property
    def other_partners(self) -> list[sign_ins.ActedFor]:
        """Those that they belong to besides. The test mode of the present one is a step of its own in the menu."""
        present = self.acting and self.acting.home_id
        return [other for other in self.may_act_for if other.live_partner_id is None and other.id != present]


class Acting(sign_ins.ActedFor):
    """The partner a signed-in person acts for, and what their role lets them do there."""

    @property
    def is_test(self) -> bool:
        """Whether it is a test-mode twin."""
        return self.live_partner_id is not None

    @property
    def may_edit(self) -> bool:
        """Whether the role changes things; templates use it to leave out buttons, guards to refuse."""
        return self.role in MAY_EDIT

    @property
    def may_own(self) -> bool:
        """Whether the role handles the team and the tokens."""
        return self.role in MAY_OWN

    @property
    def may_serve(self) -> bool:
        """Whether the role serves customers at the counter."""
        return self.role in MAY_SERVE

    @cached_property
    def switched_on(self) -> frozenset[str]:
        """The names of the areas that it has switched on."""
        return areas.switched_on(self.areas)

    def has(self, area: str | None) -> bool:
        """Whether it has the area switched on; what belongs to none is there for all."""
        return area is None or area in self.switched_on

    @property
    def home_id(self) -> int:
        """The live partner, also in its test mode."""
        return self.live_partner_id or self.id

    @cached_property
    def live_name(self) -> str:
        """What the live partner is called, also in its test mode."""
        return self.row.live_partner.name if self.is_test else self.name

    @property
    def must_accept_terms(self) -> bool:
        """Whether an owner is asked to accept the terms of use: a version is in force that none has accepted yet."""
        return (
            self.may_own
            and not self.is_inherited
            and not self.disabled_at
            and (self.present_terms or 0) > (self.accepted_terms or 0)
        )

    @cached_property
    def row(self) -> Partner:
        """The partner as a row of its table."""
        return Partner.get_by_id(self.id)


@login_manager.user_loader
def _load_person(key: str) -> Person | None:
    found = sign_ins.find(key)
    return found and Person(
        key=key,
        sign_in_id=found.sign_in_id,
        user_id=found.user_id,
        mail=found.mail,
        name=found.name,
        is_operator=bool(found.is_operator),
        is_proved=bool(found.is_proved),
        chosen_partner=found.acting_partner_id,
        language=found.language,
    )


def stay(key: str) -> None:
    """Go on in this browser under a new secret: copies of the cookie that it had are worth nothing."""
    session["_user_id"] = key


def sign_in(key: str) -> None:
    """Begin a browser session for the sign-in; what the session held before is dropped, so that none can be planted.

    Only the name under which forms that were sent before are kept stays: it opens nothing by itself."""
    browser = session.get(BROWSER)
    session.clear()
    session.update({BROWSER: browser} if browser else {})
    session["_user_id"] = key
    session["_fresh"] = True
