"""What the audit keeps, in words."""

import re
from pathlib import Path

import pytest

import community
from community.office.audit_wording import VERBS, own
from storage.tables import Audit
from tests.community.conftest import NOW

_VERB = re.compile(r"""(?:verb=|_VERB = )"([a-z_]+)\"""")


@pytest.mark.parametrize(
    ("subject", "number", "verb", "words"),
    [
        ("post", 12, "withdrawn", "撤下了 #12"),
        ("application", 3, "look", "看了证明文件 #A3"),
        ("member", 7, "privacy", "改了隐私设置"),
        ("member", 8, "word", "捎了句话 M8"),
        ("community", 0, "settings", "改了设置"),
        ("member", 7, "of tomorrow", "of tomorrow"),
    ],
)
def test_in_words(subject: str, number: int, verb: str, words: str) -> None:
    row = Audit(
        community_id="renren", id=1, at=NOW, actor_id=7, verb=verb, subject=subject,
        subject_id=number,
    )  # fmt: skip
    assert own(row) == words


def test_every_verb_has_its_words() -> None:
    folder = Path(community.__file__).parent
    written = {
        verb for file in folder.rglob("*.py") for verb in _VERB.findall(file.read_text("utf-8"))
    }
    assert written >= {"privacy", "word", "sign_in"}
    assert written <= {verb for verbs in VERBS.values() for verb in verbs}
