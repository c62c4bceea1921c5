"""Every icon that a template names is in the sprite."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
SPRITE = set(re.findall(r'<symbol id="([^"]+)"', next((ROOT / "static/vendor").glob("lucide-*.svg")).read_text()))
NAMED = re.compile(r"""\b_?icon(?:\(|=|": )["']([a-z0-9-]*[a-z0-9])["']""")


def test_every_named_icon_is_in_the_sprite():
    named = {
        (page.name, name) for page in (ROOT / "templates").rglob("*.html") for name in NAMED.findall(page.read_text())
    }
    assert named, "no icon is named at all: the pattern no longer fits the templates"
    assert {(page, name) for page, name in named if name not in SPRITE} == set()
