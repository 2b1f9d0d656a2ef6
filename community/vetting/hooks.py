"""What is done beyond the application itself. Add a function here to take part.

The functions live in modules of their own, which import ``community.vetting.outcomes`` and not
this module.
"""

from collections.abc import Sequence
from typing import Final

from community.arrivals import answering
from community.membership import joining
from community.vetting.outcomes import Bar, Hook, Note

# Whoever is let in is a member before he is introduced as one.
HOOKS: Final[Sequence[Hook]] = (joining.on_outcome, answering.on_outcome)
NOTES: Final[Sequence[Note]] = (joining.warnings,)
BARS: Final[Sequence[Bar]] = (joining.may_not_apply,)
