"""The demonstration unit: an invented bone infection unit on an ordinary day, for ``./osteon demo`` and the journeys."""

from osteon.site.demonstration.staff import SignIn, sign_ins
from osteon.site.demonstration.unit import DemoUnit, is_loaded, load_demonstration

__all__ = ["DemoUnit", "SignIn", "is_loaded", "load_demonstration", "sign_ins"]
