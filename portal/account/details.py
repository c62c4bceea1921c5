"""What a person is called."""

from flask import make_response, render_template, url_for
from flask_login import current_user

from portal import clock
from portal.account.profile_forms import DetailsForm
from portal.domain.accounts.people import details as person_details
from portal.domain.errors import DomainError
from portal.web import answers, forms


def edit():
    """Change one's name."""
    clock.use(0)
    form = DetailsForm(name=current_user.name)
    if form.validate_on_submit():
        try:
            person_details.rename(current_user.user_id, form.name.data)
            return answers.done(url_for("account.details.edit"), "Your name is saved.")
        except DomainError as error:
            forms.take_errors(form, error)
    return make_response(render_template("account/details.html", form=form), 422 if form.errors else 200)
