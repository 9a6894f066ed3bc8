"""The joint team's patients."""

from __future__ import annotations

from osteon.site.demonstration.cast.spine import MSSA
from osteon.site.demonstration.cast.tale import Tale

EPIDERMIDIS = {
    "flucloxacillin": "R",
    "teicoplanin": "S",
    "vancomycin": "S",
    "daptomycin": "S",
    "linezolid": "S",
    "rifampicin": "S",
    "ciprofloxacin": "S",
    "co-trimoxazole": "S",
    "doxycycline": "R",
}


def knee_with_three_of_five(tale: Tale) -> None:
    """Infected knee, DAIR twelve days ago: three of five grew, and somebody must say what that means."""
    tale.is_about("Oldroyd", "Margaret", born="1952-06-19", sex="female")
    tale.has_episode(
        "prosthetic-joint",
        "knee prosthesis",
        "Acute infection five weeks after replacement, Staphylococcus epidermidis",
        since=15,
        team="joint",
        status="opat",
        side="right",
    )
    tale.has_no_known_allergies()
    tale.emergency(15, "Knee replaced five weeks ago: red, hot, wound leaking", hour=14)
    tale.diagnosis(15, "T84.5", "Prosthetic joint infection, right knee prosthesis")
    tale.admission(14, 3, "Infected right knee prosthesis")
    tale.measured(14, "weight", 83.0)
    tale.bloods(15, 14.5, crp=134, esr=62, neutrophils=9.6)
    tale.imaging(15, "xray", "Total knee replacement in good position. Effusion, no lucency.")
    tale.specimens(
        15,
        "fluid",
        "right knee",
        ("staphylococcus-epidermidis",),
        tested=EPIDERMIDIS,
        letter="F",
        hour=16,
        final_after=5,
    )
    tale.known(15, 16, sinus_tract=False, wound_problem=True, syn_wbc=41_000, syn_pmn=92)
    tale.operation(12, "dair", "DAIR with exchange of mobile parts, right knee prosthesis")
    tale.known(12, pus=True, histology_fields=6)
    tale.specimens(
        12,
        "tissue",
        "right knee",
        ("staphylococcus-epidermidis", "", "staphylococcus-epidermidis", "staphylococcus-epidermidis", ""),
        tested=EPIDERMIDIS,
        final_after=6,
    )
    tale.meeting(
        8,
        "DAIR done. Twelve weeks in all; rifampicin with a partner by mouth once the wound is dry. Final cultures to be read before the switch.",
    )
    tale.gave("meropenem", "1 g IV every 8 hours", since=12, until=6, planned=6)
    tale.gives(
        "teicoplanin",
        "1,000 mg IV every 24 hours",
        since=12,
        planned=14,
        delivery="opat-clinic",
        indication="Right knee prosthesis, Staphylococcus epidermidis",
    )
    tale.line(9, "midline", "Left basilic vein")
    for days, crp in ((9, 208), (5, 96)):
        tale.bloods(days, 7, crp=crp)
    tale.bloods(2, 9, crp=41, platelets=412)
    tale.level(5, "teicoplanin-level", 23.4, 20, 40)
    tale.asked(2, fever=False, rash=False, wound_healed=True)
    tale.pain(2, 4)
    tale.needs(
        "Read the final cultures with the microbiologist before the oral switch", "infection_physician", 0
    )


