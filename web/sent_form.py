"""The form that came with a request: from a page of ours, in signs that a database takes."""

from contextlib import aclosing

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from web import cookies
from web.errors import PageError, StaleFormError, TooLargeError

_MOST_FILES = 50  # a page takes fewer, and says which it has not taken
_MOST_FIELDS = 200


async def checked_form(request: Request, *, cut: bool = False) -> FormData:
    """The form that was sent, from a page of ours in this browser. Raises StaleFormError.

    ``cut``: of one that was too large, its words will do.
    """
    form = await _parsed(request)
    if not _is_text(form):
        raise PageError("这个请求没有看懂。")
    request.state.typed = _words_of(form)  # handed back where something goes wrong
    if not cookies.is_from(cookies.visitor_of(request), token_of(request, form)):
        if is_cut(request):  # whose words these are nobody knows
            request.state.typed = []
            raise TooLargeError
        raise StaleFormError
    if is_cut(request) and not cut:
        raise TooLargeError
    return form


def is_cut(request: Request) -> bool:
    """The files that came with it were too large, and none of them is there."""
    return bool(getattr(request.state, "cut", False))


async def _parsed(request: Request) -> FormData:
    """The form; where files are too large, what stood before them."""
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        return await request.form(max_files=_MOST_FILES, max_fields=_MOST_FIELDS)
    async with aclosing(request.stream()) as stream:
        parser = MultiPartParser(
            request.headers, stream, max_files=_MOST_FILES, max_fields=_MOST_FIELDS
        )
        try:
            return await parser.parse()
        except MultiPartException as error:
            raise HTTPException(status_code=400, detail=error.message) from error
        except TooLargeError:
            request.state.cut = True
    return FormData([(name, value) for name, value in parser.items if isinstance(value, str)])


def text_of(form: FormData, name: str) -> str:
    """A field of it; empty where it was not filled in."""
    value = form.get(name, "")
    return value.replace("\r\n", "\n").replace("\0", "") if isinstance(value, str) else ""


def token_of(request: Request, form: FormData) -> str:
    """What shows on which page it stood."""
    token = form.get("csrf") or request.headers.get("x-csrf-token", "")
    return token if isinstance(token, str) else ""


def _is_text(form: FormData) -> bool:
    """No half of a sign in it, which some encodings let through and no database takes."""
    try:
        for name, value in form.multi_items():
            f"{name}{value if isinstance(value, str) else value.filename}".encode()
    except UnicodeEncodeError:
        return False
    return True


def _words_of(form: FormData) -> list[tuple[str, str]]:
    """What a form holds; what was left empty, or emptied, as well."""
    return [
        (name, value)
        for name, value in form.multi_items()
        if isinstance(value, str) and name != "csrf"
    ]
