"""What a browser calls itself, in words people use."""

from portal.domain.sentences import say

# The first that fits is named: Edge calls itself Chrome as well, and Chrome calls itself Safari.
_BROWSERS = (("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
_SYSTEMS = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"),
    ("Windows", "Windows"), ("Mac OS X", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux"),
)  # fmt: skip


def named(agent: str) -> str:
    """The browser and system, such as "Firefox on Windows"."""
    browser = _first(agent, _BROWSERS, say("A browser"))
    system = _first(agent, _SYSTEMS, "")
    return say("{browser} on {system}", browser=browser, system=system) if system else browser


def _first(agent: str, table, otherwise: str) -> str:
    return next((name for mark, name in table if mark in agent), otherwise)
