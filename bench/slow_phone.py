"""How long the counter's page takes on a slow phone, until its first field can be typed into: a browser whose network and
processor are held back, as Lighthouse holds them for phones."""

from dataclasses import dataclass
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Error, sync_playwright

from bench.world import World
from portal.config import Settings
from tests.support.browsing import open_browser

MOST_SECONDS = 1.0
SLOWER = 4  # times, the processor
# Round trip in milliseconds, and bits a second down and up: Lighthouse's phone ("slow 4G"), and WebPageTest's "3G slow".
NETWORKS = {"slow 4G": (150, 1_638_400, 750_000), "slow 3G": (400, 400_000, 400_000)}
JUDGED = "slow 4G"
_ROUNDS = 5  # and less where a sample is shorter than a second
# When the field was there and something was painted, and the page answers between two frames.
_USABLE = """(selector) => new Promise((done) => {
    const look = () => {
        const painted = performance.getEntriesByName("first-contentful-paint")[0];
        if (!painted || !document.querySelector(selector)) return requestAnimationFrame(look);
        setTimeout(() => done(performance.now() / 1000));
    };
    look();
})"""


@dataclass
class Opening:
    """Seconds until the first field of the counter can be typed into, by network, each with the smallest answer of the portal."""

    usable: dict[str, float]
    yardstick: dict[str, float]
    first_error: str = ""

    @property
    def errors(self) -> int:
        """Whether it could not be measured."""
        return int(bool(self.first_error))

    @property
    def ratio(self) -> float:
        """How many times as long as the smallest answer."""
        return self.usable[JUDGED] / self.yardstick[JUDGED] if self.usable else 0.0

    def __str__(self) -> str:
        if not self.usable:
            return f"the counter's page on a slow phone: not measured; {self.first_error}"
        told = "; ".join(
            f"{name} {seconds:.2f} s (an answer of two words {self.yardstick[name]:.2f} s)"
            for name, seconds in self.usable.items()
        )
        mark = "reached" if self.usable[JUDGED] <= MOST_SECONDS else "MISSED"
        return (
            f"the counter's page on a slow phone, its processor {SLOWER} times slower: {told}; at most {MOST_SECONDS:.0f} s "
            f"on {JUDGED}: {mark}"
        )


def measured(
    world: World, settings: Settings, environ: dict[str, str], folder: Path, recipients: int, seconds: float
) -> Opening:
    """Open the page anew, with nothing kept, and the smallest answer in turn; the medians."""
    base, opening = f"http://127.0.0.1:{settings.port}", Opening({}, {})
    try:
        with sync_playwright() as playwright, open_browser(playwright) as browser:
            for name in NETWORKS:
                pages, answers = [], []
                for _ in range(max(1, round(_ROUNDS * min(seconds, 1)))):
                    pages.append(_opened(browser, world, base, name, "/counter", "[name=q]"))
                    answers.append(_opened(browser, world, base, name, "/livez", "body"))
                opening.usable[name], opening.yardstick[name] = median(pages), median(answers)
    except Error as error:
        opening.first_error = error.message.splitlines()[0]
    return opening


def _opened(browser: Browser, world: World, base: str, network: str, path: str, field: str) -> float:
    latency, down, up = NETWORKS[network]
    context = browser.new_context(viewport={"width": 390, "height": 664}, is_mobile=True, has_touch=True)
    cookies = (part.split("=", 1) for part in world.cookie.split("; "))
    context.add_cookies([{"name": name, "value": value, "url": base} for name, value in cookies])
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": latency, "downloadThroughput": down / 8, "uploadThroughput": up / 8},
    )
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(f"{base}{path}", wait_until="commit")
    took = page.evaluate(_USABLE, field)
    context.close()
    return took
