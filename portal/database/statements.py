"""Prebuilt statements: SQL with named parameters, whose rows have names."""

import re
from collections.abc import Callable
from functools import lru_cache, partial
from typing import ClassVar, Generic, TypeVar, overload

from portal.database.tables import database

Row = TypeVar("Row")
_PARAMETER = re.compile(r"(?<![:\w]):([a-z_]\w*)")
_SPACES = re.compile("[ \n]+")  # A no-break space is part of a text.
_LIST = re.compile(r"\bIN :([a-z_]\w*)")
_PLANNED_BY = re.compile(r"\b(LIKE|LIMIT) (:[a-z_]\w*)")
_COMPARED = re.compile(r"\bCOMPARED\(((?:[^()]|\([^()]*\))+)\)")
# LIKE knows capitals of ASCII by itself, and each call out of the library costs more than a look-up in an index does.
_COMPARED_BY_LIKE = r"CASE WHEN OCTET_LENGTH(\1) = LENGTH(\1) THEN \1 ELSE ALIKE(\1) END"
_THE_SAME = {"LIKE": "LIKE ({} || '')", "LIMIT": "LIMIT ({} + 0)"}


class Statement(Generic[Row]):
    """SQL written once: building the text costs more than running it, so hot paths keep it.

    `:name` stands for a parameter, `IN :names` for as many as the list given has. `row` names the columns, a NamedTuple
    whose fields are called as they are. `lock` is the row lock that is asked for where the engine has row locks.
    `COMPARED(column) LIKE :pattern` looks for patterns of texts as `ALIKE` writes them.
    """

    every: ClassVar[list["Statement"]] = []
    _placeholder: ClassVar[str] = ""  # how the engine writes a parameter

    @overload
    def __init__(self: "Statement[tuple]", text: str, *, lock: str = ""): ...

    @overload
    def __init__(self, text: str, row: Callable[..., Row], *, lock: str = ""): ...

    def __init__(self, text: str, row=None, *, lock: str = ""):
        self.written, self.lock, self.shape = _SPACES.sub(" ", text).strip(), lock, row
        self._make = _maker(row)
        self._lists = tuple(dict.fromkeys(_LIST.findall(self.written)))
        if self._placeholder:
            self._prepare()
        Statement.every.append(self)

    @staticmethod
    def prepare_all(placeholder: str) -> None:
        """Write all for an engine, told by how it writes a parameter. Tests connect to the same one thousands of times."""
        if placeholder != Statement._placeholder:
            Statement._placeholder = placeholder
            for statement in Statement.every:
                statement._prepare()

    def _prepare(self) -> None:
        self._spread: dict[tuple[int, ...], str] = {}
        self.text = for_engine(self.written, self.lock, self._placeholder)

    def run(self, **given) -> int:
        """Run a write; the number of rows it touched."""
        return self._ran(given).rowcount

    def row(self, **given) -> Row | None:
        """The first row, or None."""
        found = self._ran(given).fetchone()
        return found if found is None or self._make is None else self._make(found)

    def rows(self, **given) -> list[Row]:
        """Every row."""
        found = self._ran(given).fetchall()
        return found if self._make is None else list(map(self._make, found))

    def value(self, **given):
        """The first column of the first row, or None."""
        found = self._ran(given).fetchone()
        return found and found[0]

    def values(self, **given) -> list:
        """The first column of every row."""
        return [columns[0] for columns in self._ran(given).fetchall()]

    def _ran(self, given: dict):
        if self._lists:
            text, given = self._with_lists(given)
            return database.execute_sql(text, given)
        return database.execute_sql(self.text, given)

    def _with_lists(self, given: dict) -> tuple[str, dict]:
        """The text for lists of these sizes, and each of their values under a name of its own."""
        sizes = tuple(len(given[name]) for name in self._lists)
        text = self._spread.get(sizes)
        if text is None:
            text = self._spread[sizes] = self._spread_out(dict(zip(self._lists, sizes, strict=True)))
        for name, size in zip(self._lists, sizes, strict=True):
            given.update(zip(_places(name, size), given.pop(name), strict=True))
        return text, given

    def _spread_out(self, sizes: dict[str, int]) -> str:
        marks = {name: ", ".join(f":{place}" for place in _places(name, size)) for name, size in sizes.items()}
        written = _LIST.sub(lambda match: f"IN ({marks[match[1]] or 'NULL'})", self.written)
        return for_engine(written, self.lock, self._placeholder)


@lru_cache(maxsize=1024)
def _places(name: str, size: int) -> tuple[str, ...]:
    return tuple(f"{name}_{place}" for place in range(size))


def _maker(row):
    """What makes a row of its columns. That there are as many as fields is proved once, by a test, not at each row."""
    if row is None or not hasattr(row, "_fields"):
        return row and (lambda columns: row(*columns))
    return partial(tuple.__new__, row)


def for_engine(text: str, lock: str, placeholder: str) -> str:
    if placeholder == "?":  # SQLite has one writer at a time and no row locks.
        text = _COMPARED.sub(_COMPARED_BY_LIKE, text)
        # To plan by the value of a parameter right after LIKE or LIMIT, it would parse the statement anew at each run. That
        # costs more than most statements do, and none is planned better for it.
        return _PLANNED_BY.sub(lambda match: _THE_SAME[match[1]].format(match[2]), text)
    # A sign of escape that is named, even its own, would be put into the pattern again at each row.
    text = text.replace(r" ESCAPE '\'", "").replace("COMPARED(", "ALIKE(")
    text = _PARAMETER.sub(r"%(\1)s", text.replace("%", "%%"))
    return f"{text} {lock}" if lock else text
