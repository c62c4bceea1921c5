"""Cards in the wallets of phones: what a company sets up, the pass it signs for Apple's, the link it signs for Google's."""

import json
import re
import subprocess
from base64 import urlsafe_b64decode
from datetime import timedelta
from hashlib import sha1
from io import BytesIO
from zipfile import ZipFile

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from PIL import Image

from portal import clock, languages
from portal.domain.accounts.tables import Partner
from portal.domain.cards.cards import cards
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.operations import booking
from portal.domain.cards.operations.booking import Asked
from portal.domain.cards.wallets import setups
from portal.domain.cards.wallets.tables import WalletSetup
from portal.domain.events.tables import Event
from portal.domain.members import members
from portal.domain.members.tables import Member
from tests.support import loyalty, wallets
from tests.support.cast import PASSWORD
from tests.support.loyalty import NEEDS

PAGES = pytest.mark.engine("sqlite")


@pytest.fixture
def card(world):
    """A stamp card of acme's, of which wallets take copies."""
    wallets.set_up(world.acme)
    return loyalty.card(world.acme, 0, name="Coffee")


def taken(world, card) -> dict[str, bytes]:
    """The files of the pass that a phone gets."""
    answer = world.anonymous().get(f"/c/{card.key}.pkpass")
    assert answer.status_code == 200 and answer.content_type == "application/vnd.apple.pkpass"
    archive = ZipFile(BytesIO(answer.data))
    return {name: archive.read(name) for name in archive.namelist()}


def shown(world, card) -> dict:
    return json.loads(taken(world, card)["pass.json"])


def refused(world, files: wallets.Files, **typed) -> str:
    """What the page says of these files."""
    sent = {name: (BytesIO(body), f"{name}.pem") for name, body in files._asdict().items() if body}
    answer = world.as_("acme").post("/account/wallets/apple", {**sent, "password": PASSWORD, **typed})
    assert answer.status_code == 422 and not setups.of(world.acme.id)
    return answer.text


@PAGES
def test_the_signature_of_a_pass_is_the_companys_by_openssl(world, card, tmp_path):
    files = taken(world, card)
    for name, body in {**files, "above.pem": wallets.apple().intermediate}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(body)
    command = ["openssl", "smime", "-verify", "-inform", "DER", "-in", "signature", "-content", "manifest.json"]
    command += ["-CAfile", "above.pem", "-purpose", "any", "-binary"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True)
    assert done.returncode == 0 and done.stdout == files["manifest.json"], done.stderr
    (tmp_path / "manifest.json").write_bytes(files["manifest.json"] + b" ")
    assert subprocess.run(command, cwd=tmp_path, capture_output=True).returncode != 0


@PAGES
def test_a_pass_lists_each_of_its_files_by_its_digest_and_has_its_icons(world, card):
    files = taken(world, card)
    listed = json.loads(files["manifest.json"])
    assert listed == {name: sha1(files[name]).hexdigest() for name in files.keys() - {"manifest.json", "signature"}}
    sizes = {name: Image.open(BytesIO(files[name])).size for name in files if name.startswith("icon")}
    assert sizes == {"icon.png": (29, 29), "icon@2x.png": (58, 58), "icon@3x.png": (87, 87)}


@PAGES
@pytest.mark.parametrize(("kind", "mechanics"), NEEDS)
def test_a_pass_shows_what_is_on_a_card_of_each_type(world, kind, mechanics):
    wallets.set_up(world.acme)
    card = loyalty.card(world.acme, kind, mechanics, background="#102030")
    told = shown(world, card)
    assert (told["passTypeIdentifier"], told["teamIdentifier"], told["serialNumber"]) == (
        wallets.PASS_TYPE, wallets.TEAM, card.serial,
    )  # fmt: skip
    fields = told["coupon" if kind == 3 else "storeCard"]
    assert fields["primaryFields"][0]["value"] and told["backgroundColor"] == "rgb(16, 32, 48)"
    assert told["barcodes"][0]["message"] == card.serial.replace("-", "")


@PAGES
def test_a_pass_shows_the_stamps_that_are_on_the_card_now(world, card):
    booking.book(world.acme.id, card.serial, Asked("add-stamp", 3))
    assert shown(world, card)["storeCard"]["primaryFields"][0]["value"] == "3 of 10 stamps"


