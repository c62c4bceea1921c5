"""Settings come from the environment alone, and an unsafe one ends the start with a sentence."""

import dataclasses
import re
import subprocess
import sys
from pathlib import Path

import pytest

from portal import config

README = Path(__file__).parent.parent / "README.md"
GOOD = {"SECRET_KEY": "0123456789" * 4, "PUBLIC_URL": "https://portal.example", "DATA_DIR": "var"}


def test_without_the_demo_a_secret_and_an_address_are_required():
    for missing in ("SECRET_KEY", "PUBLIC_URL"):
        with pytest.raises(config.BadSetting, match=missing):
            config.load({name: value for name, value in GOOD.items() if name != missing})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "brief"),
        ("PUBLIC_URL", "portal.example"),
        ("PUBLIC_URL", "http://portal.example"),
        ("DATABASE_URL", "mysql://somewhere"),
        ("PORT", "many"),
        ("DEMO", "perhaps"),
        ("PUSH_CONTACT", "mailto:me@localhost"),
        ("PUSH_CONTACT", "mailto:me@printer.local"),
        ("PUSH_CONTACT", "mailto:me@shop.invalid"),
        ("PUSH_CONTACT", "https://shop.test"),
        ("PUSH_CONTACT", "http://shop.example"),
        ("PUSH_CONTACT", "me@shop.example"),
        ("PUSH_CONTACT", "mailto:shop.example"),
    ],
)
def test_a_setting_that_is_unsafe_or_unclear_ends_the_start(name, value):
    with pytest.raises(config.BadSetting) as refusal:
        config.load({**GOOD, name: value})
    assert str(refusal.value).startswith(name)
    assert name != "SECRET_KEY" or value not in str(refusal.value)


@pytest.mark.parametrize(
    ("given", "ceiling"),
    [
        ({}, 6000),
        ({"API_LIMIT": "50"}, 50),
        ({"API_LIMIT": "50", "API_CEILING": "900"}, 900),
        ({"DEMO": "1"}, 60_000),
        ({"DEMO": "1", "API_LIMIT": "50"}, 50),
    ],
)
def test_what_a_token_may_have_at_most(given, ceiling):
    assert config.load({**GOOD, **given}).api_ceiling == ceiling


@pytest.mark.parametrize(
    ("given", "contact"),
    [
        ({}, "https://portal.example"),
        ({"MAIL_FROM": "Shop <me@shop.example>"}, "mailto:me@shop.example"),
        (
            {"MAIL_FROM": "me@shop.example", "PUSH_CONTACT": "https://shop.example/contact"},
            "https://shop.example/contact",
        ),
        ({"PUSH_CONTACT": "mailto:you@shop.example"}, "mailto:you@shop.example"),
    ],
)
def test_push_services_are_told_somebody_who_can_be_written_to(given, contact):
    assert config.load({**GOOD, **given}).push_contact == contact


def test_the_demo_needs_nothing_and_keeps_its_secret(tmp_path):
    one, two = (config.load({"DEMO": "1", "DATA_DIR": str(tmp_path)}) for _ in range(2))
    assert one.demo
    assert one.secret_key == two.secret_key
    assert one.public_url == "http://127.0.0.1:8000"
    assert (tmp_path / "demo-secret").stat().st_mode & 0o077 == 0


def test_plain_http_is_for_this_machine_alone():
    assert not config.load({**GOOD, "PUBLIC_URL": "http://127.0.0.1:8000"}).is_https
    assert config.load(GOOD).is_https


def test_sqlite_is_the_default():
    settings = config.load({**GOOD, "DATA_DIR": "/data"})
    assert (settings.is_sqlite, settings.database_url) == (True, "sqlite:////data/portal.db")


def test_every_setting_says_what_it_is():
    source = Path(config.__file__).read_text()
    for field in dataclasses.fields(config.Settings):
        assert re.search(rf"^    {field.name}: .*# {field.name.upper()}: ", source, re.M), field.name


def test_a_refusal_is_a_sentence_and_no_traceback(tmp_path):
    environ = {"PATH": "", "DATA_DIR": str(tmp_path)}
    ended = subprocess.run(
        [sys.executable, "-m", "portal.server.supervisor"],
        cwd=README.parent,
        env=environ,
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 1
    assert ended.stderr.startswith("SECRET_KEY is not set")
    assert "Traceback" not in ended.stderr
