"""The publications on osteomyelitis of long bones."""

from __future__ import annotations

from osteon.rules.monitoring import Reference

CIERNY_2003 = Reference(
    "Cierny 2003", "Cierny, Mader, Penninck, clinical staging 2003", "10.1097/01.blo.0000088564.81746.62"
)
CIERNY_COPIES = Reference("PMC5090239", "Cierny-Mader stages as printed in PMC5090239, table 1, and Wheeless")
MARAIS_2014 = Reference("Marais 2014", "Marais, outcome by predefined hosts 2014")
MARAIS_2016 = Reference("Marais 2016", "Marais, on host C 2016", "10.1007/s11751-016-0259-1")
MCNALLY_2022 = Reference(
    "McNally 2022", "McNally, 100 patients, one stage 2022", "10.1302/0301-620X.104B9.BJJ-2022-0396.R1"
)
HOTCHEN_2019 = Reference(
    "Hotchen 2019", "Hotchen, the BACH classification 2019", "10.1302/2046-3758.810.BJR-2019-0050.R1"
)
HOTCHEN_2017 = Reference(
    "Hotchen 2017", "Hotchen, BACH in 100 patients 2017", "10.1302/1358-992X.2017.22.055"
)
HOTCHEN_OUTCOME = Reference(
    "Hotchen 2019b", "Hotchen, BACH and quality of life 2019 and 2020", "10.1302/1358-992X.2019.14.060"
)
MAGIORAKOS_2012 = Reference(
    "Magiorakos 2012", "Magiorakos, MDR, XDR and PDR 2012", "10.1111/j.1469-0691.2011.03570.x"
)
MCNALLY_2016 = Reference(
    "McNally 2016", "McNally, chronic osteomyelitis in one stage 2016", "10.1302/0301-620X.98B9.38057"
)
CADTH = Reference("CADTH", "CADTH and PICBONE, acute osteomyelitis")
BMC_2014 = Reference("BMC 2014", "A cohort of osteomyelitis 2014", "10.1186/1471-2334-14-443")
INDIA_2023 = Reference("India 2023", "An Indian cohort of chronic osteomyelitis 2023 (PMC10388580)")
ENGINE = Reference("Osteon", "Osteon's own class, not a published definition")
