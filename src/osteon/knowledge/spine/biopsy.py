"""Whether a needle biopsy is needed, may be left out, or has to be repeated, IDSA 2015."""

from __future__ import annotations

from osteon.knowledge.references import AUTHOR, CHECKED_BY, NEXT_REVIEW, REVIEWED_ON
from osteon.knowledge.spine.parts import BACTERAEMIA_90, NOT_FOR_IDSA, SUBJECT
from osteon.knowledge.spine.references import IDSA_2015_TEXT, MICHIGAN
from osteon.rules.definition import Cited, Class, Definition, axis, criterion
from osteon.rules.language import all_of, any_of, chosen, yes
from osteon.rules.monitoring import Source


def page(place: str) -> Source:
    """A page of the guideline's text."""
    return Source(IDSA_2015_TEXT, place, "seenQ")


DECIDING = chosen("blood_organism", "s_aureus", "s_lugdunensis", "brucella")

B1 = criterion(
    "B1",
    "Suspected, and neither blood culture nor serology shows Staphylococcus aureus, lugdunensis or Brucella",
    all_of(yes("nvo_suspected"), ~DECIDING, ~chosen("brucella_serology", "160_or_more")),
    page("p 9, strong, low evidence"),
    say="Image-guided aspiration biopsy.",
)
B2 = criterion(
    "B2",
    "Bloodstream infection with Staphylococcus aureus, lugdunensis or Brucella",
    DECIDING,
    page("p 9, strong, low evidence"),
    say="No biopsy needed.",
)
B2B = criterion(
    "B2b",
    "Bloodstream infection with another organism",
    chosen(
        "blood_organism",
        "candida",
        "enterobacterales",
        "streptococcus",
        "enterococcus",
        "pseudomonas",
        "other",
    ),
    page("p 9, narrative"),
    say="The treating team decides.",
)
B2C = criterion(
    "B2c",
    "Sustained coagulase-negative staphylococci on haemodialysis or with an infected device",
    all_of(
        chosen("blood_organism", "cons"),
        yes("cons_sustained"),
        yes("haemodialysis") | yes("device_infected"),
    ),
    page("p 9, narrative"),
    say="A biopsy may not be needed.",
)
B3 = criterion(
    "B3",
    "Brucella serology of 1:160 or more where Brucella is highly endemic",
    chosen("brucella_serology", "160_or_more") & chosen("brucella_endemicity", "high"),
    page("p 9, strong, low evidence"),
    say="No biopsy needed.",
)
B3B = criterion(
    "B3b",
    "Brucella serology positive where Brucella is rare",
    chosen("brucella_serology", "below_160", "160_or_more") & chosen("brucella_endemicity", "low"),
    page("p 9, narrative"),
    say="False positives are common: a biopsy may be warranted.",
)
B4 = criterion(
    "B4",
    "Staphylococcus aureus bloodstream infection in the last three months, and an MRI that fits",
    all_of(BACTERAEMIA_90, yes("bacteraemia_s_aureus"), yes("mri_compatible")),
    page("p 1, narrative"),
    say="Mostly no biopsy needed.",
)
B6 = criterion(
    "B6",
    "The first biopsy grew a skin contaminant, without a bloodstream infection",
    chosen("first_biopsy", "skin_contaminant") & chosen("blood_organism", "none"),
    page("p 12, strong, low evidence"),
    say="A second aspiration biopsy.",
)
B7 = criterion(
    "B7",
    "The first biopsy was not diagnostic",
    chosen("first_biopsy", "non_diagnostic"),
    page("p 11-12, strong for the tests, weak for the repeat"),
    say="Exclude anaerobes, fungi, Brucella and mycobacteria; then repeat the biopsy by needle, endoscope or open.",
)
B8 = criterion(
    "B8",
    "Decompression is indicated anyway",
    yes("decompression_indicated"),
    page("p 12, narrative"),
    say="Take tissue at the operation; no needle biopsy before.",
)
CULTURE_NEGATIVE = "nvo_suspected=yes; blood_organism=none; brucella_serology=not_done"
QUIET = "decompression_indicated=no; first_biopsy=not_done; recent_bacteraemia=no; brucella_endemicity=low"

