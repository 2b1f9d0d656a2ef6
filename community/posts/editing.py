"""Other words for the same post."""

from community.anonymity.authors import is_alias, person_of
from community.anonymity.wording import cleaned
from community.errors import UserError
from community.posts import texts
from community.posts.finding import check_open, check_owner
from community.posts.history import note, tell_author
from community.posts.publishing import Published, agree_to_collected, index_and_match, same_post
from community.scene import Scene
from storage.tables import Member, Post


def edit(
    scene: Scene,
    *,
    post: Post,
    actor: Member,
    text: str,
    group: str | None,
    seen: str = "",
    on_page: bool = False,
) -> Published:
    """Replace the text and match anew; the time it runs stays. Raises UserError.

    ``group`` is where it is said: whoever fits only now is called there. ``seen`` is the mark of
    the text that somebody had before him: nobody writes over what he has not read. ``on_page``:
    the actor reads at once all that fits.
    """
    check_owner(scene, post=post, actor=actor)
    if post.state == "expired":
        raise UserError(f"#{post.id} 已经到期，先发 #续 {post.id}，再改。")
    check_open(post, "active")
    if seen not in ("", texts.mark(post)):
        raise UserError(
            f"#{post.id} 刚在别处改过，现在是「{post.text}」。要换成你写的，再提交一次。"
        )
    texts.check(text, kind=post.kind, command=f"#改 {post.id}")
    author = scene.session.get_one(Member, (scene.community_id, post.author_id))
    # Of what an admin writes nothing is taken out: by that he would learn who it is.
    if actor.id == author.id and is_alias(scene, author):
        person = person_of(scene, author)
        text = cleaned(scene, person=person, kind=post.kind, text=text).text
    twin = same_post(scene, author=author, kind=post.kind, text=text)
    if twin is not None and twin.id != post.id:
        raise UserError(f"这和 #{twin.id} 一样了，#{post.id} 没有改动。")
    note(scene, post=post, actor=actor, verb="edit")
    agree_to_collected(post, actor=actor)
    texts.write(post, text)
    post.updated_at = scene.now
    tell_author(scene, post=post, actor=actor, what="改了")
    on_page = on_page and actor.id == author.id
    return index_and_match(scene, post, author, group=group, on_page=on_page)
