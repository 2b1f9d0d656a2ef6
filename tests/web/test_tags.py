"""Members who know the chat type its tags on the page as well."""

import pytest

from community.posts.texts import without_tag
from handlers import need, offer
from storage.tables import Post
from tests.web.world import HOME, World

WORDS = [
    (kind, word)
    for kind, feature in (("need", need.feature), ("offer", offer.feature))
    for word in feature.commands[0].words
]


@pytest.mark.parametrize(("kind", "word"), WORDS)
def test_the_tag_tells_the_kind_and_is_no_part_of_the_text(kind: str, word: str) -> None:
    for typed in (f"#{word} 一位会计", f"＃ {word.upper()}：一位会计"):
        assert without_tag(typed, kind="") == (kind, "一位会计")


@pytest.mark.parametrize(
    "text", ["#求职信谁会改", "求 一位会计", "一位会计 #求 x", "#求", "#找 会计"]
)
def test_what_is_no_tag_stays(text: str) -> None:
    assert without_tag(text, kind="offer") == ("offer", text)


def test_a_tag_on_the_page(world: World) -> None:
    browser = world.signed_in("小明")
    browser.looks(f"{HOME}/new")
    browser.sends(f"{HOME}/new", kind="need", text="#供 办公桌六张")
    with world.scene() as scene:
        post = scene.session.get_one(Post, ("renren", 1))
        assert (post.kind, post.text, post.title) == ("offer", "办公桌六张", "办公桌六张")
    page = browser.sends(f"{HOME}/new", kind="need", text="！！")
    assert "还没写内容。" in page
    assert "例如：#" not in page
