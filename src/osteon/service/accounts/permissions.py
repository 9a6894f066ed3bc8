"""What a person may do, and the roles that hold it: data, with a paragraph for humans beside each.

The page "Roles and permissions" prints this file; nothing else decides who may do what.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Permission(StrEnum):
    """One thing a person may do. A role is a set of these."""

    VIEW_PATIENT = "view_patient"
    RECORD_FINDING = "record_finding"
    RECORD_RESULT = "record_result"
    PRESCRIBE_COURSE = "prescribe_course"
    MANAGE_IDENTITY = "manage_identity"
    MANAGE_EPISODE = "manage_episode"
    ACKNOWLEDGE_ALERT = "acknowledge_alert"
    MANAGE_TASK = "manage_task"
    VIEW_WORKLIST = "view_worklist"
    VIEW_HANDOVER = "view_handover"
    EDIT_HANDOVER = "edit_handover"
    SWITCH_RULE = "switch_rule"
    VIEW_CASELOAD = "view_caseload"
    IMPORT_DATA = "import_data"
    VIEW_AUDIT = "view_audit"
    MANAGE_ACCOUNTS = "manage_accounts"
    BREAK_GLASS = "break_glass"

    @property
    def words(self) -> Promise:
        return PERMISSION_WORDS[self]


P = Permission

PERMISSION_WORDS: Final[dict[Permission, Promise]] = {
    P.VIEW_PATIENT: _("Open the record of a patient of their teams"),
    P.RECORD_FINDING: _("Record what was found at the bedside, in clinic or on the telephone"),
    P.RECORD_RESULT: _("Record a laboratory or microbiology result by hand"),
    P.PRESCRIBE_COURSE: _("Start, change, plan and stop a course of antibiotics"),
    P.MANAGE_IDENTITY: _("Register a patient, correct identity, merge and unmerge two records"),
    P.MANAGE_EPISODE: _("Open an episode, move it along the road and close it"),
    P.ACKNOWLEDGE_ALERT: _("Acknowledge or snooze an alert, with a reason"),
    P.MANAGE_TASK: _("Create, hand over and finish tasks"),
    P.VIEW_WORKLIST: _("See Today: who needs the unit, and why"),
    P.VIEW_HANDOVER: _("See the ward round and handover list"),
    P.EDIT_HANDOVER: _("Write in the ward round and handover list"),
    P.SWITCH_RULE: _("Switch a provisional rule on or off for the unit"),
    P.VIEW_CASELOAD: _("See what the definitions say across all episodes of their teams"),
    P.IMPORT_DATA: _("Bring records in from another system"),
    P.VIEW_AUDIT: _("See who read and who changed which record"),
    P.MANAGE_ACCOUNTS: _("Create accounts, change roles and teams, deactivate people"),
    P.BREAK_GLASS: _("Open a record outside their teams in an emergency, with a reason"),
}


@dataclass(frozen=True, slots=True)
class Role:
    """A job in the unit. ``paragraph`` is for the person who grants it."""

    key: str
    name: Promise
    paragraph: Promise
    permissions: frozenset[Permission]


BEDSIDE: Final = frozenset(
    {P.VIEW_PATIENT, P.RECORD_FINDING, P.VIEW_WORKLIST, P.MANAGE_TASK, P.VIEW_HANDOVER, P.BREAK_GLASS}
)
DOCTOR: Final = BEDSIDE | {
    P.RECORD_RESULT,
    P.PRESCRIBE_COURSE,
    P.MANAGE_EPISODE,
    P.ACKNOWLEDGE_ALERT,
    P.EDIT_HANDOVER,
}
READER: Final = frozenset({P.VIEW_PATIENT, P.VIEW_WORKLIST, P.MANAGE_TASK, P.RECORD_FINDING, P.BREAK_GLASS})

_ROLES: Final = (
    Role(
        "infection_physician",
        _("Infection physician"),
        _(
            "Responsible for the diagnosis of infection and for every course of antibiotics. Sees Today for "
            "their teams, acknowledges alerts, starts and stops courses, registers patients and opens episodes."
        ),
        DOCTOR | {P.MANAGE_IDENTITY},
    ),
    Role(
        "surgeon",
        _("Orthopaedic surgeon"),
        _(
            "Operates on joints, limbs or the spine and shares responsibility for the episode. Records "
            "findings, courses and the plan, and acknowledges alerts about their patients."
        ),
        DOCTOR | {P.MANAGE_IDENTITY},
    ),
    Role(
        "plastic_surgeon",
        _("Plastic surgeon"),
        _("Covers the wound: flaps, soft tissue and its follow-up. Works in the record as the surgeon does."),
        DOCTOR,
    ),
    Role(
        "radiologist",
        _("Radiologist"),
        _("Reads the imaging for the meeting. Opens records and records findings; does not prescribe."),
        READER,
    ),
    Role(
        "pathologist",
        _("Pathologist"),
        _("Reports histology. Opens records and records results and findings; does not prescribe."),
        READER | {P.RECORD_RESULT},
    ),
    Role(
        "microbiologist",
        _("Microbiologist"),
        _(
            "Interprets cultures and advises on antibiotics. Records results, acknowledges alerts and changes "
            "courses when asked to."
        ),
        READER | {P.RECORD_RESULT, P.PRESCRIBE_COURSE, P.ACKNOWLEDGE_ALERT, P.VIEW_HANDOVER},
    ),
    Role(
        "resident",
        _("Resident doctor"),
        _(
            "Looks after the inpatients day and night under the infection consultant. Writes the ward round "
            "and handover list, prescribes, acknowledges alerts and registers patients out of hours."
        ),
        DOCTOR | {P.MANAGE_IDENTITY},
    ),
    Role(
        "opat_nurse",
        _("OPAT nurse"),
        _(
            "Runs antibiotics at home: bloods due, lines, visits. Records results and findings, acknowledges "
            "monitoring alerts and keeps tasks moving; courses are changed by a prescriber."
        ),
        BEDSIDE | {P.RECORD_RESULT, P.ACKNOWLEDGE_ALERT, P.MANAGE_EPISODE, P.EDIT_HANDOVER},
    ),
    Role(
        "frame_nurse",
        _("Limb-reconstruction nurse"),
        _(
            "Runs the frame clinic and the telephone line: pin sites, strut moves, worries. Records findings, "
            "acknowledges alerts about their patients and keeps tasks moving."
        ),
        BEDSIDE | {P.ACKNOWLEDGE_ALERT, P.MANAGE_EPISODE},
    ),
    Role(
        "therapist",
        _("Therapist"),
        _("Physiotherapy and occupational therapy. Records function and findings, and works on tasks."),
        BEDSIDE,
    ),
    Role(
        "psychologist",
        _("Psychologist"),
        _("Psychological care alongside treatment. Opens records, records findings and works on tasks."),
        READER,
    ),
    Role(
        "pharmacist",
        _("Pharmacist"),
        _(
            "Checks every course: dose, levels, interactions, planned stop. Records levels, corrects courses "
            "and acknowledges monitoring alerts."
        ),
        READER | {P.PRESCRIBE_COURSE, P.RECORD_RESULT, P.ACKNOWLEDGE_ALERT, P.VIEW_HANDOVER},
    ),
    Role(
        "coordinator",
        _("Meeting coordinator"),
        _(
            "Registers referred patients, keeps identities and episodes in order and chases what the meeting "
            "decided. Records nothing clinical."
        ),
        frozenset(
            {
                P.VIEW_PATIENT,
                P.MANAGE_IDENTITY,
                P.MANAGE_EPISODE,
                P.VIEW_WORKLIST,
                P.MANAGE_TASK,
                P.VIEW_HANDOVER,
                P.IMPORT_DATA,
            }
        ),
    ),
    Role(
        "unit_lead",
        _("Unit lead"),
        _(
            "A consultant who answers for the unit: everything a doctor does, and switches provisional rules "
            "on or off for everybody."
        ),
        DOCTOR | {P.MANAGE_IDENTITY, P.SWITCH_RULE, P.VIEW_CASELOAD, P.IMPORT_DATA},
    ),
    Role(
        "audit_lead",
        _("Audit lead"),
        _(
            "Answers for outcomes and returns. Opens records of their teams to complete them; changes no care."
        ),
        frozenset({P.VIEW_PATIENT, P.VIEW_WORKLIST, P.VIEW_CASELOAD, P.IMPORT_DATA}),
    ),
    Role(
        "privacy_lead",
        _("Privacy lead"),
        _(
            "Guards confidentiality: sees who read and changed which record, is told each time somebody opens "
            "a record outside their teams, and reviews it. Opens no patient's record."
        ),
        frozenset({P.VIEW_AUDIT}),
    ),
    Role(
        "administrator",
        _("Administrator"),
        _(
            "Creates accounts, gives roles and teams, deactivates leavers and runs imports. Opens no patient's "
            "record."
        ),
        frozenset({P.MANAGE_ACCOUNTS, P.IMPORT_DATA}),
    ),
)

ROLES: Final[dict[str, Role]] = {role.key: role for role in _ROLES}
