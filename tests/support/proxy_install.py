"""Find nginx for the tests, or install the distribution's: `python -m tests.support.proxy_install`."""

import os
import shutil
import subprocess

PLACES = f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin"


def installed() -> str | None:
    """The path of nginx on this machine."""
    return shutil.which("nginx", path=PLACES)


def main() -> None:
    """Leave nginx behind where that can be done; without it the tests of the proxy are skipped, and say so."""
    if installed() or os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    print("Installing nginx for the tests …", flush=True)
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", "nginx-light"]):
        subprocess.call(["apt-get", *command], env=environ, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
