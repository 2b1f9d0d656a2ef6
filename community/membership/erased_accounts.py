"""Accounts whose people asked to be erased.

A platform goes on telling who sits in a group; nothing of that is kept of these accounts until
they turn to the bot again.
"""

from collections.abc import Collection

from community.membership.digests import digest
from community.scene import Scene
from storage.queries.people import marks
from storage.tables import Mark

KIND = "forgotten"


def remember(scene: Scene, *, accounts: Collection[str]) -> None:
    """Keep nothing of these accounts from now on."""
    for account in accounts:
        scene.session.merge(
            Mark(
                community_id=scene.community_id,
                kind=KIND,
                digest=digest(scene.community_id, account),
                at=scene.now,
            )
        )


def among(scene: Scene, *, accounts: Collection[str]) -> set[str]:
    """Those of the accounts of which nothing may be kept."""
    if not accounts or not marks.exist(scene.session, community_id=scene.community_id, kind=KIND):
        return set()
    by_digest = {digest(scene.community_id, account): account for account in accounts}
    found = marks.among(
        scene.session, community_id=scene.community_id, kind=KIND, digests=by_digest
    )
    return {by_digest[one] for one in found}


def allow_again(scene: Scene, *, account: str) -> None:
    """The account's person turned to the bot himself: he is known again."""
    marks.forget(
        scene.session,
        community_id=scene.community_id,
        kind=KIND,
        digests=[digest(scene.community_id, account)],
    )
