"""A Wechaty gateway for tests: the real PuppetServer from npm over a mock puppet."""

from tests.e2e.gateway.driver import PATIENCE, TOKEN, Gateway, Generation

__all__ = ["PATIENCE", "TOKEN", "Gateway", "Generation"]
