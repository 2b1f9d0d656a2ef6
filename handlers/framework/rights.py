"""Rights within a feature: a part of it that takes more than the feature itself."""

from community.errors import UserError
from community.rights import may, right_to
from handlers.framework.context import Context
from handlers.framework.feature import Call
from handlers.framework.gate import REFUSALS


def require(ctx: Context, call: Call, part: str) -> None:
    """Raises UserError when the sender may not do that part (``dues.others``)."""
    if not may(ctx.scene, ctx.member, part):
        raise UserError(REFUSALS[right_to(part).lowest].format(word=f"{call.word} 的这个用法"))
