"""DATA_DIR is closed to everybody but the portal's own user, however open the machine's habits are."""

import os
import stat
from pathlib import Path

import pytest

from portal import config, database, private_files
from portal.config import BadSetting
from portal.server.limits import Limiter
from portal.worker import queue
from tests.support import engines


@pytest.fixture
def generous():
    """A process whose new files everybody may read and write."""
    before = os.umask(0)
    yield
    os.umask(before)


def open_to_others(folder):
    return [path for path in (folder, *folder.rglob("*")) if stat.S_IMODE(path.lstat().st_mode) & 0o077]


def keep_everything(folder):
    settings = engines.settings_for(f"sqlite:///{folder / 'portal.db'}", folder)
    database.drop_connection() if database.database.obj is not None else None
    database.connect(settings)
    database.migrate()
    Limiter(folder / "limits")
    queue.queue_for(settings).pending_count()
    config.kept_secret(folder / "demo-secret")
    with database.transaction():
        pass
    return settings


def test_what_is_made_is_private(tmp_path, generous):
    keep_everything(tmp_path / "var")
    names = {path.name for path in (tmp_path / "var").iterdir()}
    assert {"portal.db", "portal.db-wal", "portal.db.lock", "limits", "queue.db", "demo-secret"} <= names
    assert open_to_others(tmp_path / "var") == []
    database.drop_connection()


def test_what_an_older_release_left_open_is_closed(tmp_path, generous):
    folder = tmp_path / "var"
    keep_everything(folder)
    database.drop_connection()
    for path in (folder, *folder.iterdir()):
        path.chmod(0o755 if path.is_dir() else 0o644)
    (folder / "elsewhere").symlink_to(tmp_path / "not ours")
    (tmp_path / "not ours").write_text("somebody's")
    (folder / "elsewhere").chmod(0o644)
    private_files.folder(folder)
    (folder / "elsewhere").unlink()
    assert open_to_others(folder) == []
    assert stat.S_IMODE((tmp_path / "not ours").stat().st_mode) == 0o644


def test_a_folder_that_everybody_shares_stops_the_start(tmp_path, generous):
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o1777)
    with pytest.raises(BadSetting, match="everybody shares"):
        keep_everything(shared)


@pytest.mark.engine("sqlite")
def test_a_running_portal_keeps_nothing_that_others_may_read(server):
    database_file = Path(server.settings.database_url.removeprefix("sqlite:///"))
    assert open_to_others(database_file) == []
    assert [path for path in open_to_others(server.settings.data_dir) if path.suffix != ".log"] == []
