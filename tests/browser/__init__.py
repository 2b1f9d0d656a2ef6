"""Pages as people meet them: in a real browser, served by the bot's own web server."""

from tests.browser.accessible import check_accessible
from tests.browser.opening import DESKTOP, PHONE, NewPage, Size
from tests.browser.pictures import Screenshot
from tests.browser.serving import Serve
from tests.browser.troubles import Troubles

__all__ = [
    "DESKTOP",
    "PHONE",
    "NewPage",
    "Screenshot",
    "Serve",
    "Size",
    "Troubles",
    "check_accessible",
]
