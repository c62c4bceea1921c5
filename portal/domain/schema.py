"""Every table, in one list, for migrations, verify, backup and the tests."""

from portal.domain.accounts import tables as accounts
from portal.domain.accounts.notifications import tables as notifications
from portal.domain.accounts.partners import terms_tables as terms
from portal.domain.accounts.sign_ins import tables as second_factor
from portal.domain.accounts.team import tables as team
from portal.domain.affiliate.catalogs import tables as catalogs
from portal.domain.affiliate.clicks import tables as clicks
from portal.domain.affiliate.deals import tables as deals
from portal.domain.affiliate.imports import tables as imports
from portal.domain.affiliate.ledger import tables as ledger
from portal.domain.affiliate.notices import tables as notices
from portal.domain.affiliate.payouts import tables as payouts
from portal.domain.affiliate.promotions import tables as promotions
from portal.domain.affiliate.questions import tables as questions
from portal.domain.events import tables as events
from portal.domain.mail import tables as mail
from portal.domain.members import tables as members
from portal.domain.offers import tables as offers
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
    offers.Category,
    offers.Catalog,
    offers.Offer,
    catalogs.PromoterTerms,
    offers.OfferPrice,
    catalogs.Landing,
    promotions.Promotion,
    promotions.PromoCode,
    clicks.Click,
    deals.Deal,
    payouts.PayoutDetails,
    payouts.PayoutRun,
    payouts.Payout,
    payouts.PayoutItem,
    questions.DealQuestion,
    deals.SavedView,
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