@PAGES
@pytest.mark.parametrize("wallet", [".pkpass", "/google"])
def test_programs_and_people_of_the_partner_install_nothing(world, card, wallet):
    place, reader = f"/c/{card.key}{wallet}", {"User-Agent": "Slackbot-LinkExpanding 1.0"}
    assert world.anonymous().client.head(place).status_code < 400
    assert world.anonymous().get(place, headers=reader).status_code < 400
    assert world.as_("acme", "cashier").get(place).status_code < 400
    assert Card.get_by_id(card.id).installed_at is None


def test_whoever_takes_a_pass_has_installed_the_card_there(world, card):
    world.anonymous().get(f"/c/{card.key}.pkpass")
    assert Card.get_by_id(card.id).device == "apple" and Card.get_by_id(card.id).installed_at
    world.anonymous().get(f"/c/{card.key}/google")
    assert Card.get_by_id(card.id).device == "google"
    assert Event.select().where(Event.type == "card.installed").count() == 1


@PAGES
def test_a_link_to_google_is_signed_with_the_companys_key_for_this_card(world, card):
    answer = world.anonymous().get(f"/c/{card.key}/google")
    place, _, token = answer.location.rpartition("/")
    head, claims, signature = token.split(".")
    of = lambda part: urlsafe_b64decode(part + "=" * (-len(part) % 4))  # noqa: E731
    wallets.key("account").public_key().verify(of(signature), f"{head}.{claims}".encode(), PKCS1v15(), SHA256())
    assert place == "https://pay.google.com/gp/v/save" and answer.headers["Referrer-Policy"] == "no-referrer"
    told = json.loads(of(claims))
    assert json.loads(of(head)) == {"alg": "RS256", "typ": "JWT", "kid": "k1"}
    assert (told["iss"], told["aud"], told["typ"]) == ("cards@acme.example", "google", "savetowallet")
    (one,), (kind,) = told["payload"]["loyaltyObjects"], told["payload"]["loyaltyClasses"]
    assert one["id"] == f"{wallets.ISSUER}.{card.serial.replace('-', '')}" and one["classId"] == kind["id"]
    assert one["barcode"]["value"] == card.serial.replace("-", "") and kind["programName"] == "Coffee"
    icon = world.anonymous().get(kind["programLogo"]["sourceUri"]["uri"])
    assert Image.open(BytesIO(icon.data)).size == (660, 660)


def strings(files: dict[str, bytes], language: str) -> dict[str, str]:
    """What a pass has for texts in a language."""
    lines = re.findall(
        r'^"((?:[^"\\]|\\.)*)" = "((?:[^"\\]|\\.)*)";$', files[f"{language}.lproj/pass.strings"].decode(), re.M
    )
    assert len(lines) == files[f"{language}.lproj/pass.strings"].count(b"\n")
    return dict(lines)


@PAGES
@pytest.mark.parametrize(("kind", "mechanics"), NEEDS)
def test_a_phone_finds_every_word_of_ours_on_a_pass_in_each_language(world, kind, mechanics):
    wallets.set_up(world.acme)
    card = loyalty.card(world.acme, kind, mechanics, name="Кофе", texts={"about": "О карте", "terms": "Условия"})
    files = taken(world, card)
    texts = {language: strings(files, language) for language in languages.NAMES}
    fields = json.loads(files["pass.json"])["coupon" if kind == 3 else "storeCard"]
    said = [
        field[name]
        for group in fields.values()
        for field in group
        for name in ("label", "value", "changeMessage")
        if field.get(name)
    ]
    assert {frozenset(its) for its in texts.values()} == {frozenset(texts["en"])} and texts["en"].keys() <= set(said)
    assert texts["en"] == {text: text for text in texts["en"]}
    labels = {field["label"] for group in fields.values() for field in group if field["label"]}
    assert labels <= texts["ru"].keys(), labels - texts["ru"].keys()
    # Whatever has letters is said in Russian: names of people, currencies and addresses have none.
    letters = [text for text in said if re.search("[A-Za-z]{2}", re.sub("EUR|%@|http.*|Customer.*", "", text))]
    assert set(letters) <= texts["ru"].keys()
    assert not [text for text in texts["ru"].values() if re.search("[A-Za-z]{2}", text.replace("EUR", ""))]