BIOPSY = Definition(
    id="idsa-2015-biopsy",
    title="Biopsy in suspected spinal infection, IDSA 2015",
    subject=SUBJECT,
    about="Whether tissue must be taken by needle, may be left out, or has to be taken again.",
    kinds=("spinal",),
    criteria=(B1, B2, B2B, B2C, B3, B3B, B4, B6, B7, B8),
    axes=(
        axis(
            "biopsy",
            Class("at the operation", B8, "Take tissue at the operation; no needle biopsy before."),
            Class("not needed", any_of(B2, B3), "No needle biopsy."),
            Class("mostly not needed", B4, "Mostly no needle biopsy."),
            Class("may not be needed", B2C, "The team weighs whether it is needed."),
            Class("repeat", any_of(B6, B7), "Take tissue again."),
            Class("clinician decides", B2B, "The treating team decides."),
            Class("biopsy", any_of(B1, B3B), "Image-guided aspiration biopsy."),
            otherwise="no rule applies",
            source=(page("p 9-12"),),
        ),
    ),
    guards=(NOT_FOR_IDSA,),
    performance=(
        Cited(
            "A US hospital asks for the needle biopsy within 24 hours of positive imaging with negative blood cultures.",
            (Source(MICHIGAN, "biopsy"),),
        ),
    ),
    ambiguities=(
        Cited(
            "Strongly positive Brucella serology is not given as a number beside the recommendation; the text's 1:160 is used.",
            (page("p 9-10"),),
        ),
        Cited(
            "The window after Staphylococcus aureus is three months here and a year for suspicion.",
            (page("p 1"),),
        ),
    ),
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples=f"""
      case | facts | answer
      ---- | ----- | ------
      a    | {CULTURE_NEGATIVE}; {QUIET} | biopsy; only B1
      b    | nvo_suspected=yes; blood_organism=s_aureus; mri_compatible=yes; decompression_indicated=no | not needed; met B2
      c    | {CULTURE_NEGATIVE.replace("none", "enterobacterales")}; {QUIET} | clinician decides; met B2b
      d    | {CULTURE_NEGATIVE}; {QUIET.replace("not_done", "skin_contaminant")} | repeat; met B6
      f    | {CULTURE_NEGATIVE.replace("not_done", "160_or_more")}; {QUIET} | biopsy; met B3b; not met B3
      g    | {CULTURE_NEGATIVE.replace("none", "cons")}; {QUIET}; cons_sustained=yes; haemodialysis=yes | may not be needed; met B2c
      h    | motor_deficit=new; decompression_indicated=yes | at the operation; met B8
      endemic | {CULTURE_NEGATIVE.replace("not_done", "160_or_more")}; {QUIET.replace("=low", "=high")} | not needed; met B3
      80 days | {CULTURE_NEGATIVE}; {QUIET.replace("recent_bacteraemia=no", "recent_bacteraemia_days=80")}; bacteraemia_s_aureus=yes; mri_compatible=yes | mostly not needed; met B4
      pending | nvo_suspected=yes; {QUIET}; brucella_serology=not_done | no rule applies to not needed; ask blood_organism
      Brucella blood | blood_organism=brucella; decompression_indicated=no | not needed; met B2
    """,
)

TAKEN = yes("biopsy_planned")
SPECIMENS = Definition(
    id="idsa-2015-specimens",
    title="What to send from a spinal biopsy, IDSA 2015",
    subject=SUBJECT,
    about="The tests that the tissue needs.",
    kinds=("spinal",),
    criteria=(
        criterion(
            "B5",
            "Tissue is taken",
            TAKEN,
            page("p 11, strong, low evidence"),
            say="Aerobic and anaerobic culture; pathology from every patient, above all with negative cultures.",
        ),
        criterion(
            "B5_special",
            "Where the patient comes from, the host or imaging suggests another organism",
            TAKEN & any_of(yes("fungal_risk"), yes("tb_suspected"), yes("brucella_suspected")),
            page("p 10, weak, low evidence"),
            say="Add fungal, mycobacterial or Brucella culture.",
        ),
        criterion(
            "B5_immune",
            "Immunity is seriously impaired",
            TAKEN & yes("severely_immunocompromised"),
            page("p 11, narrative"),
            say="All three stains and cultures.",
        ),
        criterion(
            "B5_no_growth",
            "Cultures show no growth",
            TAKEN & yes("biopsy_no_growth"),
            page("p 10, weak, low evidence"),
            say="Fungal, mycobacterial and bacterial nucleic-acid tests on the stored material.",
        ),
        criterion(
            "B5b",
            "Too little tissue for every test",
            TAKEN & yes("little_tissue"),
            page("p 11, narrative"),
            say="Order the tests by what is likely. More than 2 mL of fluid had the best yield; the needle's width made no difference.",
        ),
    ),
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      case     | facts | answer
      -------- | ----- | ------
      plain    | biopsy_planned=yes; fungal_risk=no; tb_suspected=no; brucella_suspected=no; severely_immunocompromised=no; biopsy_no_growth=no; little_tissue=no | only B5
      TB       | biopsy_planned=yes; tb_suspected=yes | met B5, B5_special; unknown B5_immune
      no biopsy | biopsy_planned=no | nothing met
      unknown  | tb_suspected=yes | unknown B5, B5_special; ask biopsy_planned
    """,
)
