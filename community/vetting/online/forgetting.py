"""Somebody who only applied, and by mail, takes back everything: he has no chat to say it in."""

from dataclasses import dataclass

from community.members.people import get_or_create_member
from community.membership import standing
from community.membership.erasure import erase
from community.scene import Scene
from community.vetting import drafts, finding
from community.vetting.notifications import tell_admins
from community.vetting.online import proofs
from storage.queries.people import people
from storage.queries.vetting import forms
from storage.tables import JoinForm


@dataclass(frozen=True)
class Forgotten:
    """What is still to be done, and to be told."""

    files: list[str]  # names, for ``discard``
    kept: str  # what he is told that stays; empty where nothing does


def may_forget(scene: Scene, form: JoinForm) -> bool:
    """The address is proven and no member's: members erase themselves with all they have."""
    found = people.by_account(scene.session, community_id=scene.community_id, account=form.account)
    return form.confirmed and found is None


def forget(scene: Scene, form: JoinForm) -> Forgotten:
    """Nothing of the person is left but how often he applied."""
    written = forms.of_accounts(
        scene.session, community_id=scene.community_id, accounts=[form.account]
    )
    names = [proof.file for one in written for proof in proofs.held(scene, one)]
    current = finding.open_of(scene, form.account)
    number = None if current is None else current.id
    if current is not None:
        drafts.withdraw(scene, current)
    nobody = get_or_create_member(scene, account=form.account)
    standing.keep_outside(scene, member=nobody)
    done = erase(scene, member=nobody, choice="removed")
    if number is not None:  # what spoke of the application itself is gone with it
        tell_admins(scene, f"#A{number} 申请人撤回了申请，填过的内容也删掉了。")
    return Forgotten(names, done.kept)
