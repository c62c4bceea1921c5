"""Uploading pictures, and serving them."""

from flask import Response, abort, current_app, g, request, url_for

from portal.delivery.errors import PictureRefused
from portal.delivery.pictures import MAX_BYTES, reencode
from portal.domain.pictures import album, shelf
from portal.domain.pictures.tables import Picture
from portal.domain.sentences import say
from portal.pictures.forms import UploadForm
from portal.server.limits import Policy
from portal.web import answers
from portal.web.addresses import row_id
from portal.web.forms import form_page

# A large one costs half a second of a process that serves others too.
UPLOADS = Policy("pictures", 20, 60)
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
    return form_page("pictures/pictures.html", form, pictures=found, older=older, address=_address)


def _picked(form: UploadForm, uploaded: Picture | None) -> Response:
    """The field of the form that asked, with the new address in it; when it was refused, with what was in it before."""
    value = _address(uploaded.key) if uploaded else request.form.get(form.field.data)
    return form_page("pictures/_picked.html", form, value=value)


def _uploaded(form: UploadForm) -> Picture | None:
    verdict = current_app.extensions["limiter"].take(f"pictures:{g.person.user_id}", UPLOADS)
    if not verdict.allowed:
        form.picture.errors = [
            say(
                "That were many pictures within a minute. Send the next one in {seconds} seconds.",
                seconds=verdict.seconds,
            )
        ]
        return None
    try:
        small = reencode(form.picture.data.stream.read(MAX_BYTES + 1))
    except PictureRefused as refused:
        form.picture.errors = [str(refused)]
        return None
    return album.keep_upload(g.partner.id, small.body, small.content_type, small.width, small.height, _address)


def _address(key: str) -> str:
    return current_app.config["SETTINGS"].public_url + url_for("pictures.picture", key=key)
