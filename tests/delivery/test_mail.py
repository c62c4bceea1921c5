"""A mail arrives as it was written, once, or it is known why not."""

import base64
import email
import email.header
import email.policy

import pytest

from portal.delivery.errors import MailDeferred, MailRefused
from portal.delivery.mail import send
from portal.delivery.mail_message import Mail, compose, mail_address, message_id
from portal.delivery.smtp_settings import SmtpSettings, parse_smtp_url

from .certificates import certificate
from .servers import serving
from .smtp_server import HANG_UP, postman

SENDER = "The Portal <portal@portal.example>"
WELCOME = Mail("welcome-7", "mia@club.example", "Willkommen, Mïa ☃", "Grüße\n.\n..\nFrom here on.\n")


def settings(served, **options) -> SmtpSettings:
    return SmtpSettings("127.0.0.1", served.port, SENDER, **options)


def arrived(served):
    raw = next(row for row in served.received if b"Message-ID" in row)
    return email.message_from_bytes(raw.replace(b"\r\n..", b"\r\n."), policy=email.policy.default)


def deliver(replies=None, mail=WELCOME):
    with serving(postman(replies)) as served:
        send(mail, settings(served))
    return served


def test_a_mail_arrives_as_it_was_written():
    with serving(postman()) as served:
        known_as = send(WELCOME, settings(served))
    mail = arrived(served)
    assert mail["To"] == "mia@club.example"
    assert mail["From"] == SENDER
    assert mail["Subject"] == WELCOME.subject
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Date"].datetime
    assert mail["Message-ID"] == known_as
    assert mail.get_content().replace("\r\n", "\n") == WELCOME.text
    assert b"mail FROM:<portal@portal.example>" in served.received[1]
    assert served.received[2] == b"rcpt TO:<mia@club.example>\r\n"


def test_what_is_on_the_wire_is_ascii():
    deliver().received[4].decode("ascii")


def test_a_link_that_ends_mails_arrives_as_programs_read_it():
    """In one piece, however long it is (RFC 2369, RFC 8058)."""
    link = f"<https://portal.example/{'long-' * 40}>"
    headers = {"List-Unsubscribe": link, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    lines = deliver(mail=Mail("ended", "mia@club.example", "Hello", "Text", headers)).received[4].split(b"\r\n")
    assert f"List-Unsubscribe: {link}".encode() in lines
    assert b"List-Unsubscribe-Post: List-Unsubscribe=One-Click" in lines


def test_a_retry_is_known_by_its_message_id():
    first, again = arrived(deliver())["Message-ID"], arrived(deliver())["Message-ID"]
    other = message_id("welcome-8", SENDER)
    assert first == again == message_id("welcome-7", SENDER) != other
    assert first.endswith("@portal.example>")


def test_a_header_of_the_callers_is_sent():
    mail = Mail("1", "mia@club.example", "Hi", "Hi", {"List-Unsubscribe": "<https://portal.example/stop>"})
    assert arrived(deliver(mail=mail))["List-Unsubscribe"] == "<https://portal.example/stop>"


BREAKS = ["\r\n", "\n", "\r", "\x00", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029"]


@pytest.mark.parametrize("gap", BREAKS, ids=repr)
@pytest.mark.parametrize(
    "spoil",
    [
        lambda gap: Mail("1", f"mia@club.example{gap}Bcc: rival@rival.example", "Hi", "Hi"),
        lambda gap: Mail("1", f"mia@club.example{gap}", "Hi", "Hi"),
        lambda gap: Mail("1", f"Mia{gap}<mia@club.example>", "Hi", "Hi"),
        lambda gap: Mail("1", "mia@club.example", f"Hi{gap}Bcc: rival@rival.example", "Hi"),
        lambda gap: Mail("1", "mia@club.example", f"Hi{gap}", "Hi"),
        lambda gap: Mail("1", "mia@club.example", "Hi", "Hi", {"X-Note": f"a{gap}Bcc: rival@rival.example"}),
        lambda gap: Mail("1", "mia@club.example", "Hi", "Hi", {f"X-Note{gap}Bcc": "rival@rival.example"}),
    ],
    ids=["address", "end of address", "name", "subject", "end of subject", "header", "header name"],
)
def test_no_line_break_gets_into_a_header(spoil, gap):
    with pytest.raises(MailRefused):
        compose(spoil(gap), SENDER)


LURE = "=?utf-8?q?Hi=0d=0aBcc:_rival@rival.example=0d=0a=0d=0aA_lure?="
HEADERS = [
    "Message-ID", "Date", "Auto-Submitted", "From", "To", "Subject", "Content-Type", "Content-Transfer-Encoding", "MIME-Version",
]  # fmt: skip


@pytest.mark.parametrize(
    "lure", [LURE, LURE.replace("?q?", "?Q?"), f"Hello {LURE}", "=?utf-8?b?DQpCY2M6IHJAci5leGFtcGxl?="]
)
@pytest.mark.parametrize("place", ["subject", "name", "header"])
def test_what_looks_like_an_encoded_word_stays_text(place, lure):
    """It reached the wire as headers and a body of the stranger's: text from outside is never parsed as a header."""
    mail = Mail(
        "1",
        f"{lure} <mia@club.example>" if place == "name" and "@" not in lure else "mia@club.example",
        lure if place == "subject" else "Hi",
        "The text\n",
        {"X-Note": lure} if place == "header" else {},
    )
    sender = SENDER if place != "name" else f'"{lure.replace("@", " ")}" <portal@portal.example>'
    with serving(postman()) as served:
        send(mail, SmtpSettings("127.0.0.1", served.port, sender))
    raw = next(row for row in served.received if b"Message-ID" in row)
    head, _, body = raw.partition(b"\r\n\r\n")
    names = [line.split(b":")[0].decode() for line in head.split(b"\r\n") if not line.startswith(b" ")]
    assert sorted(names) == sorted(HEADERS + ["X-Note"] * (place == "header"))
    assert body == b"The text\r\n"
    assert [row for row in served.received if row.lower().startswith(b"rcpt")] == [b"rcpt TO:<mia@club.example>\r\n"]
    found = {"subject": "Subject", "header": "X-Note"}.get(place)
    if found:
        shown = email.message_from_bytes(raw)[found]
        assert str(email.header.make_header(email.header.decode_header(shown))) == lure


@pytest.mark.parametrize(
    "name", ["Bcc", "bcc", "To", "From", "Subject", "Message-ID", "Content-Type", "Resent-To", "X Y", "X:", "", "Ü"]
)
def test_a_header_that_is_not_the_callers_is_refused(name):
    with pytest.raises(MailRefused):
        compose(Mail("1", "mia@club.example", "Hi", "Hi", {name: "rival@rival.example"}), SENDER)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "mia",
        "@club.example",
        "mia@",
        "mia@@club.example",
        "mia@club..example",
        "mia@club.example, rival@rival.example",
        "Mia <mia@club.example>, rival@rival.example",
        "Mia <mia@club.example> rival@rival.example",
        "<mia@club.example> <rival@rival.example>",
        "mia@club.example>",
        "<mia@club.example",
        "mia@club.example SIZE=1",
        "mia rival@club.example",
        ".mia@club.example",
        "mia.@club.example",
        '"mia rival"@club.example',
        "mïa@club.example",
        "mia@club.example;rival",
        "mia@0x7f.1",
        f"{'m' * 65}@club.example",
        "mia\ud800@club.example",
    ],
)
def test_what_is_no_single_address_is_refused(address):
    with pytest.raises(MailRefused):
        compose(Mail("1", address, "Hi", "Hi"), SENDER)


