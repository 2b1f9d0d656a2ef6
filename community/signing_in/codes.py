"""Six digits sent to an address: they prove that its owner sits at the browser.

Ten minutes, three tries, three codes within three hours.
"""

import secrets
import unicodedata
from datetime import timedelta
from typing import Final, Literal

from community.errors import UserError
from community.membership.digests import digest
from community.scene import Scene
from storage.queries.web import sign_ins
from storage.tables import MailCode

Purpose = Literal["sign_in", "join", "add"]
Answer = Literal["right", "wrong", "over"]
"""``over``: the code has run out, was tried too often, or there was none."""

LIFE: Final = timedelta(minutes=10)
WINDOW: Final = timedelta(hours=3)
MOST_CODES: Final = 3
MOST_TRIES: Final = 3
_DIGITS = 6


def issue(scene: Scene, *, address: str, purpose: Purpose) -> str:
    """A new code for the address (``mail:…``); the one before is worth nothing any more.

    Raises UserError when the address has had enough codes for now.
    """
    row = _row(scene, address, purpose)
    if row is None or row.window_at <= scene.now - WINDOW:
        row = _fresh(scene, address, purpose)
    if row.sent >= MOST_CODES:
        left = row.window_at + WINDOW - scene.now
        raise UserError(f"验证码发得太多了，请过 {_minutes(left)} 再要。")
    code = f"{secrets.randbelow(10**_DIGITS):0{_DIGITS}}"
    row.digest, row.tries, row.sent = _digest(scene, address, purpose, code), 0, row.sent + 1
    row.expires_at = scene.now + LIFE
    scene.session.add(row)
    scene.session.flush()
    return code


def check(scene: Scene, *, address: str, purpose: Purpose, code: str) -> Answer:
    """Whether that is the code. A right one has served; a wrong one is counted, so keep that."""
    row = _row(scene, address, purpose)
    if row is None or not row.digest or row.expires_at <= scene.now or row.tries >= MOST_TRIES:
        return "over"
    if secrets.compare_digest(row.digest, _digest(scene, address, purpose, typed(code))):
        row.digest = ""
        return "right"
    row.tries += 1
    return "over" if row.tries >= MOST_TRIES else "wrong"


def typed(text: str) -> str:
    """A code as it was given, of what some programs copy, and some keyboards type: １２３ 456."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def _row(scene: Scene, address: str, purpose: Purpose) -> MailCode | None:
    key = (scene.community_id, purpose, digest(scene.community_id, address))
    return sign_ins.code(scene.session, key=key)


def _fresh(scene: Scene, address: str, purpose: Purpose) -> MailCode:
    return scene.session.merge(
        MailCode(
            community_id=scene.community_id,
            purpose=purpose,
            address=digest(scene.community_id, address),
            expires_at=scene.now,
            window_at=scene.now,
        )
    )


def _digest(scene: Scene, address: str, purpose: Purpose, code: str) -> str:
    return digest(scene.community_id, f"{purpose}:{address}:{code}")


def _minutes(left: timedelta) -> str:
    minutes = max(1, round(left.total_seconds() / 60))
    return f"{minutes} 分钟" if minutes < 100 else f"{round(minutes / 60)} 小时"
