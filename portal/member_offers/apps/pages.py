"""Apps of the club, as its partner's owners see them: made, changed and removed."""

from flask import g, render_template, request, url_for

from portal.domain.members.oauth import apps as rows
from portal.domain.members.oauth import chains
from portal.domain.members.oauth.tables import OauthApp
from portal.domain.sentences import counted, say
from portal.member_offers.apps.forms import AppForm
from portal.web import answers
from portal.web.forms import form_page, tried


def index():
    """The partner's apps."""
    return render_template("member_offers/apps/index.html", apps=rows.of_partner(g.partner.id))


def new():
    """Make an app."""
    tokens = rows.choosable(g.partner.id)
    form = AppForm(token_ids=[token.id for token in tokens] if len(tokens) == 1 else [])
    form.offer(tokens)
    if form.validate_on_submit():
        with tried(form):
            app = rows.create(g.partner.id, *_typed(form))
            return answers.done(
                url_for("apps.edit", app_id=app.id),
                say("“{name}” was added. Put its client id into the app.", name=app.name),
            )
    return form_page("member_offers/apps/form.html", form, app=None)


def edit(app_id: int):
    """Change an app; its client id stays."""
    app = rows.owned(g.partner.id, app_id)
    form = AppForm(
        name=app.name, redirect_uris=app.redirect_uris, origins=rows.origins_of(app), token_ids=rows.token_ids(app)
    )
    form.offer(rows.choosable(g.partner.id))
    if form.validate_on_submit():
        with tried(form):
            rows.change(app, *_typed(form))
            return answers.done(url_for("apps.index"), say("“{name}” was changed.", name=form.name.data))
    return form_page("member_offers/apps/form.html", form, app=app)


def remove(app_id: int):
    """Ask, naming what is lost; then remove."""
    app = rows.owned(g.partner.id, app_id)
    if request.method == "GET":
        return render_template("member_offers/apps/remove.html", app=app, lost=_lost(app))
    rows.remove(app)
    return answers.done(url_for("apps.index"), say("“{name}” was removed.", name=app.name))


def _typed(form: AppForm) -> tuple:
    return form.name.data, form.redirect_uris.data or [], form.origins.data or [], form.token_ids.data or []


def _lost(app: OauthApp) -> list[str]:
    signed_in = chains.count_of_app(app)
    members = counted(signed_in, "1 member is signed out of it.", "{number} members are signed out of it.")
    return [*([members] if signed_in else []), say("Its client id is never valid again.")]
