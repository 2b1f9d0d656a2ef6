"""What a community asks of its members once they are in: covenant, dues, probation."""

from pydantic import BaseModel, ConfigDict

from community.covenant import Covenant


class Terms(BaseModel):
    """Nothing is asked unless the configuration says so."""

    model_config = ConfigDict(frozen=True)

    covenant: Covenant = Covenant()
    dues: bool = False
    probation: bool = False
