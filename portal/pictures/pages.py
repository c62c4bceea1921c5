"""Uploading pictures, and serving them."""

from flask import Response, abort, g, request, url_for

from portal.domain.errors import Refused
from portal.domain.pictures import shelf
from portal.domain.pictures.tables import Picture
from portal.domain.sentences import say
from portal.pictures.forms import UploadForm
from portal.web import answers, picture_uploads
from portal.web.addresses import row_id
from portal.web.forms import form_page

_FOR_EVER = "public, max-age=31536000, immutable"


def picture(key: str):
    """A picture that is here. It never changes under its address, so browsers may keep it for ever."""
    known = request.if_none_match.contains(key) and shelf.is_here(key)
    found = None if known else shelf.served(key)
    if not known and found is None:
        abort(404)
    response = Response(found.body, content_type=found.content_type) if found else Response(status=304)
    response.set_etag(key)
    response.headers["Cache-Control"] = _FOR_EVER
    return response


def pictures():
    """The partner's pictures with their addresses, and a place to upload one; a form's field gets its fragment back."""
    form = UploadForm()
    uploaded = _uploaded(form) if form.validate_on_submit() else None
    if request.method == "POST" and answers.is_fragment() and form.field.data:
        return _picked(form, uploaded)
    if uploaded:
        return answers.done(
            url_for("pictures.pictures"), say("The picture is here. Copy its address into whatever shows it.")
        )
    found, older = shelf.page(g.partner.id, request.args.get("before", type=row_id) or None)
    return form_page("pictures/pictures.html", form, pictures=found, older=older, address=picture_uploads.address)


def _picked(form: UploadForm, uploaded: Picture | None) -> Response:
    """The field of the form that asked, with the new address in it; when it was refused, with what was in it before."""
    value = picture_uploads.address(uploaded.key) if uploaded else request.form.get(form.field.data)
    return form_page("pictures/_picked.html", form, value=value)


def _uploaded(form: UploadForm) -> Picture | None:
    try:
        return picture_uploads.keep(form.picture.data)
    except Refused as refused:
        form.picture.errors = [refused.sentence]
        return None
