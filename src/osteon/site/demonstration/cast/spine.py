"""The spine team's patients."""

from __future__ import annotations

from osteon.site.demonstration.cast.tale import Tale

MSSA = {
    "flucloxacillin": "S",
    "ceftriaxone": "S",
    "daptomycin": "S",
    "vancomycin": "S",
    "rifampicin": "S",
    "ciprofloxacin": "S",
    "doxycycline": "S",
    "clindamycin": "R",
}
MRSA = {
    "flucloxacillin": "R",
    "daptomycin": "S",
    "vancomycin": "S",
    "linezolid": "S",
    "rifampicin": "S",
    "ciprofloxacin": "R",
    "co-trimoxazole": "S",
}


def ck_red_on_daptomycin(tale: Tale) -> None:
    """T7/8 discitis at home on daptomycin, day 19: CK more than ten times the upper limit this morning."""
    tale.is_about("Adeyemi", "Folasade", born="1968-03-14", sex="female")
    tale.has_episode(
        "spinal",
        "T7/8",
        "Discitis with a small epidural phlegmon, Staphylococcus aureus",
        since=33,
        team="spine",
        status="opat",
    )
    tale.is_allergic("Penicillin", "anaphylaxis at school")
    tale.emergency(33, "Six weeks of thoracic pain, now fever and sweats", hour=16)
    tale.diagnosis(33, "M46.4", "Discitis, T7/8")
    tale.diagnosis(33, "I10", "Hypertension")
    tale.admission(33, 14, "Thoracic discitis", hour=18)
    tale.measured(33, "weight", 78.0)
    tale.measured(33, "temperature", 38.6)
    tale.bloods(33, 16.5, crp=186, esr=88, neutrophils=11.4, white_cells=13.9, albumin=31)
    tale.asked(33, fever=True)
    tale.known(
        33,
        spinal_pain=True,
        pain_days=42,
        pain_at_rest=True,
        night_pain=True,
        reported_fever_rigors=True,
        bladder_new=False,
        bowel_new=False,
        saddle_sensory_new=False,
        motor_deficit="none",
        diabetes=False,
        iv_drug_use=False,
        immunocompromise=False,
        spinal_hardware=False,
        examination_done=True,
    )
    tale.known(33, 17, blood_culture_sets=2)
    tale.specimens(
        33,
        "blood",
        "",
        ("staphylococcus-aureus", "staphylococcus-aureus"),
        tested=MSSA,
        letter="B",
        hour=17,
        final_after=3,
    )
    tale.imaging(
        32,
        "mri",
        "Endplate oedema and disc enhancement at T7/8, anterior epidural phlegmon 4 mm. No cord compression.",
    )
    tale.gave("vancomycin", "1,250 mg IV every 12 hours", since=32, until=30, planned=3)
    tale.gave("ceftriaxone", "2 g IV every 24 hours", since=32, until=18, planned=42)
    tale.meeting(
        29,
        "Blood cultures answer the question: no biopsy. Neurology intact and spine stable: six weeks without operation. MRI again only if the response is poor.",
    )
    tale.bloods(29, 7, crp=121, albumin=32)
    tale.bloods(26, 7, crp=84, alt=38)
    tale.bloods(
        21, 7, crp=47, creatine_kinase=96, panels=("blood", "kidney", "liver", "crp"), eosinophils=0.61
    )
    tale.asked(19, rash=True)
    tale.meeting(
        22,
        "Rash and eosinophils on ceftriaxone: change to daptomycin. CK before, then weekly. Atorvastatin to be paused by the GP.",
    )
    tale.line(18, "picc", "Right basilic vein, tip confirmed")
    tale.gives(
        "daptomycin",
        "650 mg IV every 24 hours",
        since=18,
        planned=28,
        delivery="hospital-at-home",
        indication="T7/8 discitis, Staphylococcus aureus",
    )
    tale.bloods(13, 9, crp=24, creatine_kinase=142, eosinophils=0.32)
    tale.asked(13, muscle_symptoms=False, breathlessness=False, fever=False)
    tale.bloods(7, 9, crp=13, creatine_kinase=388, eosinophils=0.24)
    tale.asked(7, muscle_symptoms=False, breathlessness=False, fever=False)
    tale.pain(7, 3)
    tale.bloods(1, 14, crp=9, creatine_kinase=2140, creatinine=71, eosinophils=0.21, reported_after=18)
    tale.asked(1, 14, breathlessness=False, fever=False)
    tale.needs("Ring the GP: was atorvastatin really paused?", "opat_nurse", 0)


