"""A real browser for the tests, and axe-core in it."""

from pathlib import Path

from playwright.sync_api import Browser, Page, Playwright

from tests.support.browser_install import installed

AXE = Path(__file__).parent.parent / "vendor" / "axe-core-4.14.1.min.js"
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
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


def axe(page: Page) -> list[dict]:
    """What axe-core finds on the page as it stands: rule, help and the elements. Needs a context made with bypass_csp."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(f"() => {{ {AXE.read_text()} }}")
    found = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", AXE_TAGS)
    return [
        {"rule": fault["id"], "help": fault["help"], "elements": [node["html"][:200] for node in fault["nodes"]]}
        for fault in found["violations"]
    ]
