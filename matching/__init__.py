"""Pure matching: words in, ranked and explained matches out."""

from matching.analyser import Analyser, Profile
from matching.analysis import ANYTHING, CITY_WEIGHT, Analysis, city_term
from matching.comparing import Stats
from matching.deciding import (
    MentionCandidate,
    is_good,
    mention_candidates,
    search_results,
    shortlist,
)
from matching.fitted import FITTED
from matching.folding import fingerprint, fold, title
from matching.following import follows, keywords, unrelated_terms
from matching.joint import JointRanking, RankedMember, rank_jointly
from matching.model import Weights
from matching.query_terms import candidate_terms, weighted_terms
from matching.ranking import Candidate, Ranked, doubts, rank
from matching.reasons import Reason
from matching.spelling import Correction
from matching.stored import Stored
from matching.unit import Unit

__all__ = [
    "ANYTHING",
    "CITY_WEIGHT",
    "FITTED",
    "Analyser",
    "Analysis",
    "Candidate",
    "Correction",
    "JointRanking",
    "MentionCandidate",
    "Profile",
    "Ranked",
    "RankedMember",
    "Reason",
    "Stats",
    "Stored",
    "Unit",
    "Weights",
    "candidate_terms",
    "city_term",
    "doubts",
    "fingerprint",
    "fold",
    "follows",
    "is_good",
    "keywords",
    "mention_candidates",
    "rank",
    "rank_jointly",
    "search_results",
    "shortlist",
    "title",
    "unrelated_terms",
    "weighted_terms",
]
