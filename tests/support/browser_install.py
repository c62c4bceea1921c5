"""Find a browser for the tests, or install one: `python -m tests.support.browser_install`."""

import os
import shutil
import subprocess
import sys

# The one without a screen costs the tests two thirds of what the others do.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def installed() -> str | None:
    """The path of a Chromium on this machine."""
    return os.environ.get("BROWSER_PATH") or next(filter(None, map(shutil.which, NAMES)), None)


def main() -> None:
    """Leave a browser behind: one that is there, the distribution's, or Playwright's own."""
    if installed() or _playwrights_own():
        return
    if os.geteuid() == 0 and shutil.which("apt-get") and _by_apt():
        return
    print("Installing a browser for the tests …", flush=True)
    code = subprocess.call([sys.executable, "-m", "playwright", "install", "--with-deps", "chromium"])
    if code:
        sys.exit("No browser could be installed. Install chromium, or name one in BROWSER_PATH.")


def _by_apt() -> bool:
    print("Installing chromium for the tests …", flush=True)
    _apt("update", "-qq")
    install = ("install", "-y", "-qq", "--no-install-recommends", "fonts-dejavu-core")
    return any(_apt(*install, name) and installed() for name in ("chromium-headless-shell", "chromium"))


def _apt(*command: str) -> bool:
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.call(["apt-get", *command], env=environ, stdout=subprocess.DEVNULL) == 0


def _playwrights_own() -> bool:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return os.path.exists(playwright.chromium.executable_path)


if __name__ == "__main__":
    main()
