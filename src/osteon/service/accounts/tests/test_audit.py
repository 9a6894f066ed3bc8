import uuid
from types import SimpleNamespace

import pytest
from django.db import transaction
from simple_history.models import HistoricalRecords

from osteon.service.accounts import audit
from osteon.service.accounts.audit import action, log_read, note, touched
from osteon.service.accounts.models import AuditEntry, ReadEntry, Team, TrailIsAppendOnly
from osteon.service.accounts.signals import facts_changed, facts_touched


@action("test.rename_team")
def rename_team(*, by, team, name, reason="", fail=False):
    team.name = name
    team.save()
    if fail:
        raise RuntimeError("broken half way")
    return team


@action("test.touch")
def touch(*, by, patients=(), patient_id=None, detail=""):
    for patient in patients:
        touched(patient)
    if detail:
        note(detail)


@action("test.outer")
def outer(*, by, team):
    return rename_team(by=by, team=team, name="Inner")


def somebody(pk=1):
    return SimpleNamespace(pk=pk, public_id=uuid.UUID(int=pk))


@pytest.fixture(autouse=True)
def nobody_else_listens(monkeypatch):
    """The patients of these tests are in no table, so other concepts must not write about them."""
    monkeypatch.setattr(facts_touched, "receivers", [])


@pytest.fixture
def heard(monkeypatch):
    """The patients the signal was sent for."""
    monkeypatch.setattr(facts_changed, "receivers", [])
    patients = []

    def listen(sender, patient_id, **kwargs):
        patients.append(patient_id)

    facts_changed.connect(listen, weak=False)
    return patients


def test_action_writes_one_entry(staff):
    rename_team(by=staff.surgeon, team=staff.limb, name="Limbs", reason="shorter")
    entry = AuditEntry.objects.get()
    assert (entry.by, entry.verb, entry.reason) == (staff.surgeon, "test.rename_team", "shorter")
    assert (entry.object_type, entry.object_id) == ("accounts.Team", str(staff.limb.pk))
    assert entry.patient_id is None


def test_action_that_breaks_leaves_neither_change_nor_entry(staff):
    with pytest.raises(RuntimeError):
        rename_team(by=staff.surgeon, team=staff.limb, name="Limbs", fail=True)
    assert Team.objects.get(slug="limb").name == "Limb team"
    assert not AuditEntry.objects.exists()


def test_action_whose_entry_cannot_be_written_changes_nothing(staff, monkeypatch):
    def broken(**kwargs):
        raise RuntimeError("trail is full")

    monkeypatch.setattr(AuditEntry.objects, "create", broken)
    with pytest.raises(RuntimeError):
        rename_team(by=staff.surgeon, team=staff.limb, name="Limbs")
    assert Team.objects.get(slug="limb").name == "Limb team"


def test_action_rolled_back_from_outside_takes_its_entry_along(staff):
    with transaction.atomic():
        rename_team(by=staff.surgeon, team=staff.limb, name="Limbs")
        transaction.set_rollback(True)
    assert not AuditEntry.objects.exists()
    assert Team.objects.get(slug="limb").name == "Limb team"


def test_action_in_an_action_writes_two_entries(staff):
    outer(by=staff.surgeon, team=staff.limb)
    assert list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True)) == [
        "test.rename_team",
        "test.outer",
    ]


def test_action_without_a_person_is_refused(staff):
    with pytest.raises(TypeError, match="by="):
        rename_team(team=staff.limb, name="x")
    with pytest.raises(TypeError, match="by="):
        rename_team(by="nia", team=staff.limb, name="x")


def test_action_with_positional_arguments_is_refused(staff):
    with pytest.raises(TypeError):
        rename_team(staff.surgeon, staff.limb, "x")


def test_function_without_keyword_only_by_is_no_action():
    with pytest.raises(TypeError, match="keyword-only"):
        action("test.bad")(lambda by: None)
    with pytest.raises(TypeError, match="keyword-only"):
        action("test.bad")(lambda *, name: None)


def test_action_tells_each_touched_patient_once_after_commit(
    staff, heard, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        touch(by=staff.surgeon, patients=[somebody(1), somebody(2), somebody(1)])
        assert heard == []
    assert heard == [1, 2]


def test_action_tells_listeners_inside_its_transaction(staff):
    told = []

    def listen(sender, patient_ids, **kwargs):
        told.append((patient_ids, transaction.get_connection().in_atomic_block))
        raise RuntimeError("cannot write it down")

    facts_touched.connect(listen, weak=False)
    with pytest.raises(RuntimeError):
        touch(by=staff.surgeon, patients=[somebody(1), somebody(2)])
    assert told == [((1, 2), True)]
    assert not AuditEntry.objects.exists()


def test_action_rolled_back_tells_nobody(staff, heard, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        touch(by=staff.surgeon, patients=[somebody()])
        transaction.set_rollback(True)
    assert heard == []


def test_entry_names_the_only_patient_and_none_of_many(staff):
    touch(by=staff.surgeon, patients=[somebody(7)])
    touch(by=staff.surgeon, patients=[somebody(7), somebody(8)])
    only, many = AuditEntry.objects.order_by("pk")
    assert only.patient_id == uuid.UUID(int=7)
    assert many.patient_id is None


def test_entry_names_the_patient_given_by_id(staff):
    touch(by=staff.surgeon, patient_id=uuid.UUID(int=9))
    assert AuditEntry.objects.get().patient_id == uuid.UUID(int=9)


def test_note_is_kept_with_the_entry_and_cut_to_fit(staff):
    touch(by=staff.surgeon, detail="x" * 400)
    assert AuditEntry.objects.get().detail == "x" * 300


def test_touched_and_note_outside_an_action_are_errors():
    with pytest.raises(TypeError):
        touched(somebody())
    with pytest.raises(TypeError):
        note("x")


def test_history_is_attributed_to_who_acts_and_then_given_back(staff, monkeypatch):
    request = SimpleNamespace(user=staff.nurse)
    monkeypatch.setattr(HistoricalRecords.context, "request", request, raising=False)
    with audit._acting(staff.surgeon):
        assert HistoricalRecords.context.request.user == staff.surgeon
    assert HistoricalRecords.context.request is request


def test_history_outside_a_request_leaves_nothing_behind(staff):
    with audit._acting(staff.surgeon):
        pass
    assert not hasattr(HistoricalRecords.context, "request")


def test_log_read_writes_one_row(staff, django_assert_num_queries):
    patient_id = uuid.uuid4()
    with django_assert_num_queries(1):
        log_read(person=staff.nurse, patient_id=patient_id, what="timeline", path_name="patients:timeline")
    entry = ReadEntry.objects.get()
    assert (entry.person, entry.patient_id, entry.what) == (staff.nurse, patient_id, "timeline")
    assert (entry.path_name, entry.break_glass) == ("patients:timeline", False)


@pytest.mark.parametrize("change", ["save", "delete"])
def test_row_of_the_trail_is_never_changed(staff, change):
    entry = log_read(person=staff.nurse, patient_id=uuid.uuid4(), what="x", path_name="x")
    with pytest.raises(TrailIsAppendOnly):
        getattr(entry, change)()


def test_rows_of_the_trail_are_never_changed_together(staff):
    with pytest.raises(TrailIsAppendOnly):
        ReadEntry.objects.all().delete()
    with pytest.raises(TrailIsAppendOnly):
        AuditEntry.objects.update(verb="nothing happened")
