"""Who clicked: programs are sent on and not counted, and people are counted once a day without being known."""

import pytest

from portal import clock
from portal.domain.affiliate.clicks import clicks, keys, visitors
from portal.domain.affiliate.clicks.tables import Click, Visit, VisitSalt
from portal.domain.affiliate.figures import promotions as promotion_figures
from portal.domain.affiliate.promotions.tables import Promotion
from portal.domain.keeping import keeping
from portal.web import bots
from tests.affiliate import things

UID, DAY = "NRTHWND22", 86_400 * 1_000_000
BOTS = (
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm) Chrome/1 Safari/537.36",
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_1) AppleWebKit/601.2.4 (KHTML, like Gecko) Version/9.0.1 Safari/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0",
    "WhatsApp/2.23.20.0 A",
    "TelegramBot (like TwitterBot)",
    "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
    "Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)",
    "LinkedInBot/1.0 (compatible; Mozilla/5.0; Jakarta Commons-HttpClient/3.1 +http://www.linkedin.com)",
    "Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5 skype-url-preview@microsoft.com",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 8_3 like Mac OS X) AppleWebKit/600.1.4 (KHTML, like Gecko) Mobile/12F70 Safari/600.1.4 (compatible; GoogleOther)",
    "http.rb/5.1.1 (Mastodon/4.2.1; +https://mastodon.example/)",
    "Mozilla/5.0 (compatible; Yahoo! Slurp; http://help.yahoo.com/help/us/ysearch/slurp)",
    "Pinterest/0.2 (+https://www.pinterest.com/bot.html)",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)",
    "Mozilla/5.0 (compatible; ChatGPT-User/1.0; +https://openai.com/bot)",
    "facebookexternalhit/1.1;line-poker/1.0",
    "Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)",
    "ia_archiver (+http://www.alexa.com/site/help/webmasters; crawler@alexa.com)",
    "Mozilla/5.0 (compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)",
    "Snap URL Preview Service; bot; snapchat; https://developers.snap.com/robots",
)
PEOPLE = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Linux; Android 13; CUBOT P80) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Instagram 350.0",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 [FBAN/FBIOS;FBAV/1]",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 [Pinterest/iOS]",
    "Mozilla/5.0 (Linux; Android 14; SM-S921B) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36 Viber/1 BOTIM/3",
    "curl/8.5.0",
    "",
)  # fmt: skip


@pytest.fixture
def link(world):
    """Northwind's link to acme's landing."""
    catalog = things.catalog(world.acme.partner)
    things.landing(catalog)
    things.promotion(catalog, world.northwind)
    return f"/go/{UID}"


def follow(client, path: str, address="203.0.113.7", agent=PEOPLE[0], method="GET", **headers) -> None:
    headers = {"User-Agent": agent, **headers}
    answer = client.open(path, method=method, headers=headers, environ_overrides={"REMOTE_ADDR": address})
    assert answer.status_code == 302 and f"myshare={UID}" in answer.headers["Location"]


def tomorrow_comes(monkeypatch) -> None:
    tomorrow = clock.wall_micros() + DAY
    monkeypatch.setattr(keys, "_latest", keys._latest)  # Ids of clicks only go ahead: they are set back afterwards.
    monkeypatch.setattr(clock, "wall_micros", lambda: tomorrow)


def counted() -> tuple[int, int]:
    """Clicks and visitors that are written."""
    clicks.flush()
    return Click.select().count(), Click.select().where(Click.is_first).count()


def test_known_bots_previews_and_prefetches_are_sent_on_and_not_counted(client, link):
    for agent in BOTS:
        follow(client, link, agent=agent)
    for name, value in (
        ("Sec-Purpose", "prefetch"), ("Sec-Purpose", "prefetch;prerender"), ("Purpose", "Prefetch"),
        ("X-Purpose", "preview"), ("X-Moz", "prefetch"),
    ):  # fmt: skip
        follow(client, link, **{name: value})
    follow(client, link, method="HEAD")
    assert counted() == (0, 0)


def test_people_are_counted_whatever_their_phone_and_app_are_called(client, link):
    assert [agent for agent in PEOPLE if bots.is_known(agent)] == []
    for agent in PEOPLE:
        follow(client, link, agent=agent)
    assert counted() == (len(PEOPLE), len(PEOPLE))


@pytest.mark.on_both_engines
def test_a_visitor_counts_once_a_day_for_each_promoter(client, world, link, monkeypatch):
    other = things.promotion(Promotion.get().catalog, world.rival, "RIVALUID2")
    for _ in range(3):
        follow(client, link)
    assert counted() == (3, 1)
    follow(client, link), follow(client, link, address="203.0.113.8"), follow(client, link, agent=PEOPLE[1])
    assert counted() == (6, 3)
    # A household's addresses of the sixth version are one.
    follow(client, link, address="2001:db8::1"), follow(client, link, address="2001:db8::2")
    assert counted() == (8, 4)
    client.get("/go/RIVALUID2", headers={"User-Agent": PEOPLE[0]}, environ_overrides={"REMOTE_ADDR": "203.0.113.7"})
    assert counted() == (9, 5)
    tomorrow_comes(monkeypatch)
    follow(client, link)
    assert counted() == (10, 6)
    since = promotion_figures.begins("UTC")
    assert promotion_figures.counts([other.id], since) == {other.id: (1, 1, 0)}


@pytest.mark.on_both_engines
def test_when_the_day_is_over_nothing_tells_who_it_was(client, link, monkeypatch):
    follow(client, link)
    assert counted() == (1, 1)
    (salt,), (mark,) = VisitSalt.select(), Visit.select()
    assert "203.0.113.7" not in repr((salt.salt, mark.mark, Click.select().dicts().get()))
    keeping.forget_old()
    assert (VisitSalt.select().count(), Visit.select().count()) == (1, 1)
    tomorrow_comes(monkeypatch)
    while keeping.forget_old(1):
        pass
    assert (VisitSalt.select().count(), Visit.select().count()) == (0, 0)
    assert counted() == (1, 1)


def test_the_first_visitor_of_a_day_ends_yesterdays_salt(client, link, monkeypatch):
    follow(client, link)
    assert counted() == (1, 1)
    salt = VisitSalt.get().salt
    tomorrow_comes(monkeypatch)
    follow(client, link)
    assert counted() == (2, 2)
    assert [row.salt for row in VisitSalt.select() if row.salt == salt] == []


def test_another_installation_marks_the_same_visitor_otherwise(monkeypatch):
    marks = []
    for secret in (b"one", b"two"):
        monkeypatch.setattr(visitors, "_secret", secret)
        marks.append(visitors._mark("salt", 1, "203.0.113.7 Browser"))
    assert marks[0] != marks[1]


def test_visitors_stand_beside_clicks(client, world, link):
    for _ in range(3):
        follow(client, link)
    follow(client, link, address="203.0.113.8")
    assert counted() == (4, 2)
    said = "by 2 visitors in the last 30 days, each once a day"
    assert said in world.as_("northwind").get(f"/promotions/{UID}").text
    assert said in world.as_("acme").get(f"/promoters/{world.northwind.partner.uuid}").text
    for cast, place in (("northwind", "/promotions"), ("acme", "/promoters")):
        assert 'data-label="Visitors">2<' in world.as_(cast).get(place).text
    for cast, side in (("northwind", "promoter"), ("acme", "merchant")):
        assert "Visitors" in world.as_(cast).get(f"/figures?side={side}").text
