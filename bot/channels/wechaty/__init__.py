"""WeChat, through a Wechaty puppet service (a gateway that is logged in to WeChat).

Nothing is imported here: the child process shares this package, and starts faster without.
"""