def vancomycin_level_out_of_range(tale: Tale) -> None:
    """L4/5 discitis with MRSA on the ward: trough above 20 with the creatinine going up."""
    tale.is_about("Whitlock", "Graham", born="1954-09-02", sex="male")
    tale.has_episode(
        "spinal",
        "L4/5",
        "Discitis with left psoas abscess, MRSA",
        since=16,
        team="spine",
        status="theatre",
    )
    tale.has_no_known_allergies()
    tale.typical["creatinine"] = 88
    tale.emergency(16, "Back pain after a urinary catheter, unable to stand", hour=11)
    tale.diagnosis(16, "M46.4", "Discitis, L4/5")
    tale.diagnosis(16, "E11.9", "Type 2 diabetes")
    tale.admission(16, None, "Lumbar discitis with psoas abscess", hour=15)
    tale.measured(16, "weight", 92.0)
    tale.measured(16, "temperature", 38.9)
    tale.bloods(16, 11.5, crp=242, esr=101, neutrophils=14.8, white_cells=17.2, hba1c=71)
    tale.specimens(16, "blood", "", ("mrsa", "mrsa"), tested=MRSA, letter="B", hour=12, final_after=3)
    tale.imaging(15, "mri", "Discitis at L4/5 with a 38 mm left psoas abscess. No epidural collection.")
    tale.operation(14, "other", "CT-guided drain, left psoas abscess")
    tale.specimens(
        14, "fluid", "left psoas", ("mrsa", "mrsa", "mrsa"), tested=MRSA, letter="F", final_after=4
    )
    tale.meeting(
        11,
        "MRSA with a drained abscess: at least eight weeks. Echocardiogram clear. Neurological checks; surgery only for deficit or collapse.",
    )
    tale.line(12, "picc", "Left basilic vein, tip confirmed")
    tale.gives(
        "vancomycin",
        "1,250 mg IV every 12 hours",
        since=15,
        planned=56,
        delivery="inpatient",
        indication="L4/5 discitis, MRSA",
    )
    tale.bloods(12, 7, crp=168, creatinine=86)
    tale.level(12, "vancomycin-level", 13.1, 15, 20, hour=7)
    tale.bloods(9, 7, crp=117, creatinine=91)
    tale.level(9, "vancomycin-level", 17.4, 15, 20, hour=7)
    tale.bloods(5, 7, crp=74, creatinine=104)
    tale.level(5, "vancomycin-level", 19.2, 15, 20, hour=7)
    tale.bloods(1, 7, crp=52, creatinine=139, urea=9.4)
    tale.level(1, "vancomycin-level", 26.8, 15, 20, hour=7)
    tale.asked(1, fever=False, rash=False)
    tale.pain(1, 5)
    tale.is_on_the_ward(
        "Slept. Urine output 35 ml an hour overnight, 500 ml of fluid given. No new weakness.",
        "Trough 26.8 and creatinine up: hold the next vancomycin, level again at 18:00, discuss daptomycin.",
    )
    tale.needs("Vancomycin level at 18:00 before any further dose", "resident", 0)


def quiet_and_nearly_done(tale: Tale) -> None:
    """A lumbar discitis that simply goes well: what quiet looks like."""
    tale.is_about("Lindqvist", "Doreen", born="1949-01-27", sex="female")
    tale.has_episode(
        "spinal", "L2/3", "Discitis, Streptococcus agalactiae", since=44, team="spine", status="opat"
    )
    tale.has_no_known_allergies()
    tale.emergency(44, "Back pain and rigors", hour=9)
    tale.diagnosis(44, "M46.4", "Discitis, L2/3")
    tale.admission(44, 30, "Lumbar discitis", hour=13)
    tale.measured(44, "weight", 61.5)
    tale.bloods(44, 9.5, crp=148, esr=79, neutrophils=12.2)
    strep = {"benzylpenicillin": "S", "ceftriaxone": "S", "clindamycin": "S"}
    tale.specimens(
        44,
        "blood",
        "",
        ("streptococcus-agalactiae", "streptococcus-agalactiae"),
        tested=strep,
        letter="B",
        final_after=3,
    )
    tale.imaging(43, "mri", "Discitis at L2/3, no collection.")
    tale.meeting(41, "Six weeks of ceftriaxone; home on a PICC after two. Review at the end of treatment.")
    tale.line(34, "picc", "Right basilic vein, tip confirmed")
    tale.gives(
        "ceftriaxone",
        "2 g IV every 24 hours",
        since=41,
        planned=42,
        delivery="district-nurse",
        indication="L2/3 discitis",
    )
    for days, crp in ((37, 96), (30, 51), (23, 27), (16, 14), (9, 7), (2, 4)):
        tale.bloods(days, 9, crp=crp)
        tale.asked(days, fever=False, rash=False)
    tale.pain(2, 2)
    tale.needs("Book removal of the PICC for the day after the last dose", "opat_nurse", 1)


STORIES = (ck_red_on_daptomycin, vancomycin_level_out_of_range, quiet_and_nearly_done)
