"""A collection as people type it; the rules are the domain's."""

from typing import Any

from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired

from portal.domain.member_offers.collections.collections import FIELDS
from portal.domain.member_offers.collections.tables import Collection
from portal.domain.sentences import say
from portal.web import picture_uploads
from portal.web.forms import ToldAtOnce
from portal.web.picture_lists import PicturesField

_KIND, _ORIGINAL = "collection_image", "original"


class CollectionForm(ToldAtOnce):
    """Its title and description, and one picture."""

    checks = {name: FIELDS[name] for name in ("title", "description")}

    title = StringField(say("Title"), [InputRequired(say("This field is required."))])
    description = TextAreaField(say("Description"))
    picture = PicturesField(say("Picture"), most=1, by_address=False)

    @classmethod
    def of(cls, collection: Collection | None) -> "CollectionForm":
        """The form with what the collection has."""
        if collection is None:
            return cls()
        return cls(
            data={"title": collection.title, "description": collection.description, "picture": originals(collection)}
        )

    def given(self, collection: Collection | None) -> dict[str, Any]:
        """What was typed, as the domain takes it. Files that came in another way stay while the picture stays."""
        given: dict[str, Any] = {"title": self.title.data, "description": self.description.data}
        wanted = self.picture.data or []
        if wanted == (originals(collection) if collection else []):
            return given
        files = [
            {"url": one.url, "width": one.width, "height": one.height, "kind": _KIND, "size_type": one.size}
            for url in wanted
            for one in picture_uploads.in_sizes(url)
        ]
        return given | {"files": files}


def originals(collection: Collection) -> list[str]:
    """The addresses of its pictures, each as it came."""
    return [file["url"] for file in collection.files if file["size_type"] == _ORIGINAL][:1]
