"""What the two tables called ICM 2018 share: what needs fluid from the joint, and what makes both certain."""

from __future__ import annotations

from osteon.rules.language import answered, yes
from osteon.rules.tree import Condition

DRY_TAP = yes("dry_tap")


def in_fluid(key: str, condition: Condition) -> Condition:
    """A condition on joint fluid. After a dry tap there is none: what nobody measured then scores nothing."""
    return condition & (answered(key) | ~DRY_TAP)


# What the worked cases mean by "everything else negative".
NEGATIVE = (
    "sinus_tract=no; cultures_alike=0; culture_single=no; d_dimer=300; leuk_esterase=negative; "
    "alpha_defensin=no; syn_crp=1; histology_positive=no; pus=no; dry_tap=no; virulent_organism=no"
)
