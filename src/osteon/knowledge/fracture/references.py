"""The publications on fracture-related infection."""

from __future__ import annotations

from osteon.rules.monitoring import Reference

METSEMAKERS_2018 = Reference(
    "FRI 2018", "Metsemakers, consensus definition 2018", "10.1016/j.injury.2017.08.040"
)
MCNALLY_2020 = Reference(
    "FRI 2020", "McNally, diagnosing fracture-related infection 2020", "10.1302/2058-5241.5.190072"
)
VANVELK_2023 = Reference(
    "Vanvelk 2023", "Vanvelk, 609 patients 2023 (PMC10711025)", "10.5194/jbji-8-133-2023"
)
ONSEA_2022 = Reference("Onsea 2022", "Onsea, validation, Injury 53:1867-1879, 2022")
MORGENSTERN_2018 = Reference("Morgenstern 2018", "Morgenstern, histology of non-union, BJJ 100-B:966, 2018")
