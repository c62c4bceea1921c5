"""Arrows point one way: features and worker → delivery, domain → database, clock. And what no file of ours may hold."""

import ast
import functools
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PORTAL = ROOT / "portal"
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "services", "service", "managers", "manager", "misc", "common"}
FEATURES = {
    "account", "activity", "affiliate", "cards", "club", "counter", "coupons", "developers", "graph", "health", "home", "member_offers",
    "offers_feed", "operator", "pictures", "pushes", "search",
}  # fmt: skip
_GROUND_ROOMS = {"graph", "keeping", "lists", "search", "typed", "waiting"}  # of the domain's ground
AREAS = {path.name for path in (PORTAL / "domain").iterdir() if (path / "__init__.py").is_file()} - _GROUND_ROOMS
# The areas of the domain that are every family's, and what each may import beside the ground.
_BELOW = {"accounts", "events", "mail", "pictures", "traces", "totals", "importing"}
SHARED_AREAS = dict.fromkeys(_BELOW, _BELOW) | {"members": _BELOW, "offers": _BELOW}
# The named files of a later area that tie it to an earlier one: they fill its hooks, and refer to its tables.
TIES = {
    "cards": ("portal/domain/cards/ties/deal_ties.py", "portal/domain/cards/ties/tables.py"),
    "coupons": tuple(
        f"portal/domain/coupons/ties/{name}.py"
        for name in ("booking", "coupon_ties", "promoters", "sales", "tables", "telling")
    ),
    "member_offers": ("portal/domain/member_offers/ties/segments.py", "portal/domain/member_offers/ties/outside.py"),
    "feed": tuple(f"portal/domain/feed/ties/{name}.py" for name in ("clicks", "feed_ties", "pools", "tables")),
}
# What is imported from these is a module, and counts as such.
ROOMS_OF_MODULES = {"portal.server", "portal.web", "portal.domain"}
GROUND = {
    "portal.clock", "portal.config", "portal.database", "portal.languages", "portal.letters", "portal.private_files",
    "portal.write_lock",
}  # fmt: skip
WEB = {"flask", "flask_login", "flask_wtf", "wtforms", "htmx_flask", "werkzeug", "huey", "gunicorn"}


@functools.cache  # Each is read by many tests.
def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} names a module from where it stands"
            found |= {
                f"{node.module}.{name.name}" if node.module in ("portal", *ROOMS_OF_MODULES) else node.module
                for name in node.names
            }
    return found


def modules(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (PORTAL / folder).rglob("*.py"))


def strays(paths: list[Path], allowed) -> list[str]:
    return [f"{path.relative_to(ROOT)} imports {name}" for path in paths for name in imports(path) if not allowed(name)]


def is_ours(name: str) -> bool:
    return name == "portal" or name.startswith("portal.")


def within(name: str, *packages: str) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def test_the_domain_knows_neither_the_web_nor_a_feature():
    assert not strays(
        modules("domain"), lambda name: not is_ours(name) or within(name, "portal.domain") or name in GROUND
    )
    assert not strays(modules("domain"), lambda name: name.split(".")[0] not in WEB)


def area(name: str) -> str | None:
    """The area of the domain that a module stands in; None for the domain's ground and for what joins the areas."""
    parts = name.split(".")
    return parts[2] if parts[:2] == ["portal", "domain"] and len(parts) > 2 and parts[2] in AREAS else None


def test_the_areas_that_everybody_shares_stand_below_those_of_the_families():
    for shared, below in SHARED_AREAS.items():
        allowed = {None, shared, *below}
        assert not strays(modules(f"domain/{shared}"), lambda name, allowed=allowed: area(name) in allowed)


@pytest.mark.parametrize("family", sorted(AREAS - SHARED_AREAS.keys()))
def test_an_area_of_a_family_imports_no_other_familys(family):
    allowed = {None, family, *SHARED_AREAS}
    named = {ROOT / path for path in TIES.get(family, ())}
    assert named <= set(modules(f"domain/{family}"))
    assert not strays(
        [path for path in modules(f"domain/{family}") if path not in named], lambda name: area(name) in allowed
    )