def week_two_bloods_late(tale: Tale) -> None:
    """Left hip after DAIR, at home on ceftriaxone: week-2 bloods never came back."""
    tale.is_about("Zielinski", "Tomasz", born="1960-02-08", sex="male")
    tale.has_episode(
        "prosthetic-joint",
        "hip prosthesis",
        "Acute haematogenous infection, Staphylococcus aureus",
        since=20,
        team="joint",
        status="opat",
        side="left",
    )
    tale.has_no_known_allergies()
    tale.emergency(20, "Sudden hip pain and fever a week after a skin abscess", hour=10)
    tale.diagnosis(20, "T84.5", "Prosthetic joint infection, left hip prosthesis")
    tale.admission(20, 8, "Acute infection of left hip prosthesis", hour=13)
    tale.measured(20, "weight", 88.0)
    tale.bloods(20, 10.5, crp=221, esr=74, neutrophils=13.1)
    tale.specimens(20, "blood", "", ("staphylococcus-aureus", ""), tested=MSSA, letter="B", final_after=4)
    tale.known(20, 14, sinus_tract=False, recent_fever=True, syn_wbc=68_000, syn_pmn=95)
    tale.operation(18, "dair", "DAIR with exchange of mobile parts, left hip prosthesis")
    tale.specimens(18, "tissue", "left hip", ("staphylococcus-aureus",) * 5, tested=MSSA, final_after=4)
    tale.meeting(
        15,
        "DAIR done within three weeks of onset. Two weeks IV at least for the bacteraemia, then rifampicin and levofloxacin to twelve weeks.",
    )
    tale.gave("flucloxacillin", "2 g IV every 6 hours", since=18, until=9, planned=9)
    tale.gives(
        "ceftriaxone",
        "2 g IV every 24 hours",
        since=9,
        planned=12,
        delivery="self",
        indication="Left hip prosthesis, Staphylococcus aureus",
    )
    tale.line(11, "picc", "Right basilic vein, tip confirmed")
    tale.bloods(15, 7, crp=154)
    tale.bloods(12, 7, crp=88)
    tale.asked(10, fever=False, rash=False)
    tale.needs(
        "Week-2 bloods: ring Mr Zielinski, and the district nurse who was to take them", "opat_nurse", 0
    )


def crp_rising_after_response(tale: Tale) -> None:
    """Left hip after one-stage exchange, day 46 by mouth: CRP was 9 and is 78."""
    tale.is_about("Pemberton", "Jean", born="1947-11-11", sex="female")
    tale.has_episode(
        "prosthetic-joint",
        "hip prosthesis",
        "Chronic infection after exchange in one stage, Staphylococcus lugdunensis",
        since=84,
        team="joint",
        status="opat",
        side="left",
    )
    tale.is_allergic("Co-trimoxazole", "widespread rash in 2019")
    tale.clinic(84, "First clinic: sinus over the scar, cup loose on the film")
    tale.diagnosis(84, "T84.5", "Prosthetic joint infection, left hip prosthesis")
    tale.asked(84, sinus=True, fever=False)
    tale.measured(84, "weight", 66.0)
    tale.bloods(84, 11, crp=31, esr=44)
    tale.imaging(82, "xray", "Loose acetabular component with migration; stem well fixed.")
    tale.meeting(
        76,
        "Organism known from aspiration, soft tissues good: one-stage exchange. Twelve weeks of antibiotics.",
    )
    lugdunensis = {**MSSA, "clindamycin": "S"}
    tale.specimens(80, "fluid", "left hip", ("staphylococcus-lugdunensis",), tested=lugdunensis, letter="F")
    tale.admission(53, 43, "Planned: one-stage exchange of left hip prosthesis")
    tale.operation(52, "exchange-one-stage", "One-stage exchange, left hip prosthesis")
    tale.specimens(
        52,
        "tissue",
        "left hip",
        (
            "staphylococcus-lugdunensis",
            "staphylococcus-lugdunensis",
            "",
            "staphylococcus-lugdunensis",
            "staphylococcus-lugdunensis",
        ),
        tested=lugdunensis,
    )
    tale.gave("teicoplanin", "800 mg IV every 24 hours", since=52, until=46, planned=6)
    tale.gave("meropenem", "1 g IV every 8 hours", since=52, until=46, planned=6)
    tale.gives(
        "rifampicin",
        "450 mg by mouth every 12 hours",
        since=46,
        planned=78,
        delivery="self",
        indication="Left hip prosthesis, biofilm",
    )
    tale.gives(
        "levofloxacin",
        "500 mg by mouth every 12 hours",
        since=46,
        planned=78,
        delivery="self",
        indication="Left hip prosthesis; co-trimoxazole allergy",
    )
    for days, crp in ((49, 203), (45, 118), (39, 57), (32, 31), (25, 17), (18, 12), (11, 9)):
        tale.bloods(days, 9, crp=crp, esr=40)
    tale.asked(11, hepatitis_symptoms=False, jaundice=False, wound_healed=True)
    tale.bloods(4, 9, crp=26)
    tale.asked(4, hepatitis_symptoms=False, jaundice=False, fever=False)
    tale.bloods(1, 9, crp=78, neutrophils=8.9, white_cells=11.6, esr=58)
    tale.asked(1, fever=False, hepatitis_symptoms=False, jaundice=False)
    tale.pain(1, 6)
    tale.needs("See in clinic this week: wound, groin pain, chest, urine", "infection_physician", 1)


