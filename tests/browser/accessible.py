"""Looks with axe-core for what keeps people out of a page."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.install import installed

# Nothing is fetched again for the check, and frames are pages of their own.
_RUN = """async () => (await axe.run({preload: false, iframes: false, resultTypes: ["violations"]}))
    .violations.filter(found => ["serious", "critical"].includes(found.impact))"""


def check_accessible(page: Page) -> None:
    """Fail with what is serious or critical on the page as it is now.

    The script comes in through the debugger: it needs no leave from the page's security policy,
    and the policy stays in force. It cannot run where JavaScript is off.
    """
    if not page.evaluate("'axe' in window"):
        script = installed().axe.read_text()
        page.evaluate(script)
        page.add_init_script(script)  # half a megabyte: further pages need not be handed it again
    if found := page.evaluate(_RUN):
        told = "\n".join(_told(one) for one in found)
        pytest.fail(f"{page.url} keeps people out:\n{told}", pytrace=False)


def _told(violation: dict[str, Any]) -> str:
    lines = [f"{violation['id']} ({violation['impact']}): {violation['help']}"]
    for node in violation["nodes"]:
        lines.append(f"  {' '.join(map(str, node['target']))}  {node['html']}")
        lines += [f"    {line.strip()}" for line in node["failureSummary"].splitlines()]
    return "\n".join(lines)
