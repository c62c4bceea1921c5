"""A kind of imports, as its pages need it: its words, its columns, its verbs, and where its things stand."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any, NamedTuple

from flask import url_for

from portal.domain.importing.lists import LinesOf
from portal.domain.importing.tables import Tables
from portal.domain.sentences import say
from portal.web.imported.forms import ColumnsForm, UploadForm
from portal.web.imported.words import Words


class Act(NamedTuple):
    """A page that asks before it does something: what the link to it says."""

    label: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Kind:
    """What files of one kind hold, and what is done with them. Its pages stand in the folder `feature`."""

    feature: str
    stands_in: tuple[str, str]  # the list of its things: its name, and its endpoint
    words: Words
    plain: Mapping[str, str]  # by field, in their order: what is in the column
    short: Mapping[str, str]  # the same in a word
    wire: Mapping[str, str]  # by field: what the API and reports call it
    tables: Tables
    lines: LinesOf
    verbs: ModuleType  # start, find, take_columns, take_left_out, check_again, confirm, cancel, asks_for_sign
    upload_form: Callable[[int], UploadForm]  # of a partner
    columns_form: Callable[[Any], ColumnsForm]  # of an import
    wake: Callable[[], Any]  # the worker that does what was asked for
    undo: Callable[[Any], Act | None]  # of an import
    lines_form: Callable[[Any], Any] = lambda found: None  # of an import: what is said of all lines that leave it out
    leads: Callable[[str], str]  # where the thing of a line is, by its uuid
    to_mend: str  # the name of the file with lines to mend
    is_named_by_code: bool = False

    def url(self, view: str, found: Any = None) -> str:
        """The address of one of its pages, of an import."""
        return url_for(f"{self.feature}.{view}", import_uuid=found.uuid if found else None)

    def trail(self, found: Any = None, here: str | None = None) -> list[tuple[str, str | None]]:
        """The way to its list of imports, to an import, or to a page of one."""
        name, list_endpoint = self.stands_in
        trail: list[tuple[str, str | None]] = [(name, url_for(list_endpoint)), (say("Imports"), self.url("index"))]
        trail += [(found.file_name, self.url("show", found))] if found else []
        trail += [(here, None)] if here else []
        return trail if here else [*trail[:-1], (trail[-1][0], None)]
