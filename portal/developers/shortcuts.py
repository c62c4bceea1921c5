"""What the search knows of the developers' pages, by the words that people type."""

from portal.domain.sentences import say
from portal.web.shortcuts import Shortcut

OTHER_WORDS = {
    "developers.start.guide": say("begin quickstart tutorial integrate python curl first request"),
    "developers.tokens": say("keys credentials secrets integration access"),
}
SHORTCUTS = (
    Shortcut(
        say("Make a token"), "plus", "developers.new_token", say("new add create api key credentials"), is_act=True
    ),
    Shortcut(
        say("Websites that may ask the API"),
        "globe",
        "developers.origins.edit",
        say("cors origin origins browser script domain"),
    ),
)
