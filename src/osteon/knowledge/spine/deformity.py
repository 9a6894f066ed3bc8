"""Measures of spinal deformity from angles, points and heights, and the angle predicted in tuberculosis."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator

from osteon.knowledge.references import AUTHOR, CHECKED_BY, NEXT_REVIEW, REVIEWED_ON
from osteon.knowledge.spine.parts import SUBJECT
from osteon.knowledge.spine.references import (
    EANS_2025,
    GEOMETRY,
    GIBBUS_1987,
    JAIN_2004,
    PREMIER,
    SINGH_2015,
    STB_SURVEY,
)
from osteon.rules.calculation import Calculation, CannotCalculate, Figure, Values
from osteon.rules.definition import Cited
from osteon.rules.monitoring import Source

COBB = Source(GEOMETRY, "angle between endplates (Cobb)", "READY")
RATIO = Source(STB_SURVEY, "deformity angular ratio")
FORMULA = Source(GIBBUS_1987, "y = 5.5 + 30.5 x")
ERROR = Source(GEOMETRY, "error of measurement", "memory")
# An error of 3 to 5 degrees: more than 5 is called a change.
SURELY_CHANGED_DEG = 5.0
NOTE_20 = "more than 20°, which guides the decision on surgery (EANS 2025)"


def calculation(
    rule_id: str,
    title: str,
    about: str,
    compute: Callable[[Values], Iterable[Figure]],
    needs: tuple[str, ...],
    source: tuple[Source, ...],
    examples: str,
    ambiguities: tuple[Cited, ...] = (),
) -> Calculation:
    """One measure."""
    return Calculation(
        id=rule_id,
        title=title,
        subject=SUBJECT,
        about=about,
        needs=needs,
        compute=compute,
        source=source,
        ambiguities=ambiguities,
        author=AUTHOR,
        checked_by=CHECKED_BY,
        reviewed_on=REVIEWED_ON,
        next_review=NEXT_REVIEW,
        examples=examples,
    )


def kyphosis_figure(degrees: float) -> Figure:
    """The angle, with what the EANS panel says of its size."""
    return Figure("kyphosis", "segmental kyphosis", degrees, "deg", note=NOTE_20 if degrees > 20 else "")


def from_tilts(values: Values) -> Iterator[Figure]:
    """The angle between two endplates; kyphosis is positive."""
    yield kyphosis_figure(values["upper_endplate_deg"] - values["lower_endplate_deg"])


def _tilt(values: Values, plate: str) -> float:
    """How far an endplate slopes down to the front, in degrees; the film may face either way."""
    across = abs(values[f"{plate}_front_x"] - values[f"{plate}_back_x"])
    down = values[f"{plate}_front_y"] - values[f"{plate}_back_y"]
    return math.degrees(math.atan2(down, across))


def from_points(values: Values) -> Iterator[Figure]:
    """The same from the back and front end of each endplate, in the picture's own units."""
    facing = [values[f"{plate}_front_x"] - values[f"{plate}_back_x"] for plate in ("upper", "lower")]
    if facing[0] * facing[1] <= 0:
        raise CannotCalculate("the two endplates must face the same way: check which end is the front")
    upper, lower = _tilt(values, "upper"), _tilt(values, "lower")
    yield kyphosis_figure(upper - lower)
    yield Figure("upper_tilt", "tilt of the upper endplate", upper, "deg")
    yield Figure("lower_tilt", "tilt of the lower endplate", lower, "deg")


def height_loss(values: Values) -> Iterator[Figure]:
    """How much lower the vertebra is than the mean of its neighbours."""
    neighbours = (values["height_above"] + values["height_below"]) / 2
    if values["vertebra_height"] > neighbours:
        raise CannotCalculate("the vertebra is higher than its neighbours: check the heights")
    loss = 100 * (1 - values["vertebra_height"] / neighbours)
    note = "more than 50 %, which guides the decision on surgery (EANS 2025)" if loss > 50 else ""
    yield Figure("height_loss", "loss of height", loss, "%", note=note)


def angular_ratio(values: Values) -> Iterator[Figure]:
    """Degrees of kyphosis for each vertebra of the curve."""
    found = values["curve_kyphosis_deg"] / values["curve_vertebrae"]
    note = "15 or more counts as a factor of instability in tuberculosis" if found >= 15 else ""
    yield Figure("dar", "deformity angular ratio", found, "deg", note=note)


