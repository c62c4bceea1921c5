"""Invitations into a partner's team."""

from peewee import SQL, BigAutoField, CharField, Check, ForeignKeyField

from portal import clock
from portal.database import BaseModel, InstantField
from portal.domain.accounts.tables import Partner, User


class Invitation(BaseModel):
    """A mailed link by which somebody joins a team. It is open until it is accepted or withdrawn, and works until `expires_at`."""

    id = BigAutoField()
    partner = ForeignKeyField(Partner, backref="invitations", index=False)
    mail = CharField(254)  # lower case
    role = CharField(16)
    key_digest = CharField(64, unique=True)  # of the link that was mailed last
    invited_by = ForeignKeyField(User, null=True, on_delete="SET NULL")
    created_at = InstantField(default=clock.now)
    sent_at = InstantField(default=clock.now)
    expires_at = InstantField()
    accepted_at = InstantField(null=True)
    accepted_by = ForeignKeyField(User, null=True, on_delete="SET NULL")
    withdrawn_at = InstantField(null=True)

    class Meta:
        indexes = ((("partner", "created_at"), False),)
        constraints = [Check("role IN ('owner', 'manager', 'cashier', 'viewer')", "invitation_role_is_known")]


Invitation.add_index(
    Invitation.index(
        Invitation.partner,
        Invitation.mail,
        unique=True,
        where=SQL("accepted_at IS NULL AND withdrawn_at IS NULL"),
        name="invitation_open_once",
    )
)
