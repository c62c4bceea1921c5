"""Files that nobody but the portal's own user reads: DATA_DIR and what is in it holds password hashes and links that sign in."""

import os
import stat
from pathlib import Path

from portal.config import BadSetting

_OTHERS = 0o077


def folder(path: Path) -> None:
    """Make the folder, or take what others may do with it away. Ends the start when it is everybody's, or another user's."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    mode = path.stat().st_mode
    if not mode & _OTHERS:
        return
    if mode & stat.S_ISVTX:
        raise BadSetting(f"{path} is a folder that everybody shares. Give the portal one of its own as DATA_DIR.")
    _tighten(path, mode)
    for entry in path.iterdir():
        if entry.is_file() and not entry.is_symlink() and entry.stat().st_mode & _OTHERS:
            _tighten(entry, entry.stat().st_mode)


def file(path: Path) -> None:
    """Be there before somebody else's library makes it for everybody to read; SQLite gives its other files the same mode."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
    if path.stat().st_mode & _OTHERS:
        _tighten(path, path.stat().st_mode)


def _tighten(path: Path, mode: int) -> None:
    try:
        path.chmod(stat.S_IMODE(mode) & ~_OTHERS)
    except PermissionError:
        raise BadSetting(
            f"Others may read {path}, and it is not this user's to close. Give it to the user that runs the portal."
        ) from None