def progression(values: Values) -> Iterator[Figure]:
    """The change of an angle, and whether it is more than the error of measurement."""
    change = values["segmental_kyphosis_deg"] - values["kyphosis_before_deg"]
    within = (
        "" if abs(change) > SURELY_CHANGED_DEG else "within the error of measurement (3 to 5°): no change"
    )
    yield Figure("change", "change of kyphosis", change, "deg", note=within)


def predicted_angle(values: Values) -> Iterator[Figure]:
    """The final angle after treatment without an operation."""
    if values["lesion_region"] not in (2.0, 3.0):
        raise CannotCalculate("the formula was made for thoracic and thoracolumbar lesions only")
    yield Figure("angle", "predicted final angle", 5.5 + 30.5 * values["vb_loss"], "deg")


# What each item of the Premier score weighs; procedures and hours count one each, Charlson twice.
PREMIER_POINTS = {
    "female": 5,
    "hypertension": 4,
    "blood_disorder": 8,
    "peripheral_vascular_disease": 9,
    "chronic_pulmonary_disease": 6,
    "rheumatic_disease": 16,
    "obesity": 12,
    "nicotine": 5,
    "charlson": 2,
    "revision_surgery": 14,
    "procedure_count": 1,
    "operation_hours": 1,
    "emergency_surgery": 12,
}


def premier(values: Values) -> Iterator[Figure]:
    """The points of the Premier score."""
    yield Figure("points", "points", sum(n * values[key] for key, n in PREMIER_POINTS.items()), "1")


