"""What is done beyond the application itself. Add a function here to take part.

The functions live in modules of their own, which import ``community.vetting.outcomes`` and not
this module.
"""

from collections.abc import Sequence
from typing import Final

from community.arrivals import answering
from community.vetting.outcomes import Bar, Hook, Note

HOOKS: Final[Sequence[Hook]] = (answering.on_outcome,)
NOTES: Final[Sequence[Note]] = ()
BARS: Final[Sequence[Bar]] = ()
