"""What the operator's board says of the installation, and what it tells to do."""

from portal.domain.sentences import Sentence, counted, forms, joined, say

STATES = {"good": say("In order"), "look": say("Look at it"), "bad": say("Act now")}
ALL = {
    "good": say("Everything is in order."),
    "look": say("It works; something wants to be looked at."),
    "bad": say("Something does not work, or is missing. What to do stands beside it."),
}
# The worker's kinds of work, as portal/worker/drains.py names them.
KINDS = {
    "events": say("Event log"),
    "deals": say("Deals that are due"),
    "cards": say("Cards of which something ends"),
    "reservations": say("Reservations that run out"),
    "imports": say("Imports of deals"),
    "customer imports": say("Imports of customers"),
    "coupon codes": say("Codes of coupons"),
    "coupon imports": say("Imports of coupons"),
    "coupon mailings": say("Mailings of codes"),
    "feed codes": say("Codes that clicks drew"),
    "automatic pushes": say("Occasions of automatic pushes"),
    "pushes": say("Beginning of pushes"),
    "push recipients": say("Sending of pushes"),
    "wallets": say("Telling wallets what changed"),
    "notices": say("Gathered notices"),
    "links": say("Links that were asked for"),
    "mail": say("Mail"),
    "pictures": say("Pictures"),
    "housekeeping": say("Housekeeping"),
}
MAIL_GOES = say("Mail goes out.")
NO_SERVER = say("No mail server is set up: mail is kept here, and nobody receives it.")
SET_SMTP = say("Set SMTP_URL and MAIL_FROM, and start the portal again. Until then, hand links over yourself.")
MAIL_LATE = forms("1 mail waits for over ten minutes.", "{number} mails wait for over ten minutes.")
LOOK_AT_WORKER = say("See under Background work whether the worker looks, and in its log what the mail server says.")
MAIL_FAILED = forms("1 mail of the last day failed.", "{number} mails of the last day failed.")
SEND_AGAIN = say("Open the failed ones: each says why, and can be sent again.")
START_WORKER = say("Start the process “worker” of the Procfile, or see in its log why it ended.")
READ_LOG = say("It is tried again each minute. The worker’s log says what went wrong.")
BACK_UP = say("Run “flask --app portal backup FILE” every night, from cron or the timer in deploy/systemd.")
KEEP_ELSEWHERE = say("Keep a copy on another machine, and SECRET_KEY beside it.")
FREE_DISK = say("Remove old backups and logs, or give the machine a larger disk.")
WAITING = forms("1 partner waits to be confirmed.", "{number} partners wait to be confirmed.")
CONFIRM = say("Look who they are, and confirm them: until then their tokens are refused.")
_SIZES = ((1 << 40, "TB"), (1 << 30, "GB"), (1 << 20, "MB"), (1 << 10, "KB"))


def stands_still(kinds: list[str]) -> Sentence:
    """Which kinds of work nobody has looked at."""
    if len(kinds) == len(KINDS):
        return say("No worker has looked for over five minutes.")
    return counted(
        len(kinds),
        "1 kind of work was not looked at for over five minutes: {kinds}.",
        "{number} kinds of work were not looked at for over five minutes: {kinds}.",
        kinds=_named(kinds),
    )


def failed(kinds: list[str]) -> Sentence:
    """Which kinds of work failed a short while ago."""
    return say("Failed in the last ten minutes: {kinds}.", kinds=_named(kinds))


def size(number: int) -> str:
    """Bytes as people read them."""
    unit, name = next(((unit, name) for unit, name in _SIZES if number >= unit), (1, "bytes"))
    return f"{number / unit:.1f} {name}" if unit > 1 else f"{number} {name}"


def _named(kinds: list[str]) -> Sentence:
    return joined([KINDS[kind] for kind in kinds], ", ")
