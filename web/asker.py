"""Who asks for a code to be mailed, and may use it."""

from community.signing_in.codes import Asker
from web.access import Visit
from web.cookies import visitor_of


def asker_of(visit: Visit) -> Asker:
    """The browser, and from where it comes."""
    return Asker(browser=visitor_of(visit.request), place=visit.place)
