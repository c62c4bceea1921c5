"""Static files as browsers get them: joined, compressed, and kept for as long as they stay as they are."""

import gzip
import re

import pytest

from portal.web.assets import JOINED, SAID, STATIC, asset

TEMPLATES = STATIC.parent / "templates"


def test_every_style_and_script_is_sent():
    """A file that nobody lists would be missed by its pages; the theme's is sent ahead of the rest, and a worker is
    no script of a page."""
    listed = sorted({part for parts in JOINED.values() for part in parts})
    written = [f"{folder}/{path.name}" for folder in ("css", "js") for path in (STATIC / folder).iterdir()]
    assert listed == sorted(set(written) - {"js/theme.js", "js/counter_worker.js"})


def test_every_class_that_a_template_names_looks_like_something():
    """A class that no style and no script knows is a slip, such as a list whose marks hang out of its card."""
    known = set(
        re.findall(r"[\w-]+", "".join(path.read_text() for kind in ("css", "js") for path in STATIC.rglob(f"*.{kind}")))
    )
    assert {
        (word, name) for word, name in worn(r"\w+") if re.fullmatch(r"[a-z][a-z0-9-]*", word) and word not in known
    } == set()


# What cells share with everything else.
OF_EVERY_CELL = {"mono", "nowrap", "number", "soft", "written"}


def blocks() -> dict[str, set[str]]:
    """The classes that a file of styles dresses by themselves, wherever they stand; print undresses what it leaves out."""
    found: dict[str, set[str]] = {}
    for path in (STATIC / "css").iterdir():
        for selector in re.findall(r"([^{};]+){", re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.S)):
            for one in re.findall(
                r"(?:^|,)\s*\.([a-z][\w-]*)(?=\s*(?:,|$))", re.sub(r"\([^()]*\)", "", selector).strip()
            ):
                found.setdefault(one, set()).add(path.stem)
    return {name: files - {"print"} for name, files in found.items()}


def test_a_class_is_one_blocks_alone():
    """The tickets of a shop and the catalogs of the marketplace had one name, and each the other's lines."""
    assert {name: files for name, files in blocks().items() if len(files) > 1} == {}


def test_a_cell_is_not_dressed_as_a_block_of_another_page():
    """The phone that a push is drawn on came, and the phone numbers of a list lay under its frame."""
    cells, others = worn(r"t[hd]"), {word for word, _ in worn(r"(?!t[hd]\b)\w+")}
    dressed = (blocks().keys() & others) - OF_EVERY_CELL
    assert {(word, name) for word, name in cells if word in dressed} == set()


def worn(tag: str) -> set[tuple[str, str]]:
    """The classes that templates give to elements of this name, each with its template."""
    return {
        (word, path.name)
        for path in TEMPLATES.rglob("*.html")
        for text in re.findall(rf'<{tag}\b[^>]*?class="([^"]*)"', path.read_text())
        for word in re.sub(r"\S*{[{%].*?[%}]}\S*", " ", text).split()
    }


@pytest.mark.engine("sqlite")
@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("portal.css", "text/css"),
        ("portal.js", "text/javascript"),
        ("counter.css", "text/css"),
        ("counter.js", "text/javascript"),
    ],
)
def test_they_are_sent_as_one(client, name, kind):
    answer = client.get(asset(name), headers={"Accept-Encoding": "gzip"})
    assert (answer.status_code, answer.mimetype) == (200, kind)
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    text = gzip.decompress(answer.data).decode()
    assert all(SAID.sub(r'"\1"', (STATIC / part).read_text()).strip() in text for part in JOINED[name])
    plain = client.get(f"/static/{name}")
    assert plain.text == text
    assert client.get(f"/static/{name}", headers={"If-None-Match": plain.headers["ETag"]}).status_code == 304


@pytest.mark.engine("sqlite")
def test_a_page_names_what_there_is_and_little_of_it(client):
    page = client.get("/sign-in").text
    files = [part.split('"')[0] for part in page.split("/static/")[1:]]
    assert all(client.get(f"/static/{file}").status_code == 200 for file in files if "#" not in file)
    assert len({file for file in files if ".js" in file or ".css" in file}) == 4
    assert client.get("/static/none.css").status_code == client.get("/static/../portal.py").status_code == 404


@pytest.mark.engine("sqlite")
def test_what_is_not_what_the_address_names_is_not_kept_for_ever(client):
    """While an update is rolled out, the new page may ask a process that still has the old file."""
    for name in ("portal.css", "js/theme.js"):
        for version in ("000000000000", "", asset(name).partition("=")[2] + "0"):
            assert "immutable" not in client.get(f"/static/{name}?v={version}").headers["Cache-Control"]
        assert "immutable" in client.get(asset(name)).headers["Cache-Control"]


@pytest.mark.engine("sqlite")
def test_scripts_speak_the_readers_language(client):
    page = client.get("/sign-in", headers={"Accept-Language": "ru"}).text
    script = client.get(re.search(r"/static/portal\.ru\.js[^\"]+", page)[0]).text
    assert '"Скопировано"' in script and '"Copied"' not in script and "said(" not in script
    english = client.get(asset("portal.js")).text
    assert '"Copied"' in english and "said(" not in english
    assert client.get("/static/portal.xx.js").status_code == 404