def alt_on_rifampicin(tale: Tale) -> None:
    """Right knee after DAIR, rifampicin day 16: ALT six times the upper limit, feels sick."""
    tale.is_about("Mehta", "Anjali", born="1964-04-30", sex="female")
    tale.has_episode(
        "prosthetic-joint",
        "knee prosthesis",
        "Acute infection, Staphylococcus aureus; DAIR",
        since=31,
        team="joint",
        status="opat",
        side="right",
    )
    tale.has_no_known_allergies()
    tale.emergency(31, "Red, leaking wound three weeks after knee replacement", hour=12)
    tale.diagnosis(31, "T84.5", "Prosthetic joint infection, right knee prosthesis")
    tale.admission(31, 17, "Infected right knee prosthesis", hour=15)
    tale.measured(31, "weight", 71.0)
    tale.bloods(31, 12.5, crp=142, esr=58)
    tale.operation(29, "dair", "DAIR with exchange of mobile parts, right knee prosthesis")
    tale.specimens(
        29,
        "tissue",
        "right knee",
        (
            "staphylococcus-aureus",
            "staphylococcus-aureus",
            "staphylococcus-aureus",
            "staphylococcus-aureus",
            "",
        ),
        tested=MSSA,
    )
    tale.meeting(
        22,
        "DAIR, wound dry at day 10: rifampicin with levofloxacin, twelve weeks in all. Liver tests weekly.",
    )
    tale.gave("flucloxacillin", "2 g IV every 6 hours", since=29, until=15, planned=14)
    for days, crp, alt in ((26, 190, 25), (22, 81, 28), (17, 40, 31)):
        tale.bloods(days, 7, crp=crp, alt=alt)
    tale.gives(
        "rifampicin",
        "450 mg by mouth every 12 hours",
        since=15,
        planned=70,
        delivery="self",
        indication="Right knee prosthesis, biofilm",
    )
    tale.gives(
        "levofloxacin",
        "500 mg by mouth every 12 hours",
        since=15,
        planned=70,
        delivery="self",
        indication="Right knee prosthesis",
    )
    tale.bloods(9, 9, crp=18, alt=88, alp=121, bilirubin=14)
    tale.asked(9, hepatitis_symptoms=False, jaundice=False)
    tale.bloods(1, 11, crp=11, alt=247, alp=168, bilirubin=24, reported_after=20)
    tale.asked(1, 11, hepatitis_symptoms=True, jaundice=False, fever=False)
    tale.needs("Repeat liver tests with INR tomorrow", "opat_nurse", 1)


