"""The limb team's patients."""

from __future__ import annotations

from osteon.site.demonstration.cast.joint import EPIDERMIDIS
from osteon.site.demonstration.cast.spine import MSSA
from osteon.site.demonstration.cast.tale import Tale


def platelets_on_linezolid(tale: Tale) -> None:
    """Infected tibial plate, linezolid day 30 with reduced kidneys: platelets 96 from 268."""
    tale.is_about("Campbell", "Delroy", born="1973-12-05", sex="male")
    tale.has_episode(
        "fracture-related",
        "tibia (plate)",
        "Fracture-related infection, plate kept until union; Staphylococcus epidermidis",
        since=48,
        team="limb",
        status="opat",
        side="left",
    )
    tale.is_allergic("Vancomycin", "red skin and low blood pressure during a fast infusion")
    tale.typical |= {"creatinine": 138, "platelets": 262}
    tale.clinic(48, "First clinic: wound breakdown over the plate nine weeks after fixation")
    tale.diagnosis(48, "T84.6", "Fracture-related infection, left tibia (plate)")
    tale.diagnosis(48, "N18.3", "Chronic kidney disease, stage 3")
    tale.asked(48, sinus=True, fever=False)
    tale.known(48, wound_breakdown=True, local_redness=True, local_swelling=True, drainage_persistent=True)
    tale.measured(48, "weight", 97.0)
    tale.bloods(48, 11, crp=38, esr=41, haemoglobin=134, platelets=284)
    tale.imaging(47, "xray", "Plate and screws in place, fracture line visible, lucency around two screws.")
    tale.meeting(
        41,
        "Fracture not united, fixation stable: debride and keep the plate. Twelve weeks or until union; plastic surgeon for cover.",
    )
    tale.admission(37, 29, "Planned: debridement, left tibia")
    tale.operation(36, "dair", "Debridement and washout, plate kept, left tibia")
    tale.operation(36, "flap", "Medial gastrocnemius flap, left tibia", hour=11.5)
    tale.specimens(
        36,
        "tissue",
        "left tibia",
        (
            "staphylococcus-epidermidis",
            "staphylococcus-epidermidis",
            "",
            "staphylococcus-epidermidis",
            "staphylococcus-epidermidis",
        ),
        tested={
            **EPIDERMIDIS,
            "ciprofloxacin": "R",
            "rifampicin": "R",
            "teicoplanin": "R",
            "co-trimoxazole": "R",
        },
    )
    tale.gave("daptomycin", "800 mg IV every 24 hours", since=36, until=29, planned=7)
    for days, crp in ((33, 176), (31, 71)):
        tale.bloods(days, 7, crp=crp, haemoglobin=118)
    tale.bloods(30, 8, platelets=268, haemoglobin=121, creatine_kinase=131)
    tale.gives(
        "linezolid",
        "600 mg by mouth every 12 hours",
        since=29,
        planned=42,
        delivery="self",
        indication="Left tibia plate, multiresistant Staphylococcus epidermidis",
    )
    for days, platelets, haemoglobin, crp in ((23, 231, 120, 34), (16, 187, 117, 16), (9, 141, 112, 9)):
        tale.bloods(days, 9, platelets=platelets, haemoglobin=haemoglobin, crp=crp)
        tale.asked(days, visual_symptoms=False, neuropathy_symptoms=False)
    tale.bloods(
        1, 10, platelets=96, haemoglobin=101, neutrophils=2.1, white_cells=3.9, crp=7, reported_after=20
    )
    tale.asked(1, visual_symptoms=False, neuropathy_symptoms=False, fever=False)
    tale.clinic(1, "OPAT review: bruises on both shins")
    tale.needs("Eye test before linezolid goes beyond day 28: not booked", "opat_nurse", -2)


