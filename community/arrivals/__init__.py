"""What happens around somebody's coming: the platform is answered, the card is seen to, the group
is told who is there.

``platform_events`` takes what a platform tells, ``answering`` what admins decide, ``ticking`` what
is due.
"""
