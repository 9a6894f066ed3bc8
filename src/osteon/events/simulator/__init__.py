"""A cohort a bone infection physician would believe, invented from published rates.

The figures are data in ``parameters/``, each with its source; the modules only draw and tell. Every row's
``source`` begins with ``sim:``; every NHS number lies in the 999 test range.
"""

from osteon.events.simulator.cohort import (
    DETAILS,
    Calendar,
    Patient,
    simulate,
    simulate_frames,
    simulate_patient,
)

__all__ = ["DETAILS", "Calendar", "Patient", "simulate", "simulate_frames", "simulate_patient"]
