"""Long texts in parts of so many bytes."""

from hypothesis import given
from hypothesis import strategies as st

from bot.channels.wechaty.split import LIMIT, shown, size, split
from community.actions import Mention, Segment, Text

WORDS = st.text(alphabet=st.sampled_from("一长a😀\n"), max_size=2000).map(
    lambda text: Text(text=text)
)
CALLS = st.just(Mention(account="wechaty:a", name="张三"))


@given(st.lists(WORDS | CALLS, max_size=6), st.integers(min_value=1000, max_value=LIMIT))
def test_no_part_is_too_long(segments: list[Segment], first: int) -> None:
    parts = split(segments, first)
    calls = sum(isinstance(segment, Mention) for segment in segments)
    for number, part in enumerate(parts):
        texts = [segment for segment in part if isinstance(segment, Text)]
        called = [segment for segment in part if isinstance(segment, Mention)]
        assert sum(size(text.text) for text in texts) <= (LIMIT if number else first)
        assert len(called) == (0 if number else calls)
    said = "".join(shown(one) for one in segments if isinstance(one, Text)).replace("\n", "")
    kept = "".join(shown(one) for part in parts for one in part if isinstance(one, Text))
    assert kept.replace("\n", "").replace("@张三 ", "") == said


def test_it_is_cut_at_line_ends() -> None:
    lines = "\n".join("字" * 99 for _ in range(20))
    parts = split([Text(text=lines)], LIMIT)
    assert ["\n".join(shown(one) for one in part) for part in parts] == [
        "\n".join("字" * 99 for _ in range(6)),
        "\n".join("字" * 99 for _ in range(6)),
        "\n".join("字" * 99 for _ in range(6)),
        "\n".join("字" * 99 for _ in range(2)),
    ]
