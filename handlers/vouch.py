"""A member answers, in private and with one word, whether he knows an applicant."""

from community.vetting import finding, vouching
from handlers.framework.context import Context
from handlers.framework.feature import Feature
from matching import fold

feature = Feature("vouch", usage="", summary="被问到时回 认识 或 不认识", order=998)

_WORDS = {"认识": True, "认得": True, "是": True, "不认识": False, "不认得": False, "不是": False}


@feature.private_text
def heard(ctx: Context) -> str | None:
    """Take the word if somebody was asked; other words are not for this."""
    knows = _WORDS.get(fold(ctx.message.text).strip(" 。.！!~～的"))
    if knows is None or ctx.known is None:
        return None
    application = None
    if ctx.message.quoted is not None:
        lane, quoted = ctx.message.sender.account, ctx.message.quoted.message_id
        application = finding.by_message(ctx.scene, lane=lane, message_id=quoted)
    found = vouching.answer(ctx.scene, member=ctx.known, knows=knows, application=application)
    if found is None:
        return None
    return f"记下了，谢谢。只有管理员知道你{'' if knows else '不'}认识 ta。"
