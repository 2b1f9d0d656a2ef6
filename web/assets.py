"""Files that pages are made of. Browsers keep them for as long as they are what a page named."""

import hashlib
import os
from pathlib import Path
from typing import Final

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope
from typing_extensions import override

FOLDER: Final = Path(__file__).parent / "static"
_FOREVER = "public, max-age=31536000, immutable"
_ASK_FIRST = "no-cache"


def digest(file: str | os.PathLike[str]) -> str:
    """What stands behind the ``?`` of the file's address: another one whenever the file changes."""
    return hashlib.sha256(Path(file).read_bytes()).hexdigest()[:10]


class Assets(StaticFiles):
    """With how long a browser may use what it has got."""

    def __init__(self) -> None:
        super().__init__(directory=FOLDER)

    @override
    def file_response(
        self,
        full_path: str | os.PathLike[str],
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        """The file, or that it has not changed.

        An upgrade puts new files under a bot that is still running, whose pages name the old ones.
        """
        response = super().file_response(full_path, stat_result, scope, status_code)
        named = scope["query_string"] == digest(full_path).encode()
        response.headers["Cache-Control"] = _FOREVER if named else _ASK_FIRST
        return response
