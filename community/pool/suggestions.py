"""What somebody meant who looked for words that nobody here has written."""

from itertools import islice

from community.scene import Scene
from matching import Correction
from storage.queries.pool import postings

SHELVES = ("need", "offer", "member")
MOST_LOOKED_UP = 2_000  # corrections of one text; the likeliest are the first
MOST_TRIED = 4


def guesses(scene: Scene, *, words: str, sure: bool) -> list[Correction]:
    """The likeliest corrections by which there is something to find in this community.

    ``sure``: only those that can hardly be wrong.
    """
    likely = scene.analyser.corrections(words, sure=sure)[:MOST_LOOKED_UP]
    if not likely:
        return []
    terms = {one.word: scene.analyser.terms_of(one.word) for one in likely}
    here = postings.present(
        scene.session,
        community_id=scene.community_id,
        shelves=SHELVES,
        terms=[term for each in terms.values() for term in each],
    )
    found = (one for one in likely if not here.isdisjoint(terms[one.word]))
    return list(islice(found, MOST_TRIED))