NO_ILLNESS = (
    "hypertension=no; blood_disorder=no; peripheral_vascular_disease=no; chronic_pulmonary_disease=no; "
    "rheumatic_disease=no; nicotine=no"
)
CALCULATIONS = (
    calculation(
        "segmental-kyphosis",
        "Segmental kyphosis from two tilts",
        "The angle between the endplates above and below the lesion; kyphosis is positive.",
        from_tilts,
        ("upper_endplate_deg", "lower_endplate_deg"),
        (COBB, Source(EANS_2025, "statements")),
        """
        case     | facts | answer
        -------- | ----- | ------
        8 and 14 | upper_endplate_deg=8; lower_endplate_deg=-14 | kyphosis 22
        lordosis | upper_endplate_deg=-5; lower_endplate_deg=10 | kyphosis -15
        one only | upper_endplate_deg=8 | unknown
        """,
        (
            Cited(
                "Limits differ: more than 20° (EANS), 30 or 40° (tuberculosis); Pola's is not confirmed.",
                (COBB,),
            ),
        ),
    ),
    calculation(
        "kyphosis-from-points",
        "Segmental kyphosis from four points",
        "The same angle from the back and front end of each endplate, measured on a picture.",
        from_points,
        (
            "upper_back_x",
            "upper_back_y",
            "upper_front_x",
            "upper_front_y",
            "lower_back_x",
            "lower_back_y",
            "lower_front_x",
            "lower_front_y",
        ),
        (COBB, Source(EANS_2025, "statements")),
        """
        case     | facts | answer
        -------- | ----- | ------
        right    | upper_back_x=0; upper_back_y=0; upper_front_x=100; upper_front_y=0; lower_back_x=0; lower_back_y=200; lower_front_x=100; lower_front_y=100 | kyphosis 45; lower_tilt -45
        left     | upper_back_x=100; upper_back_y=0; upper_front_x=0; upper_front_y=0; lower_back_x=100; lower_back_y=200; lower_front_x=0; lower_front_y=100 | kyphosis 45
        parallel | upper_back_x=0; upper_back_y=0; upper_front_x=50; upper_front_y=10; lower_back_x=0; lower_back_y=90; lower_front_x=50; lower_front_y=100 | kyphosis 0; upper_tilt 11.3
        crossed  | upper_back_x=0; upper_back_y=0; upper_front_x=50; upper_front_y=0; lower_back_x=50; lower_back_y=90; lower_front_x=0; lower_front_y=90 | refused
        open     | upper_back_x=0; upper_back_y=0 | unknown
        """,
    ),
    calculation(
        "vertebral-height-loss",
        "Loss of vertebral height",
        "How much lower a vertebra is than the mean of its normal neighbours.",
        height_loss,
        ("vertebra_height", "height_above", "height_below"),
        (Source(GEOMETRY, "body height loss", "READY"),),
        """
        case     | facts | answer
        -------- | ----- | ------
        12       | vertebra_height=12; height_above=24; height_below=25 | height_loss 51
        none     | vertebra_height=24; height_above=24; height_below=24 | height_loss 0
        taller   | vertebra_height=30; height_above=24; height_below=25 | refused
        one neighbour | vertebra_height=12; height_above=24 | unknown
        """,
    ),
    calculation(
        "deformity-angular-ratio",
        "Deformity angular ratio",
        "Degrees of kyphosis for each vertebra of the curve.",
        angular_ratio,
        ("curve_kyphosis_deg", "curve_vertebrae"),
        (RATIO,),
        """
        case     | facts | answer
        -------- | ----- | ------
        45 in 3  | curve_kyphosis_deg=45; curve_vertebrae=3 | dar 15
        45 in 5  | curve_kyphosis_deg=45; curve_vertebrae=5 | dar 9
        open     | curve_kyphosis_deg=45 | unknown
        """,
    ),
    calculation(
        "kyphosis-progression",
        "Change of kyphosis",
        "How much an angle grew, and whether that is more than the error of measurement.",
        progression,
        ("kyphosis_before_deg", "segmental_kyphosis_deg"),
        (ERROR,),
        """
        case     | facts | answer
        -------- | ----- | ------
        12 to 27 | kyphosis_before_deg=12; segmental_kyphosis_deg=27 | change 15
        5        | kyphosis_before_deg=12; segmental_kyphosis_deg=17 | change 5
        open     | segmental_kyphosis_deg=17 | unknown
        """,
    ),
    calculation(
        "gibbus-angle",
        "Predicted angle in spinal tuberculosis",
        "The angle to expect after drugs alone, from the loss of vertebral bodies on the first film.",
        predicted_angle,
        ("vb_loss", "lesion_region"),
        (FORMULA,),
        """
        case     | facts | answer
        -------- | ----- | ------
        0.3      | vb_loss=0.3; lesion_region=thoracic | angle 14.7
        0.77     | vb_loss=0.77; lesion_region=thoracolumbar | angle 29
        1.0      | vb_loss=1; lesion_region=thoracic | angle 36
        1.5      | vb_loss=1.5; lesion_region=thoracic | angle 51.2
        2.0      | vb_loss=2; lesion_region=thoracic | angle 66.5
        L4       | vb_loss=1; lesion_region=lumbar | refused
        no film  | lesion_region=thoracic | unknown
        """,
        (
            Cited(
                "90 patients treated without an operation, angle at 6 years, r = 0.83; ages are not in the abstract.",
                (FORMULA,),
            ),
            Cited(
                "In 40 adults on drugs alone the formula gave 28.99° and 31.75° was seen; in 30 operated 25.94° and 26.8°.",
                (Source(JAIN_2004, "abstract"),),
            ),
            Cited(
                "The loss itself grows (0.26 to 0.70 in two years): use the first film and date it.",
                (Source(SINGH_2015, "abstract"),),
            ),
        ),
    ),
    calculation(
        "premier-ssi",
        "Infection after spine surgery: Premier score",
        "Points for a surgical site infection from what is known before and at the operation.",
        premier,
        tuple(PREMIER_POINTS),
        (Source(PREMIER, "points"),),
        f"""
        case     | facts | answer
        -------- | ----- | ------
        male     | female=no; {NO_ILLNESS}; obesity=no; charlson=0; revision_surgery=no; procedure_count=1; operation_hours=2; emergency_surgery=no | points 3
        female   | female=yes; {NO_ILLNESS}; obesity=yes; charlson=2; revision_surgery=yes; procedure_count=2; operation_hours=3; emergency_surgery=no | points 40
        urgent   | female=yes; {NO_ILLNESS}; obesity=yes; charlson=2; revision_surgery=yes; procedure_count=2; operation_hours=3; emergency_surgery=yes | points 52
        open     | female=yes; charlson=2 | unknown
        """,
        (
            Cited(
                "157,664 operations: c 0.75 and 0.77. The risk that belongs to the points was not read.",
                (Source(PREMIER, "abstract"),),
            ),
        ),
    ),
)