@PAGES
def test_what_somebody_typed_stays_on_a_pass_though_it_is_a_word_of_ours(world):
    wallets.set_up(world.acme)
    card = loyalty.card(world.acme, 0, name="Rewards", texts={"about": 'A "cup"\nof \\ tea'})
    members.change(card.member, {"first_name": "Number", "surname": None})
    files = taken(world, card)
    told, texts = json.loads(files["pass.json"]), strings(files, "ru")
    holder, number = told["storeCard"]["auxiliaryFields"]
    assert texts[number["label"]] == "Номер" and holder["value"] not in texts and holder["value"].startswith("Number")
    assert texts[holder["label"]] == "Имя"
    assert texts["Rewards"] == "Награды" and told["logoText"] not in texts and told["description"] not in texts
    assert told["storeCard"]["backFields"][2]["value"] == 'A "cup"\nof \\ tea'


@PAGES
def test_phones_of_other_languages_show_the_companys(world, card):
    Partner.update(language="ru").where(Partner.id == world.acme.id).execute()
    told = shown(world, card)["storeCard"]
    assert [field["label"] for field in told["auxiliaryFields"]] == ["Имя", "Номер"]


@PAGES
def test_google_has_labels_in_each_language_and_what_is_on_the_card_in_the_holders(world, card):
    Member.update(language="ru").where(Member.id == card.member_id).execute()
    token = world.anonymous().get(f"/c/{card.key}/google").location.rpartition("/")[2].split(".")[1]
    [one] = json.loads(urlsafe_b64decode(token + "=" * (-len(token) % 4)))["payload"]["loyaltyObjects"]
    points = one["loyaltyPoints"]
    assert points["balance"] == {"string": "Штампов: 0 из 10"}
    assert points["localizedLabel"]["defaultValue"] == {"language": "ru", "value": points["label"]}
    assert [each["language"] for each in points["localizedLabel"]["translatedValues"]] == ["en"]
    assert points["label"] != points["localizedLabel"]["translatedValues"][0]["value"]


def test_json_and_the_page_lead_to_wallets_that_are_on_and_to_no_others(world, client, card):
    def told() -> tuple:
        answer = client.get(f"/api/v2/cards/{card.serial}", headers={"X-API-Key": world.acme.token}).json["data"]
        page = world.anonymous().get(f"/club/acme/c/{card.key}").text
        links = answer["directInstallLink"]
        return links["apple"], links["google"], "Add to Apple Wallet" in page, "Add to Google Wallet" in page

    page = f"http://{world.anonymous().app.config['SETTINGS'].public_url.partition('://')[2]}/c/{card.key}"
    assert told() == (f"{page}.pkpass", f"{page}/google", True, True)
    setups.switch(world.acme.id, "apple", False)
    assert told() == (None, f"{page}/google", False, True)
    assert world.anonymous().get(f"/c/{card.key}.pkpass").status_code == 404
    setups.remove(world.acme.id, "google")
    assert told() == (None, None, False, False)
    assert world.anonymous().get(f"/c/{card.key}/google").status_code == 404


def test_a_certificate_that_has_ended_signs_nothing_and_is_in_no_link(world, client, card):
    past = clock.now() - timedelta(days=1)
    WalletSetup.update(ends_at=past).where(WalletSetup.wallet == "apple").execute()
    answer = client.get(f"/api/v2/cards?customerId={card.member.uuid}", headers={"X-API-Key": world.acme.token})
    assert answer.json["data"][0]["directInstallLink"]["apple"] is None
    assert world.anonymous().get(f"/c/{card.key}.pkpass").status_code == 404
    assert "Certificate ended" in world.as_("acme").get("/account/wallets").text


def test_keys_of_one_company_sign_no_card_of_another(world, card):
    theirs = loyalty.card(world.rival)
    assert world.anonymous().get(f"/c/{theirs.key}.pkpass").status_code == 404
    row = WalletSetup.get(WalletSetup.wallet == "apple")
    row.partner_id = world.rival.id
    with pytest.raises(setups.sealing.Unreadable):  # A row that was moved is not readable there either.
        setups.apple(row)


@PAGES
def test_a_deleted_card_is_put_into_no_wallet(world, card):
    cards.delete(card)
    assert {world.anonymous().get(f"/c/{card.key}{end}").status_code for end in (".pkpass", "/google")} == {404}


@PAGES
def test_private_keys_are_sealed_and_on_no_page_and_in_no_event(world, card):
    kept = [json.dumps([row.sealed, row.told]) for row in WalletSetup.select()]
    kept += [json.dumps(event.data) for event in Event.select().where(Event.type == "wallet.set_up")]
    kept += [world.as_("acme").get(f"/account/wallets{page}").text for page in ("", "/apple", "/google")]
    assert len(kept) == 7
    for name in ("pass", "account"):
        line = wallets.pem(wallets.key(name)).decode().splitlines()[2]
        assert not any("PRIVATE KEY-----" in one or line in one for one in kept)


