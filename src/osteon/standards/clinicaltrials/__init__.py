"""ClinicalTrials.gov, API version 2: searching, paging, one study.

Source of fields and rules: ../shared/reference/library_and_connect.md, section 6.
"""

from osteon.standards.clinicaltrials.eligibility import Criteria, ages_in_words, criteria
from osteon.standards.clinicaltrials.service import ClinicalTrials
from osteon.standards.clinicaltrials.statuses import STATUSES, Status, status_of
from osteon.standards.clinicaltrials.studies import (
    AnswerRefused,
    Contact,
    Page,
    Place,
    Trial,
    read_export,
    read_page,
)

__all__ = [
    "STATUSES",
    "AnswerRefused",
    "ClinicalTrials",
    "Contact",
    "Criteria",
    "Page",
    "Place",
    "Status",
    "Trial",
    "ages_in_words",
    "criteria",
    "read_export",
    "read_page",
    "status_of",
]
