"""What partners, their people and their tokens add to what the areas share."""

from portal.domain.accounts import facts, keeping, promises, searches, seldom, tables, things
from portal.domain.accounts.locations import tables as locations
from portal.domain.accounts.notifications import tables as notifications
from portal.domain.accounts.origins import tables as origins
from portal.domain.accounts.partners import terms_tables as terms
from portal.domain.accounts.sign_ins import tables as second_factor
from portal.domain.accounts.sign_ups import tables as sign_ups
from portal.domain.accounts.team import tables as team
from portal.domain.areas import Area

AREA = Area(
    tables=(
        tables.Partner,
        tables.User,
        tables.Membership,
        tables.SignIn,
        tables.PasswordReset,
        tables.ClientToken,
        tables.InstallationFact,
        tables.IdempotencyRecord,
        second_factor.SecondFactor,
        second_factor.RecoveryCode,
        second_factor.HalfSignIn,
        second_factor.Guess,
        sign_ups.HalfSignUp,
        second_factor.AskedLink,
        notifications.NotificationChoice,
        team.Invitation,
        terms.TermsVersion,
        terms.TermsAcceptance,
        locations.Location,
        locations.Posting,
        origins.BrowserOrigin,
    ),
    facts=facts.FACTS,
    kinds=facts.KINDS,
    fields=facts.FIELDS,
    things=things.THINGS,
    searches=searches.SEARCHES,
    seldom=seldom.SELDOM,
    promises=promises.PROMISES,
    keeping=keeping.KEEPING,
)