@pytest.mark.parametrize(
    ("family", "tie"),
    [
        ("affiliate", "domain.affiliate.catalogs import ties as ties"),
        ("cards", "domain.cards.ties import deal_ties as deal_ties"),
        ("coupons", "domain.coupons.ties import coupon_ties as coupon_ties"),
        ("member_offers", "domain.member_offers.ties import segments as segments"),
        ("offers_feed", "domain.feed.ties import feed_ties as feed_ties"),
    ],
)
def test_what_fills_hooks_is_there_in_every_process(family, tie):
    for path in (PORTAL / family / "family.py", PORTAL / "worker" / "drains.py"):
        assert f"from portal.{tie}\n" in path.read_text(), f"{path} does without"


def test_delivery_knows_nothing_else_of_the_portal():
    assert not strays(modules("delivery"), lambda name: not is_ours(name) or within(name, "portal.delivery"))
    assert not strays(modules("delivery"), lambda name: name.split(".")[0] not in WEB | {"peewee"})


def test_the_worker_stands_on_delivery_and_domain_alone():
    ground = {*GROUND, "portal.server.observed", "portal.server.start"}
    packages = ("portal.worker", "portal.delivery", "portal.domain")
    assert not strays(modules("worker"), lambda name: not is_ours(name) or within(name, *packages) or name in ground)


@pytest.mark.parametrize("feature", sorted(FEATURES & {path.name for path in PORTAL.iterdir() if path.is_dir()}))
def test_a_feature_imports_no_other_feature(feature):
    others = {f"portal.{other}" for other in FEATURES - {feature}}
    assert not strays(modules(feature), lambda name: not within(name, *others))


def test_what_pages_and_the_gate_share_knows_no_feature_and_no_family():
    """The next family stands on the same ground, and finds nothing of the last one in it."""
    below = ("portal.web", "portal.api", "portal.server", "portal.delivery", "portal.routing", "portal.demo", *GROUND)
    families = {name for name in AREAS if name not in SHARED_AREAS}
    for folder in ("web", "api", "server"):
        ours = lambda name: not is_ours(name) or within(name, *below) or within(name, "portal.domain")  # noqa: E731
        assert not strays(modules(folder), ours)
        assert not strays(modules(folder), lambda name: area(name) not in families)


def test_the_ground_carries_nothing():
    ground = [PORTAL / f"{name.partition('.')[2]}.py" for name in GROUND - {"portal.database"}]
    assert not strays(ground, lambda name: not is_ours(name) or name in GROUND)
    assert not strays(modules("database"), lambda name: not is_ours(name) or within(name, *GROUND))


def test_names_say_what_is_inside():
    named = [path for path in (*PORTAL.rglob("*"), *(ROOT / "tests").rglob("*")) if path.stem in FORBIDDEN_NAMES]
    assert named == []


def test_only_the_settings_read_the_environment():
    readers = [path.name for path in PORTAL.rglob("*.py") if re.search(r"os\.(environ|getenv)", path.read_text())]
    assert set(readers) <= {"config.py", "supervisor.py"}  # The supervisor hands it on to its children.


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def test_no_file_names_a_machine_or_a_registry():
    machine = re.compile(
        r"(?:/(?:work|home|root|Users)/[\w.-]+/|/opt/(?:pypi|wheels)|find-links|(?:extra-)?index-url\s*[=:]|/simple\b)"
    )
    words = ("/work/", "/home/", "/root/", "/Users/", "/opt/", "find-links", "index-url", "/simple")
    here = Path(__file__).resolve()
    found = []
    for path in tracked():
        if path.resolve() == here or "vendor" in path.parts or path.suffix in (".png", ".woff2", ".ico", ".webp"):
            continue
        text = path.read_text(errors="replace")
        if not any(word in text for word in words):  # Quicker than the pattern, which then looks at few files.
            continue
        found += [
            f"{path.relative_to(ROOT)}: {line.strip()[:100]}"
            for line in text.splitlines()
            if machine.search(line) and "--no-emit" not in line
        ]
    assert found == []


def test_nothing_that_is_ignored_is_in_the_repository():
    """A link named .venv would take the place of the environment wherever it is checked out."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--ignored", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert listed.stdout.split() == []
