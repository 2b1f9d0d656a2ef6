"""Members who are named in a message."""

import re

from community import directory
from community.people import holder_of
from handlers.framework.context import Context
from storage.tables import Member

_CALLED = re.compile(r"[@＠]([^\s@＠#＃，,。；;、！!]+)")


def named_members(ctx: Context, text: str) -> tuple[list[Member], list[str]]:
    """Members who were really mentioned; else by the names after an @, and who is unclear."""
    mentions = ctx.message.mentions
    if mentions:
        return [holder_of(ctx.scene, account=one.account, name=one.name) for one in mentions], []
    known, unknown = [], []
    for name in _CALLED.findall(text):
        found = directory.find(ctx.scene, name=name, limit=1)
        if found.total == 1:
            known.append(found.members[0])
        else:
            unknown.append(f"@{name}")
    return known, unknown
