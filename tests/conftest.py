"""What every test may ask for. `engine` runs a test on its engines; `world` is the cast; `server` is the real thing.

Rules and races are tried on both engines, pages and words on SQLite alone: a folder that is not among ON_BOTH is a
feature's. What a feature's folder says of rules, lists, searches or counts of queries is marked `on_both_engines`; what
a folder of rules says of words is marked `engine("sqlite")`. Every page is opened on both by tests/test_route_matrix.py.

A family adds at most two minutes to `make test`. A test takes milliseconds; one with a server or a browser of its own,
which costs seconds, is there for what only they can show. What must go on for long keeps a short round beside its
`long` one. Nothing waits for a time to pass, but for what it waits for (tests/support/waiting.py).
"""

import atexit
import functools
import gc
import logging
import mmap
import shutil

import jinja2
import pytest

import portal
from portal import clock, database, languages
from portal.api import credentials
from portal.domain import remembered
from portal.domain.accounts.tokens import tokens
from portal.domain.affiliate.clicks import clicks
from portal.domain.affiliate.clicks import days as clicked_days
from portal.domain.events import log
from portal.domain.mail import addresses
from portal.worker import queue
from tests.support import cast, engines, hashing, promises, running, sharing, waiting
from tests.support.visitor import cookie_of

ENGINES = ("sqlite", "postgresql")
# What waits for a browser, or for processes that were killed, on a machine that it does not have alone: such a test is
# tried once more, and the summary tells it. Races and properties are not: what fails there once is a fault.
TRIED_AGAIN = ("browser", "faults")
ON_BOTH = ("api", "contract", "domain", "faults", "properties", "races")  # And what stands in no folder.

SHARED = {
    "templates",
    "migrated",
    "sqlite.lock",
    "postgresql.lock",
}  # What the workers have together, besides the server.
SELDOM = (10_000, 10, 100)  # objects made, collections of the young, of the middle-aged; gc has 700, 10, 10

clicks.PAUSE_SECONDS = None  # No thread beside a test writes them: they are written when it says so.
hashing.be_quick(), promises.be_quick()


def pytest_configure(config):
    config.addinivalue_line("markers", "engine(name): run on this engine alone")
    config.addinivalue_line("markers", "on_both_engines: run on both, in a folder whose tests run on SQLite")
    config.addinivalue_line("markers", "settings(**values): change settings for the test, named as in the environment")


def pytest_generate_tests(metafunc):
    if "engine_name" in metafunc.fixturenames:
        metafunc.parametrize("engine_name", _engines_of(metafunc.definition), indirect=True, scope="session")


def _engines_of(test) -> tuple:
    if marker := test.get_closest_marker("engine"):
        return marker.args
    if test.get_closest_marker("on_both_engines") or sharing.folder_of(test.nodeid) in ("", *ON_BOTH):
        return ENGINES
    return ("sqlite",)


@pytest.hookimpl(wrapper=True)
def pytest_collection(session):
    """What is collected stays until the end: nobody looks for garbage in it, neither meanwhile nor later. Apps and their
    templates stay as well, so that all there is is looked through seldom."""
    gc.disable()
    try:
        sharing.read_a_share(session.config)
        return (yield)
    finally:
        gc.freeze()
        gc.set_threshold(*SELDOM)
        gc.enable()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    items.sort(key=sharing.turn_of)
    for item in items:
        if sharing.folder_of(item.nodeid) in TRIED_AGAIN:
            item.add_marker(pytest.mark.flaky(reruns=1))


def pytest_sessionfinish():
    """Nobody needs what is left: pytest and the end of Python would look through all of it for garbage."""
    gc.freeze()


def pytest_terminal_summary(terminalreporter):
    """What was tried again passed then, so that nobody would know why."""
    for report in terminalreporter.stats.get("rerun", ()):
        terminalreporter.section(f"tried again: {report.nodeid}")
        terminalreporter.write_line(report.longreprtext)


def pytest_runtest_setup(item):
    """Whoever acted in the test before, by whatever clock and in whatever language, is nobody here."""
    clock.use(0)
    languages.speak(languages.ENGLISH)
    log.acting_as(log.SYSTEM)


def pytest_xdist_make_scheduler(config, log):
    return sharing.Shares(config, log)


@pytest.fixture(scope="session")
def engine_name(request):
    return request.param


@pytest.fixture(scope="session")
def run_folder(testrun_uid, worker_id):
    """A folder of this worker's, in memory where there is room."""
    shared = engines.quick_folder(f"portal-tests-{testrun_uid}")
    atexit.register(_remove_if_empty, shared)  # Registered first, so it runs after the database server has left.
    folder = shared / worker_id
    folder.mkdir()
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def _remove_if_empty(folder):
    try:
        if not {path.name for path in folder.iterdir()} - SHARED:
            shutil.rmtree(folder)
    except OSError:
        pass  # Another worker was quicker.


@pytest.fixture(scope="session")
def engine_pool(run_folder, worker_id):
    """The engines of this worker, each set up when it is first asked for."""
    made = {}

    def of(name: str):
        if name not in made:
            folder = run_folder / name
            folder.mkdir()
            shared = run_folder.parent
            is_sqlite = name == "sqlite"
            made[name] = engines.Sqlite(folder, shared) if is_sqlite else engines.Postgresql(folder, shared, worker_id)
        return made[name]

    yield of
    engines.let_go()


