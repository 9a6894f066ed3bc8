"""The publications on outcome after treatment."""

from __future__ import annotations

from osteon.rules.monitoring import Reference

MSIS_2019 = Reference("MSIS 2019", "Fillingham, MSIS outcome tiers 2019", "10.2106/JBJS.19.00159")
ICM_PAGE = Reference("ICM page", "ICM page that prints the MSIS outcome tiers")
DEBBI_2024 = Reference("Debbi 2024", "Debbi, 245 series 2024", "10.5194/jbji-9-127-2024")
ALAVI_2026 = Reference("Alavi 2026", "Alavi, which definitions studies use 2026", "10.1093/ofid/ofaf695.328")
DELPHI_2013 = Reference("Delphi 2013", "Diaz-Ledezma, Delphi consensus 2013", "10.1007/s11999-013-2866-1")
OVIVA_2019 = Reference("OVIVA 2019", "Li, oral against intravenous antibiotics, NEJM 380:425, 2019")
OVIVA_PROTOCOL = Reference("OVIVA protocol", "OVIVA protocol", "10.1186/s13063-015-1098-y")
SOLARIO = Reference("SOLARIO", "SOLARIO protocol", "10.1186/s13063-019-3832-3")
MCNALLY_2022 = Reference(
    "McNally 2022", "McNally, 100 patients, one stage 2022", "10.1302/0301-620X.104B9.BJJ-2022-0396.R1"
)
FRI_OUTCOME = Reference("FRI outcome", "Outcome of fracture-related infection", "10.1007/s00402-019-03287-4")
DAY_2021 = Reference("Day 2021", "Day, 24-month rule 2021", "10.3390/jcm11010122")
IWGDF_2023_COPIES = Reference("IWGDF 2023 copies", "Web summary of the 2023 foot guideline")
ENGINE = Reference("Osteon", "Osteon's own order and reading")
BEZSTAROSTI_2019 = Reference("Bezstarosti 2019", "Bezstarosti, 93 series 2019", "10.1007/s00402-018-3048-0")
