"""Treatment failure as the OVIVA trial judged it: definite, probable or possible within a year."""

from __future__ import annotations

from osteon.knowledge.outcome.references import OVIVA_2019, OVIVA_PROTOCOL, SOLARIO
from osteon.knowledge.references import AUTHOR, CHECKED_BY, NEXT_REVIEW, REVIEWED_ON
from osteon.rules.definition import Cited, Class, Definition, axis, criterion
from osteon.rules.definition_examples import but
from osteon.rules.language import all_of, answer, any_of, yes
from osteon.rules.monitoring import Source
from osteon.rules.quantities import day

PROTOCOL = Source(OVIVA_PROTOCOL, "abstract")
WORDING = Source(OVIVA_2019, "definite, probable and possible failure", "memory")

OPEN = criterion(
    "sinus_or_pus",
    "Draining sinus, or pus at bone or implant",
    yes("sinus_again") | yes("pus_again"),
    WORDING,
)
ALIKE = criterion(
    "alike", "The same bacteria in two or more deep samples", answer("samples_alike_again") >= 2, WORDING
)
BIOPSY = criterion(
    "biopsy", "Pathogen in a closed biopsy of native bone", yes("closed_biopsy_positive"), WORDING
)
HISTOLOGY = criterion("histology", "Diagnostic histology", yes("histology_again"), WORDING)
LOOSE = criterion("loosening", "Loosening, or other strong signs", yes("loosening_again"), WORDING)
SUSPECTED = criterion("suspicion", "Treated again on suspicion", yes("treated_on_suspicion"), WORDING)
IN_TIME = criterion(
    "within_a_year", "Within a year of the anchor", answer("failure_days") <= 365 * day, PROTOCOL
)
DEFINITE = any_of(OPEN, ALIKE, BIOPSY, HISTOLOGY)
NOTHING = "sinus_again=no; pus_again=no; samples_alike_again=0; closed_biopsy_positive=no; histology_again=no; loosening_again=no; treated_on_suspicion=no"

DEFINITION = Definition(
    id="oviva-failure",
    title="Treatment failure, OVIVA",
    subject="Outcome",
    about="Failure of a bone or joint infection's treatment within a year, as a blinded committee judged it.",
    kinds=("osteomyelitis", "prosthetic-joint", "fracture-related", "septic-arthritis", "diabetic-foot"),
    criteria=(OPEN, ALIKE, BIOPSY, HISTOLOGY, LOOSE, SUSPECTED, IN_TIME),
    axes=(
        axis(
            "failure",
            Class("definite", all_of(DEFINITE, IN_TIME), "The trial's primary outcome."),
            Class("probable", all_of(LOOSE, IN_TIME), "Probable failure."),
            Class("possible", all_of(SUSPECTED, IN_TIME), "Possible failure."),
            otherwise="none within a year",
            source=(WORDING,),
        ),
    ),
    performance=(
        Cited(
            "Failure 74 of 506 (14.62 %) by vein, 67 of 509 (13.16 %) by mouth: difference -1.38 % (90 % interval -4.94 to 2.19), margin 7.5 %.",
            (Source(OVIVA_2019, "results"),),
        ),
    ),
    ambiguities=(
        Cited(
            "OVIVA counts from randomisation, its sister trial SOLARIO from surgery (margin 10 %): store both dates.",
            (Source(SOLARIO, "abstract"),),
        ),
        Cited("The wording of definite and probable failure is from memory.", (WORDING,)),
    ),
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples=f"""
      case    | facts                                                                        | answer
      ------- | ---------------------------------------------------------------------------- | ------
      sinus   | sinus_again=yes; failure_days=200                                            | definite
      late    | sinus_again=yes; failure_days=366                                            | none within a year; met sinus_or_pus
      loose   | {but(NOTHING, "loosening_again=yes")}; failure_days=100                      | probable
      treated | {but(NOTHING, "treated_on_suspicion=yes")}; failure_days=100                 | possible
      well    | {NOTHING}                                                                    | none within a year
      unknown | pus_again=yes                                                                | none within a year to definite; ask failure_days
    """,
)
