"""What every rule of a community works with, through whichever door it was asked."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlmodel import Session

from community.settings import Settings

if TYPE_CHECKING:
    from matching import Analyser


@dataclass(frozen=True)
class Scene:
    """One piece of work in one community, inside one transaction.

    ``via`` is the group or account through which it came, for the audit.
    """

    session: Session
    settings: Settings
    analyser: "Analyser"
    now: datetime
    via: str = ""

    @property
    def community_id(self) -> str:
        """The community's id, first in every key."""
        return self.settings.id
