"""Six digits sent to an address: they prove that its owner sits at the browser that asked.

Ten minutes, three tries, three codes within three hours: for each who asks. What somebody else
asks for, or types wrong, does not touch the code of the owner; all of them together can send him
nine letters for each purpose.
"""

import secrets
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
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
MOST_CODES: Final = 3  # from one place
MOST_LETTERS: Final = 9  # to one address, whoever asks
MOST_TRIES: Final = 3
_DIGITS = 6


@dataclass(frozen=True)
class Asker:
    """Who asks: the browser that the code is for, and the place from which that can be many."""

    browser: str
    place: str


def issue(scene: Scene, *, address: str, purpose: Purpose, asker: Asker) -> str:
    """A new code for the address (``mail:…``); the asker's one before is worth nothing any more.

    Raises UserError when the asker, or all together, have had enough codes for now.
    """
    _check_few(scene, _lately(scene, address, purpose), purpose, asker)
    row = _row(scene, address, purpose, asker)
    if row is None or row.window_at <= scene.now - WINDOW:
        row = _fresh(scene, address, purpose, asker)
    code = f"{secrets.randbelow(10**_DIGITS):0{_DIGITS}}"
    row.digest, row.tries, row.sent = _digest(scene, address, purpose, code), 0, row.sent + 1
    row.place, row.expires_at = digest(scene.community_id, asker.place), scene.now + LIFE
    scene.session.add(row)
    scene.session.flush()
    return code


def check(scene: Scene, *, address: str, purpose: Purpose, asker: Asker, code: str) -> Answer:
    """Whether that is the asker's code. A right one has served; a wrong one is counted, so keep
    that.
    """
    row = _row(scene, address, purpose, asker)
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


def _check_few(scene: Scene, lately: Sequence[MailCode], purpose: Purpose, asker: Asker) -> None:
    """Three from one place, also where each is for a browser of its own: those cost nothing.

    A browser brings along what it asked for elsewhere, or moving would empty the count of a place.
    """
    browser, place = (digest(scene.community_id, by) for by in (asker.browser, asker.place))
    mine = [row for row in lately if row.browser == browser or row.place == place]
    if sum(row.sent for row in mine) >= MOST_CODES:
        raise UserError(f"验证码发得太多了，请过 {_left(scene, mine)}再要。")
    if sum(row.sent for row in lately) >= MOST_LETTERS:
        chat = "在聊天里私聊机器人发 #登录 也能进。" if purpose == "sign_in" else ""
        raise UserError(
            f"有人一直在要这个邮箱的验证码，暂时不发了，请过 {_left(scene, lately)}再要。{chat}"
        )


def _lately(scene: Scene, address: str, purpose: Purpose) -> Sequence[MailCode]:
    return sign_ins.codes_of(
        scene.session,
        community_id=scene.community_id,
        purpose=purpose,
        address=digest(scene.community_id, address),
        since=scene.now - WINDOW,
    )


def _row(scene: Scene, address: str, purpose: Purpose, asker: Asker) -> MailCode | None:
    here = scene.community_id
    key = (here, purpose, digest(here, address), digest(here, asker.browser))
    return sign_ins.code(scene.session, key=key)


def _fresh(scene: Scene, address: str, purpose: Purpose, asker: Asker) -> MailCode:
    here = scene.community_id
    return scene.session.merge(
        MailCode(
            community_id=here,
            purpose=purpose,
            address=digest(here, address),
            browser=digest(here, asker.browser),
            place=digest(here, asker.place),
            expires_at=scene.now,
            window_at=scene.now,
        )
    )


def _digest(scene: Scene, address: str, purpose: Purpose, code: str) -> str:
    return digest(scene.community_id, f"{purpose}:{address}:{code}")


def _left(scene: Scene, rows: Sequence[MailCode]) -> str:
    """Until the first of them counts no more."""
    left = rows[0].window_at + WINDOW - scene.now
    minutes = max(1, round(left.total_seconds() / 60))
    return f"{minutes} 分钟" if minutes < 100 else f"{round(minutes / 60)} 小时"
