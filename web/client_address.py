"""Where a request comes from."""

from ipaddress import IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from starlette.requests import Request

_HERE: Final = ("127.0.0.1", "::1")
_NAMES: Final = (*_HERE, "localhost")
# Headers by which a proxy shows that it speaks for somebody else.
PASSED_ON: Final = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")
_NET: Final = 64  # bits of an IPv6 address that one customer of a provider shares
_LONGEST_ADDRESS: Final = 60


def address_of(request: "Request") -> str:
    """Where the request comes from; behind a proxy on the same machine, what that one saw.

    What the visitor himself says about it stands before that, in the same line or in one of its
    own. Of IPv6 it is the net: one household has more addresses than could ever be counted.
    """
    host = request.client.host if request.client else ""
    if host in (*_HERE, ""):
        said = ",".join(request.headers.getlist("x-forwarded-for"))
        host = said.rpartition(",")[2].strip() or host
    try:
        address = ip_address(host)
    except ValueError:
        return host[:_LONGEST_ADDRESS]
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        return str(ip_network((int(address), _NET), strict=False))
    return str(address)


def is_near(request: "Request") -> bool:
    """The browser runs on this very machine, and asks for it by such a name.

    Without a look at the name, a page from elsewhere could give this machine a name of its own;
    and what another program passes on comes from who knows where. Some pass on without a word,
    but in the old version of HTTP that no browser speaks, or with a form of another name's page.
    """
    host = request.client.host if request.client else ""
    passed_on = any(name in request.headers for name in PASSED_ON)
    old = request.scope.get("http_version") == "1.0"
    named = request.url.hostname in _NAMES and _comes_from(request.headers.get("origin", ""))
    return host in _HERE and named and not passed_on and not old


def _comes_from(origin: str) -> bool:
    """The page that sends a form was called by a name of this machine; GET says nothing of it."""
    try:
        return not origin or urlsplit(origin).hostname in _NAMES
    except ValueError:
        return False
