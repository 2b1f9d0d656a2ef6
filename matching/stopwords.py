"""Words that say nothing about the matter: grammar, politeness, the speech of need and offer."""

from importlib.resources import files

from matching.folding import fold

STOP_CHARS = frozenset(
    "的了是我你他她它们和与在到做给要不还请帮就都也很吗呢吧啊呀哦嘛个位家这那有没可能会想找求"
    "多少大小上下来去好一两二三四五六七八九十几些每各某谁啥怎么样为从被把让用对及等之其或者但并"
)


def load_stop_words() -> frozenset[str]:
    """The words of stopwords.txt."""
    text = (files("matching") / "lexicon" / "stopwords.txt").read_text(encoding="utf-8")
    lines = (line.split("#")[0] for line in text.splitlines())
    return frozenset(fold(word) for line in lines for word in line.split())