@pytest.fixture
def engine(engine_name, engine_pool, settings):
    """Both engines in turn: a migrated database with nothing in it but what the migrations put there."""
    engine = engine_pool(engine_name)
    database.connect(settings)
    engine.lend()
    yield engine
    clicks.discard()  # Whatever waits was for this test's database.
    engine.take_back()


@pytest.fixture
def settings(engine_name, engine_pool, request):
    """The settings of the test's own database, which is emptied here. Change some with `@pytest.mark.settings(...)`."""
    engine = engine_pool(engine_name)
    engines.let_go()
    engine.empty()
    marker = request.node.get_closest_marker("settings")
    return engines.settings_for(engine.url, engine.folder, **(marker.kwargs if marker else {}))


@pytest.fixture(scope="session")
def app_pool(run_folder):
    """Apps by their settings: templates stay compiled from test to test, and from worker to worker."""
    made = {}
    folder = run_folder.parent / "templates"
    folder.mkdir(exist_ok=True)
    compiled = jinja2.FileSystemBytecodeCache(str(folder))

    def of(settings):
        if settings not in made:
            handlers, level = logging.root.handlers[:], logging.root.level
            made[settings] = portal.create_app(settings)
            made[settings].jinja_env.bytecode_cache = compiled
            logging.root.handlers[:], logging.root.level = handlers, level
        return made[settings]

    return of


@pytest.fixture
def app(app_pool, settings, engine):
    """The application on the test's database, with nothing remembered from the last test."""
    connected = database.database.obj
    app = app_pool(settings)
    app.testing = True
    app.config["PROPAGATE_EXCEPTIONS"] = False  # A test sees what a client would.
    if database.database.obj is not connected:  # It was made now, and connected anew.
        database.connect(settings)
        engine.lend()
    tokens.use_ceiling(settings.api_ceiling)
    addresses.use_public_url(settings.public_url)  # An app of a real server may have been made meanwhile.
    log.when_recorded(None)
    queue._waker = None  # Nobody is there to be woken.
    credentials._cache.clear()
    remembered.forget_all(), clicked_days.forget()
    for limiter in (app.extensions["limiter"], app.extensions["guesses"]):
        limiter._table.madvise(
            mmap.MADV_REMOVE
        )  # Megabytes, of which a test touches few: zero is written only over those.
    return app


@pytest.fixture
def client(app):
    """Flask's test client; JSON requests carry `world.acme.bearer`."""
    return app.test_client()


@pytest.fixture
def begin():
    """What `world` has besides the cast, as `world.begun`: a function that makes it, once for all tests that begin with it. None has more."""
    return None


@pytest.fixture
def world(app, begin):
    """The cast: `world.acme.token`, `world.acme.partner`, `world.as_("acme", "owner").post(…)`."""
    return cast.build(app, begin)


@pytest.fixture(scope="session")
def launch_server(engine_pool, run_folder):
    """Start a server of the test's own: `launch_server("sqlite", worker=True, smtp_url=…)`. Ended with the session."""
    servers = []

    def launch(engine_name: str, **options):
        number = len(servers)
        name = f"server{number}"
        servers.append(running.launch(engine_pool(engine_name), run_folder / name, name, **options))
        return servers[-1]

    yield launch
    for server in servers:
        server.kill_all()


@pytest.fixture(scope="session")
def server_pool(launch_server):
    """One shared server for each engine."""
    return functools.cache(lambda name: launch_server(name))


@pytest.fixture
def server(server_pool, engine_name):
    """The real server on this engine: `server.url`, `server.world`, `with server.connected(): …`. Tests share it."""
    server = server_pool(engine_name)
    if server.processes.get("web") is None or server.processes["web"].exitcode is not None:
        server.start("web")
    return server


@pytest.fixture(scope="session")
def browser():
    """One Chromium for all tests of this worker."""
    from playwright.sync_api import expect, sync_playwright

    from tests.support.browsing import open_browser

    expect.set_options(timeout=1000 * waiting.PATIENCE_SECONDS)  # Five seconds otherwise, whatever a page is given.
    with sync_playwright() as playwright:
        browser = open_browser(playwright)
        browser.devices = playwright.devices
        yield browser
        browser.close()


def _cookie(server, app_pool, who, role):
    """Of somebody of the portal, or of a member of acme's club."""
    from tests.support import club

    if who != "member":
        return cookie_of(app_pool(server.settings), server.key_of(who, role))
    with server.connected():
        return club.cookie_of(server.world.acme)


@pytest.fixture
def open_page(browser, server, app_pool):
    """Open a fresh page: `open_page()`, `open_page("acme", "owner")`, `open_page("member")`, `open_page(device="iPhone 13", color_scheme="dark")`.

    `axe=True` brings axe-core along, past the content policy.
    """
    contexts = []

    def open_(who: str | None = None, role: str = "owner", *, device: str | None = None, axe: bool = False, **options):
        from tests.support.browsing import DESKTOP, bring_axe

        given = {**(browser.devices[device] if device else DESKTOP), **options}
        context = browser.new_context(base_url=server.url, **given)
        if axe:
            bring_axe(context)
        context.set_default_timeout(1000 * waiting.PATIENCE_SECONDS)
        contexts.append(context)
        if who:
            name, value = _cookie(server, app_pool, who, role)
            context.add_cookies([{"name": name, "value": value, "url": server.url}])
        return context.new_page()

    yield open_
    for context in contexts:
        context.close()


@pytest.fixture
def page(open_page):
    """A page in which nobody is signed in."""
    return open_page()


@pytest.fixture
def axe():
    """`axe(page)`: what axe-core finds; the page must come from `open_page(axe=True)`."""
    from tests.support.browsing import axe

    return axe
