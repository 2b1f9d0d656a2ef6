"""Asking an applicant for more."""

from community.vetting import deciding
from handlers.framework.applications import meant_application, spread
from handlers.framework.context import Context
from handlers.framework.feature import Call, Feature
from handlers.framework.reply import Reply, say

feature = Feature(
    "ask",
    usage="#补充 A12 你在哪个部门？（不写问题就问还缺的）",
    summary="请申请人补充，ta 回答后再审",
    order=113,
    admin=True,
)


@feature.command("ask", "补充", answers=("补充",), prose=True)
def ask(ctx: Context, call: Call) -> Reply:
    """Ask one applicant a question, in private."""
    meant = meant_application(ctx, call)
    application = meant.application
    question = deciding.effective_question(ctx.scene, application, meant.rest)
    deciding.ask(ctx.scene, application=application, admin=ctx.member, question=question)
    spread(ctx, application, f"#A{application.id} 由 {ctx.member.shown} 请申请人补充了。")
    return say(
        f"已经问 #A{application.id} 的申请人，ta 回答后我再贴出来。", application=application.id
    )
