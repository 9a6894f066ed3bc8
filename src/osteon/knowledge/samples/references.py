"""The publications on how many samples, and how many must agree."""

from __future__ import annotations

from osteon.rules.monitoring import Reference

ATKINS_1998 = Reference("Atkins 1998", "Atkins, prospective evaluation of criteria 1998 (PMC105090)")
OETHINGER = Reference("PMC3048255", "Oethinger, table 2 (PMC3048255)")
BEMER_2016 = Reference("Bemer 2016", "Bemer, how many samples 2016")
PEEL_2017 = Reference("Peel 2017", "Peel, optimal number of samples 2017", "10.1128/JCM.01914-16")
DUDAREVA_2021 = Reference(
    "Dudareva 2021", "Dudareva, five specimens in fracture 2021", "10.2106/JBJS.20.00409"
)
LATER = Reference("MSIS, ICM, EBJIS, FRI", "The later definitions: MSIS, ICM, EBJIS and FRI")
ENGINE = Reference("Osteon", "Osteon's own rule for counting specimens")