def course_past_planned_stop(tale: Tale) -> None:
    """Chronic osteomyelitis of the femur, tablets that should have ended six days ago."""
    tale.is_about("Hussain", "Nasreen", born="1981-01-19", sex="female")
    tale.has_episode(
        "osteomyelitis",
        "femur",
        "Chronic osteomyelitis after an open fracture in childhood, Staphylococcus aureus",
        since=92,
        team="limb",
        status="opat",
        side="right",
    )
    tale.has_no_known_allergies()
    tale.clinic(92, "First clinic: sinus over the lateral thigh, off and on for years")
    tale.diagnosis(92, "M86.6", "Chronic osteomyelitis, right femur")
    tale.asked(92, sinus=True, fever=False)
    tale.measured(92, "weight", 64.0)
    tale.bloods(92, 11, crp=19, esr=36)
    tale.imaging(90, "mri", "Intramedullary abscess of the right femur with a 22 mm sequestrum and a cloaca.")
    tale.meeting(
        83,
        "Single-stage excision with a local antibiotic carrier and direct closure. Six weeks of antibiotics.",
    )
    tale.admission(56, 49, "Planned: excision, right femur")
    tale.operation(
        55, "excision", "Excision of dead bone and gentamicin-loaded calcium sulphate, right femur"
    )
    tale.specimens(
        55,
        "bone",
        "right femur",
        ("staphylococcus-aureus", "staphylococcus-aureus", "", "staphylococcus-aureus", ""),
        tested={**MSSA, "clindamycin": "S"},
    )
    tale.gave("teicoplanin", "800 mg IV every 24 hours", since=55, until=47, planned=8)
    tale.gave("meropenem", "1 g IV every 8 hours", since=55, until=47, planned=8)
    tale.gives(
        "clindamycin",
        "450 mg by mouth every 6 hours",
        since=47,
        planned=42,
        delivery="self",
        indication="Right femur, six weeks",
    )
    for days, crp in ((52, 158), (48, 62), (42, 31), (35, 17), (28, 9), (21, 6), (14, 4), (6, 4)):
        tale.bloods(days, 9, crp=crp)
    tale.asked(6, loose_stools=False, wound_healed=True)
    tale.imaging(13, "xray", "Carrier dissolving, no new lysis.")


def eosinophils_with_a_rash(tale: Tale) -> None:
    """Infected tibial nail on flucloxacillin day 24: eosinophils 1.4 and a rash."""
    tale.is_about("Okafor", "Emeka", born="1988-07-07", sex="male")
    tale.has_episode(
        "fracture-related",
        "tibia (nail)",
        "Fracture-related infection, nail exchanged; Staphylococcus aureus",
        since=38,
        team="limb",
        status="opat",
        side="right",
    )
    tale.has_no_known_allergies()
    tale.emergency(38, "Discharging distal wound five months after nailing", hour=13)
    tale.diagnosis(38, "T84.6", "Fracture-related infection, right tibia (nail)")
    tale.admission(30, 18, "Planned: exchange of nail, right tibia")
    tale.measured(30, "weight", 81.0)
    tale.bloods(38, 13.5, crp=46, esr=39)
    tale.meeting(
        34,
        "Not united, nail loose: remove, ream, antibiotic-coated nail. Four weeks IV through a PICC, then tablets to twelve weeks.",
    )
    tale.operation(29, "explant", "Removal of nail and reaming, right tibia")
    tale.operation(29, "debridement", "Debridement and antibiotic-coated nail, right tibia", hour=11)
    tale.specimens(
        29,
        "tissue",
        "right tibia",
        ("staphylococcus-aureus", "", "staphylococcus-aureus", "", "staphylococcus-aureus"),
        tested=MSSA,
    )
    tale.gave("teicoplanin", "1,000 mg IV every 24 hours", since=29, until=23, planned=6)
    tale.gives(
        "flucloxacillin",
        "8 g IV over 24 hours by elastomeric pump",
        since=23,
        planned=28,
        delivery="hospital-at-home",
        indication="Right tibia nail, Staphylococcus aureus",
    )
    tale.line(23, "picc", "Left basilic vein, tip confirmed")
    for days, crp, eosinophils in (
        (26, 171, 0.08),
        (22, 58, 0.14),
        (15, 22, 0.31),
        (8, 11, 0.66),
    ):
        tale.bloods(days, 9, crp=crp, eosinophils=eosinophils)
        tale.asked(days, rash=False, fever=False)
    tale.bloods(1, 9, crp=14, eosinophils=1.42, alt=71, creatinine=96, potassium=3.6, reported_after=6)
    tale.asked(1, rash=True, fever=False)
    tale.needs(
        "See the rash today: photographs, urine dip, liver and kidney tests in three days",
        "infection_physician",
        0,
    )


