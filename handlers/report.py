"""Saying in private that the covenant was broken."""

import re

from community.covenant import NUMBER, numeral
from community.errors import UserError
from community.membership import reports, target
from handlers.framework.context import Context
from handlers.framework.feature import Call, Feature
from handlers.framework.targets import clause_in
from storage.tables import Member

feature = Feature(
    "report",
    usage="#举报 第3条 @张三 昨晚连发五条广告（私聊）",
    summary="告诉管理员有人违反公约，不会说是你",
    order=157,
    any_text=True,
)

_CALLED = re.compile(r"[@＠]?(\S+)")
_END = re.compile(r"[，,：:。；;！!]")
_EDGES = " \t\r\n，,：:。；;！!"
_DONE_TO = re.compile(r"被|遭|受|反映|告诉|[和跟与、]")
# Runs of blanks are taken as a whole (*+): see handlers/framework/targets.py.
_CLAUSE = re.compile(
    rf"(?:违反|依据|根据|公约)了?\s*+(?:公约)?\s*+第?\s*+({NUMBER})\s*+条"
    rf"|第\s*+({NUMBER})\s*+条\W*$"
)


@feature.command("举报", prose=True)
def report(ctx: Context, call: Call) -> str:
    """Hand a report to the admins."""
    clause, text = clause_in(call.body)
    about, text = _about(ctx, text)
    if not clause:  # behind the name, as with #移除, or in the words
        clause, text = clause_in(text)
        clause = clause or _named_clause(text)
    made = reports.report(ctx.scene, reporter=ctx.member, about=about, clause=clause, text=text)
    unsure = "" if about is not None else "没写 @谁，或没认出来，管理员会看内容。"
    return f"R{made.id} 已交给管理员，不会告诉任何人是你举报的。{unsure}处理完我会告诉你。"


def _about(ctx: Context, text: str) -> tuple[Member | None, str]:
    """The member named first, if one and only one is of that name; else all is text.

    An admin may be the one: known by name, he does not read what is reported about him.
    """
    called = _CALLED.match(text)
    for word in () if called is None else dict.fromkeys((called[1], _END.split(called[1])[0])):
        try:
            about = target.by_word(ctx.scene, word)
        except UserError:
            continue
        rest = text[text.index(word) + len(word) :].strip(_EDGES)
        # 小红 被李四骂了 tells what was done to her, not what she did.
        if text[0] in "@＠" or (about.id != ctx.member.id and not _DONE_TO.match(rest)):
            return about, rest
    return None, text


def _named_clause(text: str) -> int:
    found = _CLAUSE.search(text)
    return numeral(found[1] or found[2]) if found else 0
