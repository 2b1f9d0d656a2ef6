"""Forgetting by the clock what nobody has sent, or was decided long ago."""

from datetime import datetime
from pathlib import Path

from sqlmodel import Session

from community.vetting.online.forms import LIFE
from community.vetting.online.proofs import sweep_proofs
from community.vetting.states import OPEN
from storage.queries.vetting import forms


def prune(session: Session, *, folder: Path | None, now: datetime) -> None:
    """Forms without a word for thirty days, unless admins still have them before them; and files.

    What was erased or ran out is off the disk after this.
    """
    forms.prune(session, before=now - LIFE, unless=OPEN)
    if folder is not None:
        sweep_proofs(session, folder, now=now)
