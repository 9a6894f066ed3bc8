"""The measurements, drugs and findings that rules name, as a nurse and a pharmacist say them."""

from __future__ import annotations

from dataclasses import replace

from osteon.events.vocabulary import DRUGS
from osteon.rules.things import Drugs, drug, drug_group, drugs, finding, happening, measured

CRP = measured("crp")
ESR = measured("esr")
NEUTROPHILS = measured("neutrophils")
EOSINOPHILS = measured("eosinophils")
PLATELETS = measured("platelets")
HAEMOGLOBIN = measured("haemoglobin")
CREATININE = measured("creatinine")
POTASSIUM = measured("potassium")
ALT = measured("alt")
ALP = measured("alp")
BILIRUBIN = measured("bilirubin")
CK = measured("creatine-kinase")
INR = measured("inr")
TEMPERATURE = measured("temperature")
VANCOMYCIN_LEVEL = measured("vancomycin-level")
TEICOPLANIN_LEVEL = measured("teicoplanin-level")
GENTAMICIN_LEVEL = measured("gentamicin-level")
AMIKACIN_LEVEL = measured("amikacin-level")

# One test of a panel stands for the panel: whoever counted platelets counted the blood.
FULL_BLOOD_COUNT = replace(PLATELETS, name="full blood count")
KIDNEY_FUNCTION = replace(CREATININE, name="kidney function")
LIVER_FUNCTION = replace(ALT, name="liver tests")

DAPTOMYCIN = drug("daptomycin")
LINEZOLID = drug("linezolid")
TEDIZOLID = drug("tedizolid")
VANCOMYCIN = drug("vancomycin")
TEICOPLANIN = drug("teicoplanin")
RIFAMPICIN = drug("rifampicin")
CO_TRIMOXAZOLE = drug("co-trimoxazole")
FLUCLOXACILLIN = drug("flucloxacillin")
BENZYLPENICILLIN = drug("benzylpenicillin")
CEFTRIAXONE = drug("ceftriaxone")
PIPERACILLIN_TAZOBACTAM = drug("piperacillin-tazobactam")
CLINDAMYCIN = drug("clindamycin")
AZTREONAM = drug("aztreonam")
COLISTIN = drug("colistin")
LIPOSOMAL_AMPHOTERICIN = drug("liposomal-amphotericin")
VORICONAZOLE = drug("voriconazole")
FLUCONAZOLE = drug("fluconazole")
GENTAMICIN = drug("gentamicin")
AMIKACIN = drug("amikacin")
WARFARIN = drug("warfarin")

AMINOPENICILLINS = drugs("ampicillin or amoxicillin", "ampicillin", "amoxicillin")
OTHER_CEPHALOSPORINS = drugs(
    "a cephalosporin other than ceftriaxone",
    "cefazolin",
    "ceftazidime",
    "cefepime",
    "ceftaroline",
    "ceftazidime-avibactam",
    "ceftolozane-tazobactam",
)
CARBAPENEMS = drugs("a carbapenem", "ertapenem", "meropenem")
AMINOGLYCOSIDES = drugs("an aminoglycoside", "gentamicin", "tobramycin", "amikacin")
ECHINOCANDINS = drug_group("an echinocandin", "echinocandin")
METRONIDAZOLE = drugs("metronidazole", "metronidazole", "metronidazole-oral")
WARFARIN_DISTURBERS = drugs(
    "a drug that disturbs warfarin",
    "rifampicin",
    "co-trimoxazole",
    "metronidazole",
    "metronidazole-oral",
    "ciprofloxacin",
    "levofloxacin",
    "moxifloxacin",
)
# Given by vein or muscle only, so that the code alone says so.
PARENTERAL = Drugs(
    "intravenous antimicrobials",
    tuple(d.code for d in DRUGS.values() if d.only_route == "vein or muscle"),
)
ANTIMICROBIALS = Drugs(
    "antimicrobials",
    tuple(d.code for d in DRUGS.values() if d.group not in ("not systemic", "anticoagulant")),
)

MUSCLE_SYMPTOMS = finding("muscle-symptoms")
FEVER = finding("fever")
RASH = finding("rash")
JAUNDICE = finding("jaundice")
BREATHLESSNESS = finding("breathlessness")
VISUAL_SYMPTOMS = finding("visual-symptoms")
NEUROPATHY_SYMPTOMS = finding("neuropathy-symptoms")
HEPATITIS_SYMPTOMS = finding("hepatitis-symptoms")
LOOSE_STOOLS = finding("loose-stools")

OPERATION = happening("operation", "operation")
