"""The publications, product texts and local pages that rules cite, each once."""

from __future__ import annotations

from datetime import date
from typing import Final

from osteon.rules.monitoring import Reference

AUTHOR: Final = "Osteon rule authors"
CHECKED_BY: Final = "Checked against the reference files; awaiting a named clinician"
REVIEWED_ON: Final = date(2026, 11, 22)
NEXT_REVIEW: Final = date(2027, 11, 22)

IDSA_OPAT_2018 = Reference(
    "IDSA18", "IDSA outpatient parenteral antimicrobial therapy guideline 2018", "10.1093/cid/ciy745"
)
UK_OPAT_2019 = Reference("GPR19", "UK OPAT good practice recommendations 2019", "10.1093/jacamr/dlz026")
BRAZIL_OPAT_2023 = Reference("BRA23", "Brazilian OPAT laboratory table 2023", "10.1177/20499361231178625")
BORDERS = Reference("NHS Borders", "NHS Borders, diabetic foot antibiotics (local page)")
AUSTRALIA = Reference("AUS", "Australian Therapeutic Guidelines, ambulatory antimicrobial therapy")
DAPTOMYCIN_LABEL = Reference("daptomycin label", "Daptomycin product text")
GLOUCESTERSHIRE = Reference("Gloucestershire", "Gloucestershire daptomycin guideline (local page)")
NATSUMOTO_2014 = Reference(
    "Natsumoto 2014", "Natsumoto, linezolid thrombocytopenia 2014", "10.1007/s15010-014-0674-5"
)
LINEZOLID_MARROW_2003 = Reference(
    "JAC 2003", "Linezolid and myelosuppression, JAC 2003", "10.1093/jac/dkg253"
)
BUCKINGHAMSHIRE = Reference("Buckinghamshire", "Buckinghamshire linezolid leaflet (local page)")
NE_ENGLAND = Reference("NE England", "North East England formulary, linezolid (local page)")
WHO_TB = Reference("WHO TB", "WHO tuberculosis regimen, conditions for linezolid (another setting)")
AITHAL_2011 = Reference(
    "Aithal 2011", "Aithal, case definition of drug-induced liver injury 2011, quoted by a TB cohort"
)
BLUMENTHAL_2015 = Reference(
    "Blumenthal 2015", "Blumenthal, eosinophilia on OPAT 2015", "10.1016/j.jaci.2015.04.005"
)
UKKA_2023 = Reference("UKKA 2023", "UK Kidney Association, hyperkalaemia October 2023")
GPNOTEBOOK_2025 = Reference("GPnotebook 2025", "GPnotebook, acute kidney injury 2025")
KDIGO = Reference("KDIGO", "KDIGO stages of acute kidney injury")
AYRSHIRE_2021 = Reference("Ayrshire 2021", "NHS Ayrshire and Arran, vancomycin 2021 (local page)")
LOTHIAN_2024 = Reference("Lothian 2024", "NHS Lothian, acute osteomyelitis 2024 (local page)")
HIGHLAND_TAM = Reference("Highland TAM", "NHS Highland, teicoplanin (local page)")
TEICOPLANIN_LABEL = Reference("teicoplanin label", "Teicoplanin product text")
OXFORD = Reference("OUH", "Oxford University Hospitals, adult antimicrobial guide (local page)")
STANFORD_2019 = Reference("Stanford 2019", "Stanford, aminoglycoside dosing 2019")
UK_PRACTICE = Reference("UK practice", "Usual UK practice, to be confirmed against a named source")
PROPOSAL = Reference("Osteon proposal", "Osteon proposal, to be ratified by the unit")

EBJIS_2021 = Reference(
    "EBJIS 2021",
    "McNally, the EBJIS definition of periprosthetic joint infection 2021",
    "10.1302/0301-620X.103B1.BJJ-2020-1381.R1",
)
SOUSA_2023 = Reference("Sousa 2023", "Sousa, EBJIS definition in practice 2023", "10.2340/17453674.2023.5670")