def frame_with_pin_site_trouble(tale: Tale) -> None:
    """Bone transport, frame day 41: an angry pin site, 38.6 at home, rang this morning."""
    tale.is_about("Rutherford", "Callum", born="1991-10-02", sex="male")
    tale.has_episode(
        "fracture-related",
        "tibia",
        "Infected non-union, segmental excision and bone transport over 6 cm",
        since=120,
        team="limb",
        status="opat",
        side="left",
    )
    tale.is_allergic("Ibuprofen", "wheeze")
    tale.clinic(
        120, "First clinic: infected non-union after an open fracture, frame nurse and psychologist seen"
    )
    tale.diagnosis(120, "T84.6", "Fracture-related infection, left tibia (nail)")
    tale.asked(120, sinus=True, fever=False)
    tale.measured(120, "weight", 84.0)
    tale.bloods(120, 11, crp=27, esr=38)
    tale.imaging(118, "ct", "Atrophic non-union of the left tibia, 5 cm of sclerotic bone.")
    tale.meeting(
        111,
        "Segmental excision and bone transport in a circular frame, agreed after meeting a frame patient. Six weeks of antibiotics.",
    )
    tale.admission(41, 34, "Planned: excision and frame, left tibia")
    tale.operation(40, "explant", "Removal of nail, left tibia")
    tale.operation(40, "excision", "Segmental excision 6 cm, left tibia", hour=10.5)
    tale.operation(40, "frame-application", "Circular frame for bone transport, left tibia", hour=12)
    tale.fact(40, "OSTEON//frame//circular", "Left tibia, bone transport over 6.0 cm", hour=13)
    tale.fact(40, "OSTEON//frame-phase//latency", hour=13, until=33)
    tale.fact(33, "OSTEON//frame-phase//distraction", hour=15.5)
    tale.specimens(
        41,
        "bone",
        "left tibia",
        ("staphylococcus-aureus", "staphylococcus-aureus", "", "", "staphylococcus-aureus"),
        tested=MSSA,
    )
    tale.gave("teicoplanin", "1,000 mg IV every 24 hours", since=40, until=34, planned=6)
    tale.gave("meropenem", "1 g IV every 8 hours", since=40, until=34, planned=6)
    tale.gives(
        "doxycycline",
        "100 mg by mouth every 12 hours",
        since=34,
        planned=36,
        delivery="self",
        indication="Left tibia, six weeks from excision",
    )
    for days, crp in ((37, 164), (33, 66), (27, 28), (20, 13), (13, 8)):
        tale.bloods(days, 9, crp=crp)
    tale.imaging(20, "xray", "Regenerate visible, docking gap 46 mm, alignment kept.")
    tale.imaging(6, "xray", "Regenerate continuous, docking gap 32 mm.")
    tale.fact(
        15,
        "OSTEON//finding//pin-site-infection",
        "Pin site ring 2, 4 o'clock: Checketts-Otterburn grade 1",
        value=1.0,
    )
    tale.pain(6, 4)
    tale.fact(
        0,
        "OSTEON//finding//pin-site-infection",
        "Pin site ring 2, 4 o'clock: Checketts-Otterburn grade 3, pus, very sore",
        value=1.0,
        hour=8.2,
    )
    tale.measured(0, "temperature", 38.6, hour=8.2)
    tale.asked(0, 8.2, fever=True)
    tale.pain(0, 8)
    tale.needs(
        "Ring back as promised and bring to the frame clinic this morning: swab, bloods, wire out?",
        "frame_nurse",
        0,
    )


