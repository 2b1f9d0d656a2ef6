"""What is merely the nearest is told as such, and calls nobody."""

from tests.conversations.chat import Chat


def test_no_word_meets_but_it_is_about_the_same(chat: Chat) -> None:
    chat.says("小红", "#供 货运险")
    chat.says("小刚", "#供 阳澄湖大闸蟹礼券")
    said = chat.says("小明", "#求 货压在港口")
    assert "没有正好合适的，最接近的是：\n#1 小红：" in said
    assert "因为：都与" in said
    assert "大闸蟹" not in said
    assert chat.called == []


def test_no_word_no_topic_and_no_letter_is_shared(chat: Chat) -> None:
    chat.says("小红", "#供 口译，陪同")
    said = chat.says("小明", "#求 客户只认英文资料")
    assert "没有正好合适的，最接近的是：\n#1 小红：口译，陪同 · 因为：意思相近" in said
    assert chat.called == []


def test_nothing_is_near(chat: Chat) -> None:
    chat.says("小刚", "#供 阳澄湖大闸蟹礼券")
    assert "暂时没有合适的" in chat.says("小明", "#求 二手人体工学椅")
