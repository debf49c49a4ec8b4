"""What all tests share: one browser a process, since two would share its event loop."""

from tests.browser import chromium

__all__ = ["chromium"]
