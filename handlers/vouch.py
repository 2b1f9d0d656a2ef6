"""A member answers, in private, whether he knows an applicant."""

import re

from community.courtesy import is_courtesy
from community.vetting import finding, vouching
from handlers.framework.context import Context
from handlers.framework.feature import Feature
from matching import fold
from storage.tables import Application

feature = Feature("vouch", usage="", summary="被问到时回 认识 或 不认识", order=998)

_WORDS = {"认识": True, "认得": True, "是": True, "不认识": False, "不认得": False, "不是": False}
_SAID = re.compile(
    r"(?:我|嗯|恩|对|對|是的?|当然|當然|确实|確實)*[\s，,]*(不?)(?:认识|认得|認識|認得){1,2}"
    r"(?:[他她的啊呀哈]|ta|这位|這位|这个人|這個人)*(?=[\s，,。.；;！!~～、（(]|$)(.*)",
    re.DOTALL | re.IGNORECASE,
)
_UNSURE = re.compile(r"认识|认得|[?？吗]\W*$")
_NEARLY = re.compile(r"认识|认得|不熟|太熟|很熟|同事|听说过")
_SHORT = 30  # characters; more is hardly said to the question
_EDGES = " \t\r\n。.！!~～，,；;、"


@feature.private_text
def heard(ctx: Context) -> str | None:
    """Take the answer if somebody was asked; other words are not for this."""
    if ctx.known is None:
        return None
    application = _quoted(ctx)
    read = _read(ctx.message.text)
    if read is None:
        return _unclear(ctx, application)
    knows, remark = read
    found = vouching.answer(
        ctx.scene,
        member=ctx.known,
        account=ctx.message.sender.account,
        knows=knows,
        remark=remark,
        application=application,
    )
    if found is None:
        return None
    passed_on = "你说的话也转给了管理员。" if remark else ""
    return f"记下了，谢谢。只有管理员知道你{'' if knows else '不'}认识 ta。{passed_on}"


def _read(text: str) -> tuple[bool, str] | None:
    """Whether he knows him, and what else is said of it, as he wrote it; None where that is
    unclear.
    """
    knows = _WORDS.get(fold(text).strip(" 。.！!~～的"))
    if knows is not None:
        return knows, ""
    said = _SAID.fullmatch(text.strip(_EDGES))
    if said is None or _UNSURE.search(fold(said[2])):
        return None
    remark = said[2].strip(_EDGES)
    return not said[1], "" if is_courtesy(remark) else remark


def _unclear(ctx: Context, application: Application | None) -> str | None:
    """Words that may well be the answer do not vanish."""
    text = fold(ctx.message.text).strip(_EDGES)
    quoted = application is not None
    may_be = quoted if ctx.message.quoted else len(text) <= _SHORT and _NEARLY.search(text)
    if not may_be or is_courtesy(text):
        return None
    if not vouching.awaits(ctx.scene, member=ctx.member, application=application):
        return None
    return "这句我没听懂：认识 ta 就回「认识」，不认识就回「不认识」，后面可以再加一句。"


def _quoted(ctx: Context) -> Application | None:
    if ctx.message.quoted is None:
        return None
    lane, quoted = ctx.message.sender.account, ctx.message.quoted.message_id
    return finding.by_message(ctx.scene, lane=lane, message_id=quoted)
