"""What comes after joining: roles, sanctions, covenant, dues, probation, and leaving for good."""

from community.membership.blacklist import Barred, blacklisted, namesakes

__all__ = ["Barred", "blacklisted", "namesakes"]