def potassium_on_co_trimoxazole(tale: Tale) -> None:
    """Right shoulder, co-trimoxazole with ramipril: potassium 6.2 this morning."""
    tale.is_about("Lockwood", "Arthur", born="1945-05-23", sex="male")
    tale.has_episode(
        "prosthetic-joint",
        "shoulder prosthesis",
        "Chronic infection kept quiet with tablets, Staphylococcus epidermidis; not fit for revision",
        since=40,
        team="joint",
        status="opat",
        side="right",
    )
    tale.has_no_known_allergies()
    tale.typical["creatinine"] = 112
    tale.clinic(40, "First clinic: stiff, aching shoulder, small sinus")
    tale.diagnosis(40, "T84.5", "Prosthetic joint infection, right shoulder prosthesis")
    tale.diagnosis(40, "N18.3", "Chronic kidney disease, stage 3")
    tale.asked(40, sinus=True, fever=False)
    tale.measured(40, "weight", 74.0)
    tale.bloods(40, 11, crp=14, esr=31)
    tale.known(40, 12, sinus_tract=False, pus=False, syn_wbc=2_400, syn_pmn=72, alpha_defensin=False)
    tale.known(40, 12, loosening_5y=True, recent_fever=False, leuk_esterase="negative")
    tale.operation(21, "biopsy", "Image-guided aspiration, right shoulder")
    tale.specimens(
        21,
        "fluid",
        "right shoulder",
        ("staphylococcus-epidermidis", "staphylococcus-epidermidis", ""),
        tested=EPIDERMIDIS,
        letter="F",
        final_after=8,
    )
    tale.meeting(
        12,
        "Not fit for revision and prosthesis well fixed: co-trimoxazole by mouth, shared with the GP. Ramipril: potassium within five days, then weekly.",
    )
    tale.bloods(10, 9, potassium=4.7, crp=15)
    tale.gives(
        "co-trimoxazole",
        "960 mg by mouth every 12 hours",
        since=9,
        planned=84,
        delivery="gp",
        indication="Right shoulder prosthesis, suppression",
    )
    tale.bloods(5, 9, potassium=5.3, creatinine=124, crp=12)
    tale.asked(5, rash=False)
    tale.bloods(1, 8, potassium=6.2, creatinine=141, urea=10.8, crp=10, reported_after=9)
    tale.asked(1, rash=False)


def unknown_allergies(tale: Tale) -> None:
    """Septic knee that came in last night from another hospital; nobody has asked about allergies."""
    tale.is_about("Dimitrova", "Olga", born="1957-08-16", sex="female")
    tale.has_episode(
        "septic-arthritis",
        "knee",
        "Septic arthritis, organism not yet known",
        since=1,
        team="joint",
        status="theatre",
        side="left",
    )
    tale.emergency(1, "Transferred from another hospital with a hot, swollen knee", hour=18)
    tale.diagnosis(1, "M00.9", "Septic arthritis, left knee")
    tale.admission(1, None, "Septic left knee, transferred", hour=19)
    tale.measured(1, "weight", 69.0)
    tale.measured(1, "temperature", 38.7, hour=18)
    tale.bloods(1, 18.5, crp=207, esr=66, neutrophils=15.3, white_cells=17.9, reported_after=2)
    tale.imaging(1, "ultrasound", "Turbid effusion of the left knee.")
    tale.operation(1, "debridement", "Arthroscopic washout, left knee", hour=21)
    tale.specimens(1, "fluid", "left knee", ("", "", ""), letter="F", hour=21, final_after=None)
    tale.specimens(1, "blood", "", ("", ""), letter="B", hour=18.5, final_after=None)
    tale.gives(
        "vancomycin",
        "1 g IV every 12 hours",
        since=1,
        planned=14,
        delivery="inpatient",
        indication="Septic left knee, until cultures",
        override="Septic, allergies not known; a beta-lactam is avoided until somebody has asked.",
    )
    tale.bloods(
        0,
        6.5,
        crp=231,
        neutrophils=13.8,
        white_cells=15.6,
        panels=("blood", "kidney", "crp"),
        reported_after=2,
    )
    tale.is_on_the_ward(
        "Washout at 21:00, 40 ml of pus. Temperature 38.1 at 06:00, settled with paracetamol.",
        "Ask about allergies (daughter comes at 11). Gram stain. CRP tomorrow; second washout if not falling by day 5.",
    )
    tale.needs("Ask Ms Dimitrova or her daughter about allergies, and record the answer", "resident", 0)


STORIES = (
    knee_with_three_of_five,
    week_two_bloods_late,
    crp_rising_after_response,
    alt_on_rifampicin,
    potassium_on_co_trimoxazole,
    unknown_allergies,
)
