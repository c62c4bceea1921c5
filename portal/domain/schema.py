"""Every table, in one list, for migrations, verify, backup and the tests."""

from portal.domain.accounts import notification_tables as notifications
from portal.domain.accounts import second_factor_tables as second_factor
from portal.domain.accounts import tables as accounts
from portal.domain.accounts import team_tables as team
from portal.domain.accounts import terms_tables as terms
from portal.domain.affiliate import import_tables as imports
from portal.domain.affiliate import notice_tables as notices
from portal.domain.affiliate import payout_tables as payouts
from portal.domain.affiliate import tables as affiliate
from portal.domain.affiliate import view_tables as views
from portal.domain.events import tables as events
from portal.domain.ledger import tables as ledger
from portal.domain.mail import tables as mail
from portal.domain.members import tables as members
from portal.domain.pictures import tables as pictures
from portal.domain.traces import tables as traces

# What migrations put in, and tests and restores do not take for data.
FILLED_BY_MIGRATIONS = ("category", "sequence")

MODELS = [
    accounts.Partner,
    accounts.User,
    accounts.Membership,
    accounts.SignIn,
    accounts.PasswordReset,
    accounts.ClientToken,
    accounts.InstallationFact,
    accounts.IdempotencyRecord,
    second_factor.SecondFactor,
    second_factor.RecoveryCode,
    second_factor.HalfSignIn,
    notifications.NotificationChoice,
    team.Invitation,
    terms.TermsVersion,
    terms.TermsAcceptance,
    members.Member,
    events.Event,
    events.EventBatch,
    events.Sequence,
    affiliate.Category,
    affiliate.Catalog,
    affiliate.Offer,
    affiliate.PromoterTerms,
    affiliate.OfferPrice,
    affiliate.Landing,
    affiliate.Promotion,
    affiliate.PromoCode,
    affiliate.Click,
    affiliate.Deal,
    payouts.PayoutDetails,
    payouts.PayoutRun,
    payouts.Payout,
    payouts.PayoutItem,
    payouts.DealQuestion,
    views.SavedView,
    imports.DealImport,
    imports.ImportFile,
    imports.ImportRow,
    notices.GatheredNotice,
    ledger.Transfer,
    ledger.Entry,
    pictures.Picture,
    mail.Mail,
    traces.RefusalCount,
    traces.Refusal,
]
