"""The publications on resistance."""

from __future__ import annotations

from osteon.rules.monitoring import Reference

MAGIORAKOS_2012 = Reference(
    "Magiorakos 2012", "Magiorakos, MDR, XDR and PDR 2012", "10.1111/j.1469-0691.2011.03570.x"
)
AUREUS_CATEGORIES = Reference("S33", "Categories of Staphylococcus aureus as tabulated by a later study")
EXPERT_RULES = Reference("expert rules", "Expert rules on expected phenotypes (EUCAST, AMR data set)")
EUCAST_2019 = Reference("EUCAST", "EUCAST, S, I and R since 2019")