def a_merged_duplicate(tale: Tale) -> None:
    """Diabetic foot registered twice: once here, once misheard in the emergency department."""
    tale.is_about("O'Rourke", "Seán", born="1956-03-17", sex="male")
    tale.has_episode(
        "diabetic-foot",
        "first toe",
        "Osteomyelitis under a neuropathic ulcer, mixed growth",
        since=24,
        team="limb",
        status="opat",
        side="left",
    )
    tale.has_no_known_allergies()
    tale.typical |= {"creatinine": 97, "hba1c": 74}
    tale.clinic(24, "Foot clinic: probe to bone under the first toe")
    tale.diagnosis(24, "E11.9", "Type 2 diabetes")
    tale.diagnosis(24, "M86.6", "Diabetic foot osteomyelitis, left first toe")
    tale.measured(24, "weight", 101.0)
    tale.bloods(24, 11, crp=58, esr=81, hba1c=74)
    tale.known(24, probe_to_bone=True, swelling_or_induration=True, warmth=True, tenderness_or_pain=False)
    tale.known(24, erythema_cm=1.5, deep_structure=True, sensation_lost=True, pulse_palpable=True)
    tale.imaging(24, "xray", "Cortical erosion of the distal phalanx of the left first toe.")
    tale.operation(20, "biopsy", "Bone biopsy through clean skin, left first toe")
    tale.specimens(
        20,
        "bone",
        "left first toe",
        ("staphylococcus-aureus", "streptococcus-agalactiae", "staphylococcus-aureus"),
        tested={"clindamycin": "S", "doxycycline": "S"},
    )
    tale.meeting(
        15,
        "Perfusion good after vascular review: six weeks by bone culture, total contact cast, podiatry weekly.",
    )
    tale.gives(
        "clindamycin",
        "450 mg by mouth every 6 hours",
        since=14,
        planned=42,
        delivery="self",
        indication="Left first toe, six weeks",
    )
    tale.bloods(15, 9, crp=61)
    tale.bloods(7, 9, crp=29)
    tale.bloods(1, 9, crp=16)
    tale.asked(1, loose_stools=False, fever=False)


def a_long_name(tale: Tale) -> None:
    """Heel osteomyelitis on ertapenem, all quiet: a name that must fit every page."""
    tale.is_about(
        "Fernández-Villanueva y Montgomery-Featherstonehaugh",
        "María de los Ángeles Guadalupe",
        born="1979-09-29",
        sex="female",
    )
    tale.has_episode(
        "diabetic-foot",
        "heel",
        "Osteomyelitis of the calcaneus under a pressure ulcer, Escherichia coli and Bacteroides fragilis",
        since=26,
        team="limb",
        status="opat",
        side="right",
    )
    tale.has_no_known_allergies()
    tale.clinic(26, "Foot clinic: heel ulcer to bone after eight weeks in bed")
    tale.diagnosis(26, "E11.9", "Type 2 diabetes")
    tale.diagnosis(26, "M86.6", "Diabetic foot osteomyelitis, right heel")
    tale.measured(26, "weight", 73.0)
    tale.bloods(26, 11, crp=84, esr=90, hba1c=68)
    tale.imaging(25, "mri", "Confluent marrow oedema of the right calcaneus beneath the ulcer.")
    tale.operation(19, "excision", "Partial calcanectomy, right heel")
    tale.specimens(
        19,
        "bone",
        "right heel",
        ("escherichia-coli", "escherichia-coli", "bacteroides-fragilis", "escherichia-coli", ""),
        tested={"ertapenem": "S", "meropenem": "S"},
    )
    tale.admission(20, 12, "Planned: partial calcanectomy, right heel")
    tale.bloods(20, 14, crp=79)
    tale.meeting(
        12, "Three weeks IV for a positive margin, off-loading boot, vacuum dressing, podiatry weekly."
    )
    tale.gives(
        "ertapenem",
        "1 g IV every 24 hours",
        since=18,
        planned=24,
        delivery="district-nurse",
        indication="Right heel, positive bone margin",
    )
    tale.line(14, "midline", "Left basilic vein")
    for days, crp in ((16, 138), (12, 52), (5, 21)):
        tale.bloods(days, 9, crp=crp)
    tale.bloods(1, 9, crp=13)
    tale.asked(1, rash=False, fever=False)


STORIES = (
    platelets_on_linezolid,
    course_past_planned_stop,
    eosinophils_with_a_rash,
    frame_with_pin_site_trouble,
    a_merged_duplicate,
    a_long_name,
)
