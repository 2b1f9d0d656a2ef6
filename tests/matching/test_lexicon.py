"""The lexicon is in order: a linter for whoever edits it."""

import shutil
from collections import Counter
from pathlib import Path

import pytest

from matching import Analyser, signals
from matching import concepts as module
from matching.concepts import FLAGS, Lexicon, load_lexicon, own_files, parse_line
from matching.folding import fold
from matching.places import Gazetteer
from matching.segment import Segmenter
from matching.stopwords import load_stop_words

FILES = dict(sorted(own_files().items()))


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


def test_it_is_large(lexicon: Lexicon) -> None:
    assert len(lexicon.by_term) > 8000
    assert len(lexicon.concepts) > 1000


@pytest.mark.parametrize("text", FILES.values(), ids=FILES)
def test_no_head_stands_twice_in_a_file(text: str) -> None:
    lines = [line for line in text.splitlines() if line and line[0] != "#"]
    heads = Counter(line.split(": ")[0] for line in lines)
    assert [head for head, count in heads.items() if count > 1] == []


def test_no_concept_is_dead(lexicon: Lexicon) -> None:
    named = {n for c in lexicon.concepts.values() for n in (*c.parents, *c.neighbours)}
    dead = [c.head for c in lexicon.concepts.values() if not c.terms and c.head not in named]
    assert dead == []


def test_flags_are_known(lexicon: Lexicon) -> None:
    assert {flag for c in lexicon.concepts.values() for flag in c.flags} <= FLAGS


def test_a_term_in_two_concepts_is_marked(lexicon: Lexicon) -> None:
    unmarked = {
        term: [c.head for c in concepts]
        for term, concepts in lexicon.by_term.items()
        if sum(term not in c.shared for c in concepts) > 1
    }
    assert unmarked == {}


def test_no_concept_is_a_kind_of_itself(lexicon: Lexicon) -> None:
    for head in lexicon.concepts:
        above = set(lexicon.concepts[head].parents)
        while above:
            assert head not in above, head
            above = {p for one in above for p in lexicon.concepts[one].parents}


def test_terms_are_folded_and_found_whole(lexicon: Lexicon) -> None:
    segment = Segmenter(
        [*lexicon.by_term, *sorted(Gazetteer(lexicon.places).names)], load_stop_words()
    )
    lost = [
        term
        for term in lexicon.by_term
        if fold(term) != term
        or signals.strip_contacts(term) != term
        or term not in {span.text for span in segment.terms(term, list(segment.words(term)))}
    ]
    assert lost == []


def test_stop_words_are_no_terms(lexicon: Lexicon) -> None:
    assert sorted(load_stop_words() & set(lexicon.by_term)) == []


def test_a_line_with_kinds() -> None:
    first, second = parse_line("甲/类", "甲一 甲二? <上 ~旁 @local | 乙 乙二!", "x.yaml")
    assert first.head == "甲/类"
    assert first.terms == ("甲一", "甲二")
    assert first.wanting == {"甲二"}
    assert first.parents == ("上",)
    assert first.neighbours == ("旁",)
    assert second.terms == ("乙", "乙二")
    assert second.shared == {"乙二"}
    assert second.parents == ("甲/类",)
    assert second.flags == {"local"}


def test_a_community_adds_words_and_concepts() -> None:
    own = load_lexicon({"ours.yaml": "+代理记账: 理账\n灯笼: 宫灯 <礼品\n"})
    analyser = Analyser(lexicon=own)
    assert "C代理记账" in analyser.analyse("求理账").terms
    assert {"C灯笼", "C礼品"} <= set(analyser.analyse("出宫灯").terms)


def test_additions_may_stand_before_what_they_add_to() -> None:
    own = load_lexicon({"ours.yaml": "+荷花盏: 走水盏\n荷花盏: 许愿盏\n"})
    assert own.concepts["荷花盏"].terms == ("荷花盏", "许愿盏", "走水盏")


def test_a_shared_term_is_first_of_all_where_it_is_at_home() -> None:
    own = load_lexicon({"ours.yaml": "放盏会: 水盏会 走水盏!\n荷花盏: 走水盏\n"})
    assert [concept.head for concept in own.by_term["走水盏"]] == ["荷花盏", "放盏会"]


def test_a_concept_has_the_topics_of_what_it_belongs_to() -> None:
    own = load_lexicon(
        {"topics.yaml": "放灯: 荷花盏\n", "x.yaml": "荷花盏: 水盏 | 许愿盏\n灯船: ~许愿盏"}
    )
    assert own.topics_of("荷花盏") == own.topics_of("许愿盏") == own.topics_of("灯船") == ("放灯",)
    assert own.topics_of("代理记账") != ()
    with pytest.raises(ValueError, match="走马盏"):
        load_lexicon({"topics.yaml": "放灯: 走马盏"})


def test_what_is_traded_has_a_topic(lexicon: Lexicon) -> None:
    traded = [c.head for c in lexicon.concepts.values() if "weak" not in c.flags]
    assert sum(not lexicon.topics_of(head) for head in traded) < len(traded) / 10


@pytest.mark.parametrize("text", ["+无此: 词", "代理记账: 词", "新词: 词 <无此"])
def test_a_wrong_file_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"ours\.yaml"):
        load_lexicon({"ours.yaml": text})


def test_what_was_kept_is_what_was_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("concepts.py", "folding.py"):
        shutil.copy(Path(module.__file__).parent / name, tmp_path)
    monkeypatch.setattr(module, "__file__", str(tmp_path / "concepts.py"))
    read, again = load_lexicon(), load_lexicon()
    assert again == read == load_lexicon({})
    assert [file.name.partition(".")[0] for file in tmp_path.glob("__pycache__/*")] == ["lexicon"]
    monkeypatch.setattr(module, "own_files", lambda: {"x.yaml": "会计: 财务"})
    assert load_lexicon({"y.yaml": "+会计: 做账"}).concepts["会计"].terms == (
        "会计",
        "财务",
        "做账",
    )
