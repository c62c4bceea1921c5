"""What people typed travels in mails as text: bounded, marked as theirs, and never as a link."""

import re

import pytest

from portal import languages
from portal.domain.accounts.tables import Partner, User
from portal.domain.accounts.team import invitations
from portal.domain.affiliate.questions import questions
from portal.domain.mail import words, written
from portal.domain.mail.tables import Mail

# What mail programs make a link of; an address of our own stands alone on its line.
LINK = re.compile(r"\w+:/|\bwww\.|\w[.。．｡][^\W\d_]|\w@\w[^\s\[]*\.\w|mailto:\S", re.IGNORECASE)
LURES = [
    "Visit http://evil.example",
    "HTTPS://EVIL.EXAMPLE/x",
    "www.evil.example",
    "evil.example",
    "evil。example",
    "evil．example",
    "write to a@evil.example",
    "mailto:a@evil.example",
    "http://10.0.0.1/x",
    "tel:+123",
    "javascript:x",
    "evil.xn--p1ai",
    "a.b.evil.рф",
    "हिन्दी.कॉम",
]
# What hides in a word, so that it looks like no end of one: vowel signs and accents that stand alone, what cannot be seen.
UNSEEN = ["\xad", "\u200b", "\u200d", "\u2060", "\ufe0f", "\u0338", "\u093f"]  # fmt: skip


@pytest.mark.parametrize("lure", LURES)
def test_no_lure_becomes_a_link(lure):
    assert not LINK.search(words.unlinked(lure)) and "[" in words.unlinked(lure)


@pytest.mark.parametrize("unseen", UNSEEN, ids=ascii)
def test_nor_does_one_in_which_something_hides(unseen):
    for lure in ("evil{}.example", "evil.{}example", "evil.exa{}mple", "http{}://10", "http:{}//10"):
        shown = words.unlinked(lure.format(unseen))
        assert "[.]" in shown or "[:]" in shown, ascii(shown)
        assert words.unlinked(shown) == shown


@pytest.mark.parametrize(
    "plain", ["Acme Ltd.", "A. B. Smith", "1.500,00 EUR", "At 10:30: come", "Mr & Mrs", "Note: this"]
)
def test_what_is_none_stays_as_it_is(plain):
    assert words.unlinked(plain) == plain


def test_a_text_of_somebody_else_is_marked_in_every_line_and_bounded():
    assert words.quoted("a\n\n--\nYour account is closed") == "> a\n>\n> --\n> Your account is closed"
    assert len(words.quoted("x" * 2000)) == words.LONGEST_TEXT + 2 and words.quoted("x" * 2000).endswith("…")
    assert words.line("a\nb " * 40).endswith("…") and len(words.line("a\nb " * 40)) <= words.LONGEST_NAME


def lured(text: str) -> list[str]:
    """The links in a mail that are not addresses of this portal on a line of their own."""
    return [row for row in text.splitlines() if LINK.search(re.sub(r"http://127\.0\.0\.1:8000/\S+$", "", row))]


def test_neither_a_partner_nor_a_person_lures_by_an_invitation(world):
    lure = "Visit http://evil.example or www.evil.example and a@evil.example " * 2
    Partner.update(name=lure[:120]).where(Partner.id == world.acme.id).execute()
    User.update(name=lure[:120]).where(User.id == world.acme.users["owner"].id).execute()
    partner, owner = Partner.get_by_id(world.acme.id), world.acme.users["owner"].id
    link = "http://127.0.0.1:8000/invitation/{}".format
    invitations.invite(partner, "mia@members.example", "viewer", owner, link)
    mail = Mail.get()
    assert not lured(mail.text) and not lured(mail.subject) and "evil[.]example" in mail.text
    assert max(map(len, (mail.subject, *mail.text.splitlines()))) < 300


def test_nor_does_a_promoter_by_what_it_asks(market):
    market.report("Paid")
    Mail.delete().execute()
    questions.ask(market.world.northwind.id, market.deal().uuid, "See http://evil.example\nor www.evil.example\n" * 40)
    text = Mail.select().first().text
    assert not lured(text) and "> See http[:]//evil[.]example" in text and len(text) < 2000


@pytest.mark.parametrize("language", languages.NAMES)
@pytest.mark.parametrize("text", sorted(path.stem for path in written._TEXTS.glob("[a-z]*.txt")))
def test_every_text_breaks_up_what_somebody_may_have_typed(text, language):
    source = (written._TEXTS / f"{text}.txt").read_text()
    ours = written._OUR_ADDRESSES
    values = {
        place: "http://127.0.0.1:8000/x" if place in ours else LURES[0] for place in re.findall(r"\$(\w+)", source)
    }
    assert not lured(written.text(text, values, language))


def test_the_address_of_a_club_is_whole_in_what_it_mails():
    place = "http://127.0.0.1:8000/club/acme"
    for text in (path.stem for path in written._TEXTS.glob("club_*.txt")):
        names = re.findall(r"\$(\w+)", (written._TEXTS / f"{text}.txt").read_text())
        values = dict.fromkeys(names, LURES[0]) | {"place": place}
        assert any(row.endswith(f" {place}") for row in written.text(text, values, "en").splitlines()), text
