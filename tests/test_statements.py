"""Every prebuilt statement is understood by the engine, and gives columns that are called as the fields of its row."""

import dataclasses
import importlib
import pkgutil
from typing import NamedTuple

import pytest

import portal.api
import portal.domain
import portal.worker
from portal.database import Statement, database, drop_connection
from portal.database.statements import _LIST, _PARAMETER, for_engine
from portal.domain.accounts.partners import lists as partners
from portal.domain.accounts.people import lists as people
from portal.domain.affiliate.deal_lists import lists as deals
from portal.domain.affiliate.deal_lists import promoter_lists as brought
from portal.domain.affiliate.deal_lists.filters import Filter as DealFilter
from portal.domain.affiliate.deal_lists.promoter_lists import Filter as OwnFilter
from portal.domain.affiliate.payouts import lists as payouts
from portal.domain.events import history
from portal.domain.events.history import Filter
from portal.domain.events.types import TYPES
from portal.domain.graph import ways
from portal.domain.mail import letterbox
from portal.domain.search import search
from portal.domain.typed import words


class Wrong(NamedTuple):
    id: int
    title: str


def import_all(*packages) -> None:
    for package in packages:
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)


def columns(statement: Statement) -> list[str] | None:
    """What the engine calls the columns; None where it does not say without running the statement."""
    written = _LIST.sub(r"IN (:\1)", statement.written)
    text = for_engine(written, statement.lock, database.param)
    names = dict.fromkeys(_PARAMETER.findall(written), 0)  # LIMIT takes no null.
    return (_columns_of_sqlite if database.param == "?" else _columns_of_postgresql)(text, names)


def _columns_of_sqlite(text: str, names: dict) -> list[str] | None:
    """The plan of a write is made and the write left; a read finds nothing in an empty database."""
    database.execute_sql(f"EXPLAIN {text}", names).fetchall()
    is_write = text.startswith(("INSERT", "UPDATE", "DELETE"))
    return None if is_write else [column[0] for column in database.execute_sql(text, names).description]


def _columns_of_postgresql(text: str, names: dict) -> list[str]:
    """Prepared and described, not run."""
    numbers = {name: f"${number}" for number, name in enumerate(names, start=1)}
    connection = database.connection().pgconn
    for done in (
        connection.prepare(b"", (text % numbers).encode()),
        described := connection.describe_prepared(b""),
    ):
        if done.error_message:
            raise SyntaxError(f"{done.error_message.decode()}\n{text}")
    return [described.fname(place).decode() for place in range(described.nfields)]


def faults(statement: Statement) -> list[str]:
    try:
        found = columns(statement)
    except Exception as error:
        return [f"{statement.written}\n  {error}"]
    shape = statement.shape
    fields = tuple(field.name for field in dataclasses.fields(shape)) if dataclasses.is_dataclass(shape) else None
    fields = fields or getattr(shape, "_fields", None)
    if fields is None or found is None or tuple(found) == fields:
        return []
    return [f"{statement.written}\n  gives {found}\n  not {list(fields)}"]


def build_those_made_on_demand() -> None:
    """Lists build a statement for each shape of their filters when it is first asked for."""
    for place in ({}, {"before": 9}, {"after": 9}):
        for text in ("", "a", "a b"):
            deals.page(1, DealFilter("Approved", text=text), **place)
            brought.page(1, OwnFilter(text=text), **place)
            payouts.of_merchant(1, text=text, **place)
            payouts.of_promoter(1, text=text, **place)
            for state in ("", *partners.STATES):
                partners.page(text, state, **place)
            for state in ("", *people.STATES):
                people.page(text, state, **place)
            letterbox.page("sent" if text else "", text, **place)
        for chosen in (
            Filter(),
            Filter(actor="user:1"),
            Filter(types=tuple(TYPES)[:2]),
            Filter(actor="user:1", types=tuple(TYPES)[:1], thing="catalog", thing_id="a"),
            Filter(thing="deal", thing_id="a"),
        ):
            history.page(1, chosen, **place)
    for role in ("owner", "viewer"):
        for count in range(1, words.MOST + 1):
            search.find(1, role, "ab " * count)
    for way in ways.GRAPH.ways:
        ways.walking((way.number,)), ways.going_on(way.number), ways.counting(way.number)
    ways.naming(tuple(ways.GRAPH.nodes))


def test_every_statement_is_understood_and_names_its_columns(engine):
    import_all(portal.domain, portal.api, portal.worker)
    build_those_made_on_demand()
    assert len(Statement.every) > 200
    wrong = [fault for statement in Statement.every for fault in faults(statement)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.engine("sqlite")
def test_a_statement_is_parsed_once_whatever_is_looked_for(engine):
    import_all(portal.domain)
    build_those_made_on_demand()
    parsed: list[str] = []
    again: list[str] = []
    drop_connection()  # What other tests ran most would be kept in their place.
    connection = database.connection()
    connection.set_authorizer(lambda *action: parsed.append(statement.written) or 0)
    for statement in Statement.every:
        if statement.text.startswith("SELECT") and not _LIST.search(statement.written):
            for value in (0, 1):
                parsed.clear()
                statement.rows(**dict.fromkeys(_PARAMETER.findall(statement.written), value))
            again += parsed[:1]
    connection.set_authorizer(None)
    assert again == []


@pytest.mark.parametrize(
    "text, row, said",
    [
        ("SELECT id, name FROM partner WHERE id IN :ids", Wrong, "gives ['id', 'name']"),
        ("SELECT id FROM partner WHERE nobody = :partner", None, "nobody"),
        ("UPDATE partner SET name = :name WHERE nobody = :partner", None, "nobody"),
    ],
)
def test_a_wrong_statement_is_told(engine, text, row, said):
    statement = Statement(text, row)
    Statement.every.remove(statement)
    (fault,) = faults(statement)
    assert said in fault


@pytest.mark.engine("postgresql")
def test_a_write_that_returns_names_its_columns_too(engine):
    statement = Statement("UPDATE partner SET name = :name WHERE id = :id RETURNING id, name", Wrong)
    Statement.every.remove(statement)
    assert "gives ['id', 'name']" in faults(statement)[0]
