"""`python -m translations` brings the catalogs up to date with the code; with `check` it says what they lack."""

import sys

from portal import languages
from translations import catalogs


def main() -> int:
    """How many problems there are, as the shell takes it."""
    paths = [languages.FOLDER / f"{language}.po" for language in languages.NAMES if language != languages.ENGLISH]
    if sys.argv[1:] != ["check"]:
        for path in paths:
            catalogs.update(path)
        return 0
    found = [problem for path in paths for problem in catalogs.problems(path)]
    print("\n".join([*found, "Mend it with: make catalogs, and translate what is new."] if found else ["All is said."]))
    return len(found) > 0


sys.exit(main())
