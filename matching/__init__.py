"""Pure matching: words in, ranked and explained matches out."""

from matching.analyser import Analyser, Profile
from matching.analysis import ANYTHING, CITY_WEIGHT, Analysis, city_term
from matching.comparing import Stats
from matching.deciding import Call, callable_members, is_good, search_results, shortlist
from matching.fitted import FITTED
from matching.folding import fingerprint, fold, title
from matching.following import follows, keywords, strange
from matching.joint import Prospect, Settled, settle
from matching.model import Weights
from matching.query_terms import probe, telling_terms
from matching.ranking import Candidate, Ranked, Reason, doubts, rank
from matching.spelling import Correction
from matching.stored import Stored
from matching.unit import Unit

__all__ = [
    "ANYTHING",
    "CITY_WEIGHT",
    "FITTED",
    "Analyser",
    "Analysis",
    "Call",
    "Candidate",
    "Correction",
    "Profile",
    "Prospect",
    "Ranked",
    "Reason",
    "Settled",
    "Stats",
    "Stored",
    "Unit",
    "Weights",
    "callable_members",
    "city_term",
    "doubts",
    "fingerprint",
    "fold",
    "follows",
    "is_good",
    "keywords",
    "probe",
    "rank",
    "search_results",
    "settle",
    "shortlist",
    "strange",
    "telling_terms",
    "title",
]
