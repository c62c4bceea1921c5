"""A real browser for the tests, and axe-core in it."""

from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, Playwright

from tests.support.browser_install import installed

AXE = Path(__file__).parent.parent / "vendor" / "axe-core-4.14.1.min.js"
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]
# Only faults are gathered. The sheets and frames that axe would fetch for itself are of no use to these rules.
_AXE_OPTIONS = {
    "runOnly": {"type": "tag", "values": AXE_TAGS},
    "reporter": "no-passes",
    "preload": False,
    "iframes": False,
    "selectors": False,
}
# A message that is fading has another contrast with every moment; a wheel that turns never stops.
_STANDING_STILL = """async ([but, options]) => {
    if (!window.axe) bringAxe();
    const moving = document.getAnimations().filter(one => one instanceof CSSTransition);
    await Promise.allSettled(moving.map(one => one.finished));
    return (await axe.run(but ? {exclude: [[but]]} : document, options)).violations;
}"""
FLAGS = [
    # A page is gone before what runs in it has been made quicker: that costs a quarter of all that the browser does.
    "--js-flags=--no-maglev,--no-turbofan",
    "--no-sandbox",
    "--disable-gpu",
    "--renderer-process-limit=1",  # A page begins in the process in which it will be, not in one of nothing before it.
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP = {"viewport": {"width": 1280, "height": 800}}


def open_browser(playwright: Playwright) -> Browser:
    """Chromium without a screen, talking to nobody by itself."""
    return playwright.chromium.launch(executable_path=installed(), args=FLAGS)


def bring_axe(context: BrowserContext) -> None:
    """Have axe-core in every page of the context, past the content policy. Few are looked through: the others do not run it."""
    context.add_init_script(script=f"window.bringAxe = () => {{ {AXE.read_text()} }};")


def axe(page: Page, but: str | None = None) -> list[dict]:
    """What axe-core finds on the page as it stands, `but` in this part: rule, help and elements. The page must come with axe in it."""
    found = page.evaluate(_STANDING_STILL, [but, _AXE_OPTIONS])
    return [
        {"rule": fault["id"], "help": fault["help"], "elements": [node["html"][:200] for node in fault["nodes"]]}
        for fault in found
    ]