@pytest.mark.parametrize(
    ("text", "spec", "name"),
    [
        ("mia@club.example", "mia@club.example", ""),
        ("<mia@club.example>", "mia@club.example", ""),
        ("Mia <mia+tag@Club.Example>", "mia+tag@club.example", "Mia"),
        ('"Club, The" <c.l_u-b@club.example>', "c.l_u-b@club.example", "Club, The"),
        ("Club, The <o'club@club.example>", "o'club@club.example", "Club, The"),
        ("Mïa <mia@grün.example>", "mia@xn--grn-ioa.example", "Mïa"),
    ],
)
def test_an_address_is_read(text, spec, name):
    assert (mail_address(text).addr_spec, mail_address(text).display_name) == (spec, name)


@pytest.mark.parametrize("text", ["lone \ud800 surrogate"])
def test_text_that_no_mail_carries_is_refused(text):
    with pytest.raises(MailRefused):
        compose(Mail("1", "mia@club.example", "Hi", text), SENDER)
    with pytest.raises(MailRefused):
        compose(Mail("1", "mia@club.example", text, "Hi"), SENDER)


@pytest.mark.parametrize(
    "replies",
    [
        {"RCPT": "550 no such user"},
        {"MAIL": "553 not you"},
        {"DATA": "554 no"},
        {".": "552 too much"},
        {"RCPT": "551 moved"},
    ],
    ids=repr,
)
def test_a_mail_that_is_never_taken_is_refused(replies):
    with pytest.raises(MailRefused, match=next(iter(replies.values()))):
        deliver(replies)


@pytest.mark.parametrize(
    "replies",
    [
        {"greeting": "421 busy"},
        {"greeting": "554 closed"},
        {"greeting": HANG_UP},
        {"greeting": "hello"},
        {"EHLO": "421 later", "HELO": "421 later"},
        {"MAIL": "451 later"},
        {"MAIL": "530 sign in first"},
        {"RCPT": "450 greylisted"},
        {"RCPT": "421 going down"},
        {"RCPT": HANG_UP},
        {"DATA": "451 later"},
        {"DATA": HANG_UP},
        {".": "452 disk full"},
        {".": HANG_UP},
    ],
    ids=repr,
)
def test_a_mail_that_is_not_taken_now_is_deferred(replies):
    with pytest.raises(MailDeferred):
        deliver(replies)


