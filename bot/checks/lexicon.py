"""The operator's own words: whether they can be taken up."""

from pathlib import Path

from bot.analyser_reload import lexicon_with, read_own
from bot.errors import StartError
from bot.finding import Finding
from matching.concepts import Lexicon, load_lexicon


def check(folder: Path) -> Finding:
    """How many files there are and what they add, or what is wrong with one of them."""
    shown = folder.absolute()
    try:
        own = read_own(folder)
        if not own:
            hint = f"要加就写成 {shown}/*.yaml"
            return Finding(ok=True, text="自己的词典：没有", fix=hint)
        lexicon = lexicon_with(own)
    except StartError as error:
        fix = f"改好 {shown} 里的文件（写法见 docs/matching.md）；改好之前 laoyou run 不会启动"
        return Finding(ok=False, text=f"自己的词典：{error.text}", fix=fix)
    usual = load_lexicon()
    concepts = len(lexicon.concepts.keys() - usual.concepts.keys())
    words = len(_words(lexicon) - _words(usual))
    text = f"自己的词典：{len(own)} 个文件，加了 {concepts} 个概念、{words} 个词"
    return Finding(ok=True, text=text)


def _words(lexicon: Lexicon) -> set[str]:
    places = {name for head, names in lexicon.places.items() for name in (head, *names)}
    return places | set(lexicon.by_term)
