"""Every page in a real browser: no fault that axe finds, nothing the content policy refused, no sideways scrolling; nor after a
part of it was swapped."""

import pytest

from tests.support import things
from tests.test_route_matrix import address

LOOKS = {"desktop": {}, "dark": {"color_scheme": "dark"}, "phone": {"device": "iPhone 13"}}
# In the dark and on the phone, where the sheets are the same for every page.
SAMPLE = (
    "home.start",
    "catalogs.show",
    "deals.index",
    "deals.show",
    "developers.new_token",
    "account.sign_in",
    "counter.find",
    "counter.card",
    "counter.booking.book",
)
# Apps ask with what they want, as tests/browser/test_app_journey.py does. A picture and a probe are no pages; a promoter's link leads elsewhere; a fragment is tried inside its page.
NOT_PAGES = {
    "links.catalog",
    "links.landing",
    "pictures.show",
    "public.own_data.show",
    "health.api.live",
    "health.api.ready",
    "catalogs.suggested_code",
    "catalogs.choices",
    "public.code",
    "oauth.consent.authorize",
    "oauth.consent.ask",
    "club.app.worker",
    "club.app.manifest",
    "club.app.of_card",
    "club.app.icon",
    "club.colours.sheet",
    "public.live",
    "wallets.giving.apple",
    "wallets.giving.google",
    "wallets.giving.icon",
    "wallets.phones.changed",
    "wallets.phones.latest",
    "cards.exports.csv",
    "templates.scans.install",
    "coupon_imports.progress",
    "coupon_imports.files.sample",
    "coupon_imports.files.bad",
    "coupons.exports.coupons",
    "coupons.tag_pages.csv",
    "batches.foreseen",
    "mailings.progress",
    "pushes.progress",
    "batches.progress",
    "batches.files.codes",
    "customers.exports.csv",
    "customers.exports.person",
    "cards.issuing.customers",
    "cards.issuing.fields",
    "companies.tariff_periods",
    "operations.foreseen",
    "counter.booking.foreseen",
    "counter.queue.session",
    "counter.offline.worker",
    "account.pickers.choices",
    "activity.exports.csv",
    "deals.news",
    "developers.start.arrival",
    "deal_imports.progress",
    "customer_imports.progress",
    "customer_imports.files.sample",
    "customer_imports.files.bad",
    "deal_imports.files.sample",
    "deal_imports.files.bad",
    "deals.entries.choices",
    "deals.entries.offers",
    "deals.exports.csv",
    "payouts.lines",
    "payouts.runs.bank",
    "rewards.lines",
    "promotions.links.svg",
    "promotions.links.png",
}
# What files and programs write as days is told of here.
TOLD_OF_FILES = ("reference", "customer_imports")
# Whether it scrolls sideways, or cuts what would, how many headings of the first order it has, how high the lowest act of its head is,
# and a day that is written as programs write it, outside of code.
SEEN = """() => [Math.max(document.body.scrollWidth, document.documentElement.scrollWidth) > document.documentElement.clientWidth + 1,
    document.querySelectorAll("h1").length,
    Math.min(...[...document.querySelectorAll(".page-actions .button")].map(act => act.offsetHeight || 44), 44),
    [...document.querySelectorAll("main :not(code, pre, .mono, time, script, template)")].flatMap(part => [...part.childNodes])
        .map(part => part.nodeType === Node.TEXT_NODE && /\\b(19|20)\\d\\d-\\d\\d-\\d\\d\\b/.exec(part.data)?.[0]).find(Boolean)]"""
# The menu as it stands here: it marks the place, and is the same for many pages, but for what its forms say of the page.
MENU = """() => document.querySelector(".sidebar")?.outerHTML.replace(/ value="[^"]*"/g, "")"""
# Each part that asks by itself and was not asked before, after a hand has changed how it looks: what comes is swapped in and settled.
SWAPPED = """async (before) => {
    const asked = [];
    for (const part of document.querySelectorAll("[hx-get]")) {
        const place = part.getAttribute("hx-get").split("?")[0].replace(/[^/]*[0-9][^/]*/g, "*");
        if (before.includes(place) || asked.includes(place) || !part.isConnected) continue;
        asked.push(place);
        for (const one of document.querySelectorAll("main [id]")) one.style.opacity = "1";
        let swapped = false;
        const settled = new Promise((done) => document.addEventListener("htmx:afterSettle", done, { once: true }));
        document.addEventListener("htmx:afterSwap", () => { swapped = true; }, { once: true });
        await htmx.ajax("GET", part.getAttribute("hx-get"), { source: part });
        if (swapped) await settled;
    }
    return asked;
}"""


def pages_of(app):
    listed = [route for route in app.extensions["routes"] if not route.is_api and "GET" in route.methods]
    return [route for route in listed if route.endpoint not in NOT_PAGES]


def listening(page):
    """The page, and what its console says is wrong."""
    refused = []
    page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
    return page, refused


@pytest.mark.browser
@pytest.mark.parametrize("look", LOOKS)
def test_pages_are_whole(server, open_page, axe, app_pool, look):
    app = app_pool(server.settings)
    with server.connected():
        own = things.of(server.world.acme)
    faults, opened, asked, menus = {}, {}, [], set()
    for route in pages_of(app):
        if LOOKS[look] and route.endpoint not in SAMPLE:
            continue
        if viewer_of(route) not in opened:
            opened[viewer_of(route)] = listening(open_page(*viewer_of(route), axe=True, **LOOKS[look]))
        page, refused = opened[viewer_of(route)]
        place = address(route, own.named)
        for shown in (place, *(f"{place}?tab={tab}" for tab in things.TABS.get(route.endpoint, ()))):
            found = faults_of(page, refused, axe, shown, look, menus, route.endpoint.split(".")[0] in TOLD_OF_FILES)
            if not LOOKS[look]:
                asked += page.evaluate(SWAPPED, asked)
            if found := [*found, *refused]:
                faults[shown] = found
    assert faults == {}


def faults_of(page, refused, axe, shown, look, menus, tells_of_files=False):
    """What is wrong with the page; a menu that was looked at on another page already is left out."""
    refused.clear()
    response = page.goto(shown)
    if response.status in (404, 410) or not response.headers["content-type"].startswith("text/html"):
        refused.clear()
        return []  # A link that has run out, a mail that nobody sent: an error page, tried elsewhere. And a picture is no page.
    wide, headings, lowest, day = page.evaluate(SEEN)
    menu = page.evaluate(MENU)
    is_known = menu in menus
    menus.add(menu)
    return [
        *axe(page, ".sidebar" if menu and is_known else None),
        *(["scrolls sideways"] if wide else []),
        *([] if headings == 1 else [f"{headings} h1"]),
        *([f"the day {day}"] if day and not tells_of_files else []),
        *([f"an act of {lowest} px for a finger"] if look == "phone" and lowest < 44 else []),
    ]


def viewer_of(route):
    if route.access.kind in ("public", "signed link", "club"):
        return ()
    if route.access.kind == "member":
        return ("member",)
    return ("operator",) if route.access.kind == "operator" else ("acme",)