@pytest.mark.parametrize("goodbye", [HANG_UP, "421 gone", "500 what"])
def test_a_mail_once_taken_is_sent_whatever_the_goodbye(goodbye):
    assert arrived(deliver({"QUIT": goodbye}))["To"] == "mia@club.example"


def test_a_server_that_is_down_or_silent_defers_the_mail():
    with serving(lambda line, served: line.recv(1)) as served, pytest.raises(MailDeferred):
        send(WELCOME, settings(served, timeout=0.1))
    with pytest.raises(MailDeferred, match="cannot be reached"):
        send(WELCOME, settings(served))


@pytest.mark.parametrize("dripped", ["greeting", "EHLO", "."])
def test_a_conversation_that_drips_ends_at_the_deadline(dripped):
    """Each byte is in time, and all of them are not."""

    with serving(postman(drips=dripped)) as served, pytest.raises(MailDeferred):
        send(WELCOME, settings(served, whole=0.4))


def test_the_portal_signs_in():
    with serving(postman()) as served:
        send(WELCOME, settings(served, user="portal", password="p@ss"))
    assert base64.b64decode(served.received[1].split()[2]) == b"\0portal\0p@ss"


def test_a_wrong_password_loses_no_mail():
    with serving(postman({"AUTH": "535 wrong"})) as served, pytest.raises(MailDeferred, match="535 wrong") as deferred:
        send(WELCOME, settings(served, user="portal", password="p@ss"))
    assert "p@ss" not in str(deferred.value) + repr(settings(served, password="p@ss"))


@pytest.fixture
def localhost_tls(tmp_path, monkeypatch):
    context, chain = certificate(tmp_path, "localhost")
    monkeypatch.setenv("SSL_CERT_FILE", str(chain))
    return context


def test_starttls_is_used_before_the_password(localhost_tls):
    with serving(postman(starttls=localhost_tls)) as served:
        smtp = parse_smtp_url(f"smtp://portal:secret@localhost:{served.port}?starttls=1", sender=SENDER)
        send(WELCOME, smtp)
    verbs = [row.split()[0].upper() for row in served.received[:4]]
    assert verbs == [b"EHLO", b"STARTTLS", b"EHLO", b"AUTH"]
    assert arrived(served)["To"] == "mia@club.example"


def test_without_the_starttls_that_was_asked_for_nothing_is_said():
    with serving(postman()) as served, pytest.raises(MailDeferred):
        send(WELCOME, settings(served, security="starttls", user="portal", password="secret"))
    assert not any(row.upper().startswith((b"AUTH", b"MAIL")) for row in served.received)


def test_smtps_is_encrypted_from_the_start(localhost_tls):
    with serving(postman(), tls=localhost_tls) as served:
        send(WELCOME, parse_smtp_url(f"smtps://localhost:{served.port}", sender=SENDER))
    assert arrived(served)["To"] == "mia@club.example"


def test_a_mail_server_with_a_strange_certificate_is_not_trusted(localhost_tls, monkeypatch):
    monkeypatch.delenv("SSL_CERT_FILE")
    with serving(postman(), tls=localhost_tls) as served, pytest.raises(MailDeferred, match="certificate"):
        send(WELCOME, parse_smtp_url(f"smtps://localhost:{served.port}", sender=SENDER))


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.example", ("mail.example", 25, "plain", "", "")),
        ("smtp://mail.example?starttls=1", ("mail.example", 587, "starttls", "", "")),
        ("smtp://u:p@mail.example:2525?starttls=true", ("mail.example", 2525, "starttls", "u", "p")),
        ("smtp://u:p@localhost:1025?starttls=0", ("localhost", 1025, "plain", "u", "p")),
        ("smtps://u%40x:p%2F%3A@mail.example", ("mail.example", 465, "tls", "u@x", "p/:")),
        ("smtps://[::1]:4650/", ("::1", 4650, "tls", "", "")),
    ],
)
def test_the_mail_server_is_named_by_one_url(url, expected):
    smtp = parse_smtp_url(url, sender=SENDER)
    assert (smtp.host, smtp.port, smtp.security, smtp.user, smtp.password) == expected


@pytest.mark.parametrize(
    "url",
    [
        "",
        "mail.example",
        "http://mail.example",
        "smtp://",
        "smtp://:25",
        "smtp://mail.example:0",
        "smtp://mail.example:port",
        "smtp://[mail.example",
        "smtp://mail.example/path",
        "smtp://mail.example?tls=1",
        "smtp://mail.example?starttls=maybe",
        "smtp://mail.example?starttls=1&starttls=0",
        "smtps://mail.example?starttls=1",
        "smtp://u:secret@mail.example",
    ],
)
def test_a_setting_that_cannot_be_meant_stops_with_a_sentence(url):
    with pytest.raises(ValueError, match="SMTP_URL") as stopped:
        parse_smtp_url(url, sender=SENDER)
    assert "secret" not in str(stopped.value)


def test_a_sender_that_is_no_address_stops_with_a_sentence():
    with pytest.raises(ValueError, match="sender"):
        parse_smtp_url("smtp://mail.example", sender="The Portal")
