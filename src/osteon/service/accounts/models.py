"""People and teams, and the trail: who changed, who read, who opened a record outside their teams."""

from __future__ import annotations

import uuid
from datetime import datetime
from functools import cached_property
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from osteon.service.accounts.permissions import ROLES, Permission, Role

SYSTEM_EMAIL = "system@osteon.invalid"


class TrailIsAppendOnly(TypeError):
    """Somebody tried to change or remove a row of the trail."""


class PersonManager(BaseUserManager["Person"]):
    use_in_migrations = True

    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(email__iexact=username)

    def create_user(self, *, email: str, password: str | None = None, **fields: Any) -> Person:
        """A person, saved. For set-up code and tests; the pages go through ``actions.create_person``."""
        person = self.model(email=email.strip().lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def system(self) -> Person:
        """The person to whom background work and imports are attributed. Cannot sign in."""
        person, _created = self.get_or_create(
            email=SYSTEM_EMAIL,
            defaults={"full_name": "Osteon", "role": "", "is_system": True, "password": "!"},
        )
        return person


class Person(AbstractBaseUser):
    """Somebody who works in the unit (or the system itself). Signs in by email."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("email address"), unique=True)
    full_name = models.CharField(_("full name"), max_length=200)
    title = models.CharField(_("professional title"), max_length=200, blank=True)
    role = models.CharField(_("role"), max_length=40, blank=True)
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_system = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    teams: models.ManyToManyField[Team, Membership] = models.ManyToManyField(
        "Team", through="Membership", related_name="people"
    )

    objects = PersonManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        ordering = ["full_name", "pk"]
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="person_email_once_whatever_case"),
            models.CheckConstraint(
                condition=Q(is_system=True) | Q(role__in=list(ROLES)), name="person_role_known"
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def role_data(self) -> Role | None:
        return ROLES.get(self.role)

    def can(self, permission: Permission) -> bool:
        """Whether their role holds ``permission``. A deactivated person can do nothing; the system everything."""
        if not self.is_active:
            return False
        role = self.role_data
        return self.is_system or (role is not None and Permission(permission) in role.permissions)

    @cached_property
    def _team_ids(self) -> tuple[int, ...]:
        return tuple(Membership.objects.filter(person=self).values_list("team_id", flat=True))

    def teams_ids(self) -> tuple[int, ...]:
        """Primary keys of their teams; one query in the life of this object."""
        return self._team_ids


class Team(models.Model):
    """People who share patients: the limb team, the joint team, OPAT."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    slug = models.SlugField(max_length=60, unique=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("team")
        verbose_name_plural = _("teams")

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A person in a team. Removing somebody from a team removes the row; the trail keeps that it was there."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="memberships")

    class Meta:
        constraints = [models.UniqueConstraint("person", "team", name="membership_once")]

    def __str__(self) -> str:
        return f"{self.person} in {self.team}"


class TrailQuerySet(models.QuerySet[Any]):
    """Rows can be added and read, nothing else."""

    def update(self, **kwargs: Any) -> int:
        raise TrailIsAppendOnly("A row of the trail is never changed.")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TrailIsAppendOnly("A row of the trail is never removed.")


class Trail(models.Model):
    """Base of the append-only tables. A second ``save`` or a ``delete`` is refused."""

    objects = TrailQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TrailIsAppendOnly("A row of the trail is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TrailIsAppendOnly("A row of the trail is never removed.")


class AuditEntry(Trail):
    """One change: who did what, to whose record and to which thing. Written in the change's transaction."""

    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="audit_entries")
    verb = models.CharField(max_length=100)
    patient_id = models.UUIDField(null=True, blank=True)
    object_type = models.CharField(max_length=100, blank=True)
    object_id = models.CharField(max_length=64, blank=True)
    reason = models.TextField(blank=True)
    detail = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["-at", "-id"], name="audit_newest"),
            models.Index(fields=["patient_id", "-at"], name="audit_by_patient"),
            models.Index(fields=["by", "-at"], name="audit_by_person"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} by {self.by_id}"


class ReadEntry(Trail):
    """One reading of a patient's record: who looked at which page."""

    at = models.DateTimeField(default=timezone.now, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="read_entries")
    patient_id = models.UUIDField()
    what = models.CharField(max_length=100)
    path_name = models.CharField(max_length=100)
    break_glass = models.BooleanField(default=False)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["-at", "-id"], name="read_newest"),
            models.Index(fields=["patient_id", "-at"], name="read_by_patient"),
            models.Index(fields=["person", "-at"], name="read_by_person"),
        ]

    def __str__(self) -> str:
        return f"{self.what} read by {self.person_id}"


class BreakGlassQuerySet(models.QuerySet["BreakGlass"]):
    def open_for(self, person: Person, *, at: datetime | None = None) -> BreakGlassQuerySet:
        """Those of ``person`` that still open a record at ``at`` (now by default)."""
        return self.filter(person=person, expires_at__gt=at or timezone.now())

    def unreviewed(self) -> BreakGlassQuerySet:
        return self.filter(reviewed_at=None)


class BreakGlass(models.Model):
    """A record opened outside one's teams, with a reason, for some hours; reviewed by the privacy lead."""

    class Verdict(models.TextChoices):
        JUSTIFIED = "justified", _("Justified")
        NOT_JUSTIFIED = "not_justified", _("Not justified")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="break_glasses")
    patient_id = models.UUIDField()
    reason = models.TextField()
    opened_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField()
    reviewed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="reviewed_break_glasses"
    )
    reviewed_at = models.DateTimeField(null=True, blank=True)
    verdict = models.CharField(max_length=20, blank=True, choices=Verdict.choices)
    review_note = models.TextField(blank=True)

    objects = BreakGlassQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at", "-pk"]
        indexes = [models.Index(fields=["person", "patient_id", "expires_at"], name="break_glass_open")]
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("opened_at")), name="break_glass_expires"),
            models.CheckConstraint(condition=~Q(reason=""), name="break_glass_has_reason"),
            models.CheckConstraint(
                condition=Q(reviewed_by=None, reviewed_at=None, verdict="")
                | (Q(reviewed_by__isnull=False, reviewed_at__isnull=False) & ~Q(verdict="")),
                name="break_glass_review_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"Break glass {self.public_id}"

    @property
    def is_open(self) -> bool:
        return self.expires_at > timezone.now()
