"""Draws pages as browsers do that are years old: Chromium 86 in WeChat, Safari 14 on iPhones.

They leave out a whole rule for one selector that they do not know, and a declaration for one word.
"""

import re

from playwright.sync_api import Page, Route

_RULE = re.compile(
    r"[^{}]*(?::has\(|:is\(|:where\(|:focus-visible|::file-selector-button"
    r"|:not\([^()]*,)[^{}]*\{[^{}]*\}"
)
_DECLARATION = re.compile(
    r"(?<=[{;\s])(?:(?:inset|appearance|accent-color|aspect-ratio|text-[a-z]+-trim|text-wrap"
    r"|text-autospace)\s*:|overflow-wrap:\s*anywhere|[a-z-]+:[^;{}]*\d[dsl]v[hw]\b)[^;{}]*;"
)
_WITHOUT_BUTTON = "delete SubmitEvent.prototype.submitter"


def aged(css: str) -> str:
    """What is left of it there."""
    return _DECLARATION.sub("", _RULE.sub("", css))


def grows_old(page: Page) -> None:
    """From now on this page is drawn with less."""

    def less(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=aged(answer.text()))

    page.route("**/*.css?*", less)
    page.add_init_script(_WITHOUT_BUTTON)
