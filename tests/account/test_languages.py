"""Which language a page and a mail speak: the person's choice, else their partner's, else the browser's, else English."""

import re

from markupsafe import Markup

from portal import languages
from portal.domain.accounts.partners import profile
from portal.domain.accounts.tables import Partner, User
from portal.domain.mail import outbox
from portal.domain.mail.tables import Mail
from portal.domain.sentences import counted, say
from portal.web.sessions import PageSessions
from tests.support.newcomers import GOOD, sign_up
from tests.support.speaking import speaking

RUSSIAN = {"Accept-Language": "de-DE, ru-RU;q=0.9, en;q=0.5"}


def spoken(page) -> str:
    return page.text.split('<html lang="')[1][:2]


def test_a_stranger_reads_what_the_browser_asks_for(world):
    stranger = world.anonymous()
    page = stranger.get("/sign-in", headers=RUSSIAN)
    assert spoken(page) == "ru" and "<h1>Войти</h1>" in page.text
    assert "Accept-Language" in page.headers["Vary"]
    for asked in ("de", "", "en, ru;q=0.5", "ru;q=0", "x;q=y", "*"):
        assert spoken(stranger.get("/sign-in", headers={"Accept-Language": asked})) == "en", asked


def test_a_stranger_switches(world):
    stranger = world.anonymous()
    answer = stranger.post("/language", {"language": "ru", "next": "/sign-up"})
    assert (answer.status_code, answer.location) == (303, "/sign-up")
    assert spoken(stranger.get("/sign-in")) == "ru"
    assert stranger.post("/language", {"language": "xx"}).status_code == 400
    assert stranger.post("/language", {"language": "en", "next": "//evil.example"}).location == "/"
    assert spoken(stranger.get("/sign-in", headers=RUSSIAN)) == "en"


def test_who_switches_on_a_refused_form_reads_that_form_in_the_other_language(world):
    """It is shown in answer to the form, and the switch led a customer of somebody's club to the sign-in of partners."""
    stranger = world.anonymous()
    refused = stranger.post("/sign-up?from=x", {"company": ""})
    place = re.search(r'name="next" value="([^"]*)"', refused.text)[1]
    assert refused.status_code == 422 and place == "/sign-up?from=x"


def test_the_person_comes_before_the_partner_and_the_partner_before_the_browser(world):
    visitor, owner, partner = world.as_("acme"), world.acme.users["owner"], world.acme.partner
    assert spoken(visitor.get("/terms", headers=RUSSIAN)) == "ru"
    profile.change(partner, {"language": "en"})
    assert spoken(visitor.get("/terms", headers=RUSSIAN)) == "en"
    assert visitor.post("/account/details", {"name": owner.name, "language": "ru"}).location == "/account/details"
    assert spoken(visitor.get("/terms")) == "ru"
    assert spoken(world.as_("acme", "manager").get("/terms")) == "en"
    visitor.post("/account/details", {"name": owner.name, "language": ""})
    assert spoken(visitor.get("/terms", headers=RUSSIAN)) == "en"


def test_no_page_is_half_in_one_language_and_half_in_another(world, monkeypatch):
    """Partners' pages are not in Russian yet: all of each is English."""
    User.update(language="ru").where(User.id == world.acme.users["owner"].id).execute()
    visitor = world.as_("acme")
    assert spoken(visitor.get("/account/details")) == "en" and spoken(visitor.get("/deals/nothing")) == "en"
    monkeypatch.setattr(languages, "WHOLE", {"en", "ru"})
    assert spoken(visitor.get("/account/details")) == "ru"


def test_an_owner_chooses_for_all_of_the_partner(world):
    form = {"name": "Acme", "logo": "", "time_zone": "UTC", "currency": "USD", "language": "ru"}
    world.as_("acme").post("/account/partner/edit", form)
    assert Partner.get_by_id(world.acme.id).language == "ru"
    assert spoken(world.as_("acme", "viewer").get("/terms")) == "ru"
    assert world.as_("acme").post("/account/partner/edit", form | {"language": "xx"}).status_code == 422


def test_who_signs_up_is_written_to_as_they_read(world):
    sign_up(world.anonymous(), headers=RUSSIAN)
    assert Mail.get(Mail.to == GOOD["mail"]).text.startswith("Здравствуйте")
    assert User.get(User.mail == GOOD["mail"]).language == "ru"


def test_a_mail_speaks_to_its_receiver(world):
    owner, manager = world.acme.users["owner"], world.acme.users["manager"]
    User.update(language="ru").where(User.id == owner.id).execute()
    with speaking("ru"):
        sent = [
            outbox.put(user.mail, "Set a new password", "password_reset", name=user.name, link="https://x.example/y")
            for user in (owner, manager)
        ]
    assert [mail.text.split("\n")[0] for mail in sent] == ["Здравствуйте, Acme Owner!", "Hello Acme Manager,"]


def test_programs_read_english(world, client):
    answer = client.get("/api/deal/?limit=x", headers=world.acme.bearer | RUSSIAN)
    assert (
        answer.status_code >= 400 and answer.text.isascii() and "language" not in answer.headers.get("Vary", "").lower()
    )


def test_what_is_said_after_an_action_is_in_the_language_of_the_page_that_shows_it(world):
    """A newcomer's last act is read in Russian, and the page that it leads to has no Russian yet."""
    stranger = world.anonymous()
    begun = sign_up(stranger, headers=RUSSIAN)
    start = stranger.get(begun.location, headers=RUSSIAN)
    assert spoken(start) == "en" and "Welcome. You are signed in." in start.text


def test_a_sentence_comes_back_whole_out_of_the_cookie():
    keeper = PageSessions.serializer
    inner = counted(1234, "1 deal", "{number} deals")
    said = say("{deals} of {name} & {mark}", deals=inner, name="<b>", mark=Markup("<i>x</i>"))
    back = keeper.loads(keeper.dumps({"_flashes": [("info", said)]}))["_flashes"][0][1]
    assert (back, back.__html__()) == (said, said.__html__()) and "1,234 deals" in back
    assert keeper.loads(keeper.dumps(say("Saved"))).said("ru") == say("Saved").said("ru")
