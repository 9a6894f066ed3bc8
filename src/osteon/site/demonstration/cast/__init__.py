"""The named cast: patients whose stories show the product. Invented by hand, told relative to the day."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from osteon.site.demonstration.cast import joint, limb, spine
from osteon.site.demonstration.cast.tale import Tale

STORIES: Final[tuple[Callable[[Tale], None], ...]] = (*spine.STORIES, *joint.STORIES, *limb.STORIES)
