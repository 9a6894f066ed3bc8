from osteon.library.resources.tests.pages import library

__all__ = ["library"]
