"""Signs of a foot infection and of the whole body's answer, shared by both versions and by WIfI."""

from __future__ import annotations

from osteon.rules.definition import Criterion, criterion
from osteon.rules.language import answer, count, yes
from osteon.rules.monitoring import Source
from osteon.rules.quantities import cells, cm, degrees, percent, unit
from osteon.rules.tree import Condition

PER_MIN, KPA = unit("/min"), unit("kPa")


def local_signs(*source: Source) -> tuple[Criterion, ...]:
    """The five local signs; two or more make an infection when other causes are excluded."""
    return (
        criterion("swelling", "Swelling or induration", yes("swelling_or_induration"), *source),
        criterion(
            "redness", "Redness more than 0.5 cm around the ulcer", answer("erythema_cm") > 0.5 * cm, *source
        ),
        criterion("tenderness", "Tenderness or pain", yes("tenderness_or_pain"), *source),
        criterion("warmth", "Warmth", yes("warmth"), *source),
        criterion("purulence", "Pus", yes("pus"), *source),
    )


def systemic_signs(carbon_dioxide: Condition, bands: Condition, *source: Source) -> tuple[Criterion, ...]:
    """The four signs of systemic inflammation; the versions differ in carbon dioxide and immature cells."""
    temperature, white = answer("temp_c"), answer("blood_wbc")
    return (
        criterion(
            "temperature",
            "Temperature more than 38 °C or less than 36 °C",
            (temperature > 38 * degrees) | (temperature < 36 * degrees),
            *source,
        ),
        criterion("heart_rate", "Heart rate more than 90", answer("heart_rate") > 90 * PER_MIN, *source),
        criterion(
            "breathing",
            "Respiratory rate more than 20, or carbon dioxide low",
            (answer("resp_rate") > 20 * PER_MIN) | carbon_dioxide,
            *source,
        ),
        criterion(
            "white_cells",
            "White cells more than 12 or less than 4 × 10⁹/L, or 10 % immature",
            (white > 12 * cells) | (white < 4 * cells) | bands,
            *source,
        ),
    )


def excluded(*source: Source) -> Criterion:
    """Without it two signs are no infection."""
    return criterion(
        "excluded", "Other causes of inflammation excluded", yes("other_cause_excluded"), *source
    )


def infected(signs: tuple[Criterion, ...], other_causes_excluded: Criterion) -> Condition:
    """Two local signs, and nothing else explains them."""
    return (count(*signs) >= 2) & other_causes_excluded


def inflamed(signs: tuple[Criterion, ...]) -> Condition:
    """Two or more of the four systemic signs."""
    return count(*signs) >= 2


BANDS = answer("bands_pct")
TEN_PERCENT = 10 * percent
CARBON_DIOXIDE = answer("paco2_kpa")
