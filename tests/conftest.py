"""What every test may ask for. `engine` runs a test on both engines; `world` is the cast; `server` is the real thing."""

import logging
import shutil

import portal
import pytest
from portal import database
from portal.api import credentials
from portal.domain.events import log
from tests.support import cast, engines

ENGINES = ("sqlite", "postgresql")


def pytest_configure(config):
    config.addinivalue_line("markers", "engine(name): run on this engine alone")
    config.addinivalue_line("markers", "settings(**values): change settings for the test, named as in the environment")


def pytest_generate_tests(metafunc):
    if "engine_name" in metafunc.fixturenames:
        marker = metafunc.definition.get_closest_marker("engine")
        alone = marker.args if marker else ("sqlite",) if "page" in metafunc.fixturenames else ENGINES
        metafunc.parametrize("engine_name", alone, indirect=True, scope="session")


@pytest.fixture(scope="session")
def engine_name(request):
    return request.param


@pytest.fixture(scope="session")
def run_folder(testrun_uid, worker_id):
    """A folder of this worker's, in memory where there is room."""
    shared = engines.quick_folder(f"portal-tests-{testrun_uid}")
    folder = shared / worker_id
    folder.mkdir()
    yield folder
    shutil.rmtree(folder, ignore_errors=True)
    try:
        shared.rmdir()
    except OSError:
        pass  # Another worker is still at it.


@pytest.fixture(scope="session")
def engine_pool(run_folder, worker_id):
    """The engines of this worker, each set up when it is first asked for."""
    made = {}

    def of(name: str):
        if name not in made:
            folder = run_folder / name
            folder.mkdir()
            is_sqlite = name == "sqlite"
            made[name] = engines.Sqlite(folder) if is_sqlite else engines.Postgresql(folder, run_folder.parent, worker_id)
        return made[name]

    yield of
    database.drop_connection()


@pytest.fixture
def engine(engine_name, engine_pool, settings):
    """Both engines in turn: a migrated database with nothing in it but what the migrations put there."""
    engine = engine_pool(engine_name)
    database.connect(settings)
    yield engine
    database.drop_connection()


@pytest.fixture
def settings(engine_name, engine_pool, request):
    """The settings of the test's own database, which is emptied here. Change some with `@pytest.mark.settings(...)`."""
    engine = engine_pool(engine_name)
    if database.database.obj is not None:
        database.drop_connection()
    engine.empty()
    marker = request.node.get_closest_marker("settings")
    return engines.settings_for(engine.url, engine.folder, **(marker.kwargs if marker else {}))


@pytest.fixture(scope="session")
def app_pool():
    """Apps by their settings: templates stay compiled from test to test."""
    made = {}

    def of(settings):
        if settings not in made:
            handlers, level = logging.root.handlers[:], logging.root.level
            made[settings] = portal.create_app(settings)
            logging.root.handlers[:], logging.root.level = handlers, level
        return made[settings]

    return of


@pytest.fixture
def app(app_pool, settings, engine):
    """The application on the test's database, with nothing remembered from the last test."""
    app = app_pool(settings)
    app.testing = True
    app.config["PROPAGATE_EXCEPTIONS"] = False  # A test sees what a client would.
    database.connect(settings)
    log.when_recorded(None)
    credentials._cache.clear()
    app.extensions["limiter"]._table[:] = bytes(len(app.extensions["limiter"]._table))
    return app


@pytest.fixture
def client(app):
    """Flask's test client; JSON requests carry `world.acme.bearer`."""
    return app.test_client()


@pytest.fixture
def world(app):
    """The cast: `world.acme.token`, `world.acme.partner`, `world.as_("acme", "owner").post(…)`."""
    return cast.build(app)