@PAGES
def test_keys_are_set_up_on_the_page_with_the_password_alone(world):
    sent = {name: (BytesIO(body), name) for name, body in wallets.apple()._asdict().items()}
    page = world.as_("acme").post("/account/wallets/apple", {**sent, "password": PASSWORD})
    assert page.status_code == 303
    typed = {"issuer": wallets.ISSUER, "account": (BytesIO(wallets.account()), "a.json"), "password": PASSWORD}
    assert world.as_("acme").post("/account/wallets/google", typed).status_code == 303
    shown = world.as_("acme").get("/account/wallets").text
    assert wallets.PASS_TYPE in shown and wallets.TEAM in shown and wallets.ISSUER in shown
    assert world.as_("acme").post("/account/wallets/switching", {"wallet": "apple", "on": "0"}).status_code == 303
    assert not setups.of(world.acme.id)["apple"].is_on
    assert world.as_("acme").post("/account/wallets/removal", {"wallet": "google"}).status_code == 303
    assert set(setups.of(world.acme.id)) == {"apple"}


@PAGES
def test_files_that_do_not_belong_together_are_told_apart(world):
    good = wallets.apple()
    other = wallets.certificate("other", "other", {wallets.NameOID.COMMON_NAME: "other"}, is_authority=True)
    stranger = other.public_bytes(wallets.Encoding.PEM)
    assert "This is not your password" in refused(world, good, password="another one")
    assert "This key is not that of the certificate" in refused(
        world, good._replace(key=wallets.pem(wallets.key("other")))
    )
    assert "did not issue the first one" in refused(world, good._replace(intermediate=stranger))
    assert "ended on" in refused(world, wallets.apple(days=-1))
    assert "is not for passes" in refused(world, wallets.apple(pass_type="com.example.app"))
    assert "There is no certificate" in refused(world, good._replace(certificate=b"-----BEGIN nonsense"))
    assert "larger than 32 kB" in refused(world, good._replace(certificate=good.certificate + b" " * 40_000))
    assert "There is no key" in refused(world, good._replace(key=b""))


@PAGES
def test_a_key_that_would_take_minutes_to_be_looked_at_is_refused_by_its_size_alone(world):
    """Both are unsound, which is not looked at: of a huge key that takes longer than a worker of the web lives."""
    good, large = wallets.apple(), wallets.unsound_key(4500)
    of_another_kind = b"-----BEGIN PRIVATE KEY-----\n" + b"A" * 5000 + b"\n-----END PRIVATE KEY-----"
    for key in (large, of_another_kind):
        assert "2048 to 4096 bits" in refused(world, good._replace(key=key))
        typed = {"issuer": wallets.ISSUER, "account": (BytesIO(wallets.account(private_key=key.decode())), "a.json")}
        page = world.as_("acme").post("/account/wallets/google", typed | {"password": PASSWORD})
        assert page.status_code == 422 and "2048 to 4096 bits" in page.text
    assert "There is no key" in refused(world, good._replace(key=wallets.unsound_key(3000)))


@PAGES
def test_a_certificate_that_cannot_be_read_to_its_end_is_none(world):
    good = wallets.apple()
    own = x509.load_pem_x509_certificate(good.certificate).public_bytes(wallets.Encoding.DER)
    unread = [
        (b"TEAM123456", b"TEAM\xff23456"),
        (bytes.fromhex("2a864886f70d010101"), bytes.fromhex("2a864886f70d01017f")),
    ]
    for written, broken in unread:
        page = refused(world, good._replace(certificate=own.replace(written, broken)))
        assert "There is no certificate" in page
    assert "does not name a team" in refused(world, wallets.apple(team="TEAM\x00"))


@PAGES
@pytest.mark.parametrize(
    "account",
    [
        b"",
        b"[" * 15_000,
        b"{}",
        wallets.account(private_key="-----BEGIN"),
        wallets.account(type="user"),
        wallets.account(client_email="\ud800@acme.example"),
        wallets.account(client_email="a\x00b@acme.example"),
        b"\xff" * 9,
        b" " * 20_000,
    ],
)
def test_what_is_no_key_of_a_service_account_is_refused(world, account):
    typed = {"issuer": wallets.ISSUER, "account": (BytesIO(account), "a.json"), "password": PASSWORD}
    assert world.as_("acme").post("/account/wallets/google", typed).status_code == 422
    assert not setups.of(world.acme.id)
