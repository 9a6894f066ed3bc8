"""Each view three times: not signed in, not allowed, allowed. Then what it does."""

import uuid

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.urls import reverse

from osteon.service.accounts import actions
from osteon.service.accounts.models import AuditEntry, BreakGlass, Person, ReadEntry, Team

REASON = "on call, patient in the emergency department"
ABOUT_A_PERSON = [
    "person",
    "change_person",
    "deactivate_person",
    "reactivate_person",
    "remove_second_factor",
    "send_link",
]
FOR_ADMINISTRATORS = ["people", "create_person", "create_team", *ABOUT_A_PERSON]
FOR_AUDITORS = ["trail", "break_glasses", "review_break_glass"]
FOR_EVERYBODY = ["account", "second_factor_needed", "roles"]
POST_ONLY = {"send_link"}


@pytest.fixture
def glass(staff):
    return actions.open_break_glass(by=staff.surgeon, patient_id=uuid.uuid4(), reason=REASON)


@pytest.fixture
def path(staff, glass):
    def of(name):
        arguments = {}
        if name in ABOUT_A_PERSON:
            arguments = {"person_id": staff.nurse.public_id}
        if name == "review_break_glass":
            arguments = {"break_glass_id": glass.public_id}
        return reverse(f"accounts:{name}", kwargs=arguments)

    return of


def ask(browser, name, path):
    return browser.post(path) if name in POST_ONLY else browser.get(path)


@pytest.mark.parametrize("name", FOR_ADMINISTRATORS + FOR_AUDITORS + FOR_EVERYBODY)
def test_stranger_is_sent_to_sign_in(client, path, name):
    response = ask(client, name, path(name))
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/sign-in/?next=")


@pytest.mark.parametrize("name", FOR_ADMINISTRATORS)
def test_administration_is_refused_to_others(signed_in, staff, path, name):
    assert ask(signed_in(staff.surgeon), name, path(name)).status_code == 403


@pytest.mark.parametrize("name", FOR_AUDITORS)
def test_audit_is_refused_to_others(signed_in, staff, path, name):
    assert ask(signed_in(staff.admin), name, path(name)).status_code == 403


@pytest.mark.parametrize("name", FOR_ADMINISTRATORS)
def test_administration_opens_for_administrators(signed_in, staff, path, name):
    response = ask(signed_in(staff.admin), name, path(name))
    assert response.status_code == (302 if name in POST_ONLY else 200)


@pytest.mark.parametrize("name", FOR_AUDITORS)
def test_audit_opens_for_the_privacy_lead(signed_in, staff, path, name):
    assert ask(signed_in(staff.privacy), name, path(name)).status_code == 200


@pytest.mark.parametrize("name", FOR_EVERYBODY)
def test_own_pages_open_for_everybody(signed_in, staff, path, name):
    assert ask(signed_in(staff.nurse), name, path(name)).status_code == 200


@pytest.mark.parametrize("name", [*ABOUT_A_PERSON, "review_break_glass"])
def test_somebody_unknown_is_not_found(signed_in, staff, name):
    key = "break_glass_id" if name == "review_break_glass" else "person_id"
    unknown = reverse(f"accounts:{name}", kwargs={key: uuid.uuid4()})
    person = staff.privacy if name == "review_break_glass" else staff.admin
    assert ask(signed_in(person), name, unknown).status_code == 404


def test_send_link_is_no_link_to_follow(signed_in, staff, path):
    assert signed_in(staff.admin).get(path("send_link")).status_code == 405


def test_account_shows_who_one_is(signed_in, staff, path):
    page = signed_in(staff.nurse).get(path("account")).content.decode()
    assert "Nia Example" in page
    assert "OPAT nurse" in page
    assert "Limb team" in page


def test_roles_page_prints_every_role_and_permission(signed_in, staff, path):
    page = signed_in(staff.nurse).get(path("roles")).content.decode()
    assert "Infection physician" in page
    assert "Open a record outside their teams in an emergency" in page


def test_people_page_takes_a_fixed_number_of_queries(
    signed_in, staff, path, django_assert_max_num_queries, django_assert_num_queries
):
    browser = signed_in(staff.admin)
    browser.get(path("people"))
    with django_assert_max_num_queries(10) as before:
        browser.get(path("people"))
    for number in range(12):
        staff.hire(f"more{number}", "resident", staff.limb)
    with django_assert_num_queries(len(before)):
        assert "More11 Example" in browser.get(path("people")).content.decode()


def test_create_person_makes_the_account_and_sends_the_link(signed_in, staff, path):
    response = signed_in(staff.admin).post(
        path("create_person"),
        {
            "full_name": "Zoe Adeyemi",
            "title": "Dr",
            "email": "zoe@unit.example",
            "role": "resident",
            "teams": [staff.limb.pk],
        },
    )
    zoe = Person.objects.get(email="zoe@unit.example")
    assert response.headers["Location"] == reverse("accounts:person", kwargs={"person_id": zoe.public_id})
    assert list(zoe.teams.all()) == [staff.limb]
    (message,) = mail.outbox
    assert message.to == ["zoe@unit.example"]
    assert "Hello Zoe Adeyemi," in message.body
    assert "/sign-in/password/reset/key/" in message.body


def test_link_of_a_new_account_sets_the_password_and_signs_in(signed_in, staff, path, client):
    signed_in(staff.admin).post(
        path("create_person"),
        {"full_name": "Zoe Adeyemi", "email": "zoe@unit.example", "role": "resident"},
    )
    client.logout()
    link = next(word for word in mail.outbox[0].body.split() if "/password/reset/key/" in word)
    form = client.get(link.replace("http://testserver", ""), follow=True)
    words = {"password1": "sturdy violet canoe", "password2": "sturdy violet canoe"}
    client.post(form.redirect_chain[-1][0], words)
    client.post("/sign-in/", {"login": "zoe@unit.example", "password": "sturdy violet canoe"})
    assert client.get(path("account")).status_code == 200


def test_create_person_with_a_taken_address_says_so_and_keeps_what_was_typed(signed_in, staff, path):
    response = signed_in(staff.admin).post(
        path("create_person"),
        {"full_name": "Another Nia", "email": "nia@unit.example", "role": "resident"},
    )
    page = response.content.decode()
    assert "already an account with this email address" in page
    assert 'value="Another Nia"' in page
    assert "<title>Error:" in page


def test_change_person_changes_role_and_teams(signed_in, staff, path):
    signed_in(staff.admin).post(
        path("change_person"),
        {"full_name": "Nia Bell", "title": "Sr", "role": "frame_nurse", "teams": [staff.spine.pk]},
    )
    nurse = Person.objects.get(pk=staff.nurse.pk)
    assert (nurse.full_name, nurse.role, list(nurse.teams.all())) == (
        "Nia Bell",
        "frame_nurse",
        [staff.spine],
    )


def test_change_person_shows_what_holds_now(signed_in, staff, path):
    page = signed_in(staff.admin).get(path("change_person")).content.decode()
    assert 'value="Nia Example"' in page
    assert '<option value="opat_nurse" selected' in page


def test_own_role_is_refused_beside_the_field(signed_in, staff):
    own = reverse("accounts:change_person", kwargs={"person_id": staff.admin.public_id})
    response = signed_in(staff.admin).post(own, {"full_name": "Ada", "role": "surgeon"})
    assert "cannot change your own role" in response.content.decode()


def test_deactivated_person_is_out_at_the_next_click(signed_in, staff, path, client):
    signed_in(staff.admin).post(path("deactivate_person"), {"reason": "left"})
    assert not Person.objects.get(pk=staff.nurse.pk).is_active
    client.force_login(staff.nurse, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(path("account")).status_code == 302


def test_deactivating_oneself_is_refused_with_a_sentence(signed_in, staff):
    own = reverse("accounts:deactivate_person", kwargs={"person_id": staff.admin.public_id})
    page = signed_in(staff.admin).post(own, {"reason": "x"}).content.decode()
    assert "cannot deactivate yourself" in page
    assert Person.objects.get(pk=staff.admin.pk).is_active


def test_reactivate_person(signed_in, staff, path):
    actions.deactivate_person(by=staff.admin, person=staff.nurse, reason="left")
    signed_in(staff.admin).post(path("reactivate_person"), {"reason": "came back"})
    assert Person.objects.get(pk=staff.nurse.pk).is_active


def test_remove_second_factor(signed_in, staff, path):
    Authenticator.objects.create(user=staff.nurse, type=Authenticator.Type.TOTP, data={})
    signed_in(staff.admin).post(path("remove_second_factor"), {"reason": "lost telephone"})
    assert not Authenticator.objects.exists()


def test_reason_is_asked_for(signed_in, staff, path):
    page = signed_in(staff.admin).post(path("deactivate_person"), {"reason": " "}).content.decode()
    assert "There is a problem" in page
    assert Person.objects.get(pk=staff.nurse.pk).is_active


def test_create_team(signed_in, staff, path):
    browser = signed_in(staff.admin)
    browser.post(path("create_team"), {"name": "Upper limb"})
    assert Team.objects.filter(slug="upper-limb").exists()
    assert "already a team" in browser.post(path("create_team"), {"name": "Upper limb"}).content.decode()


def test_trail_shows_reading_and_change(signed_in, staff, path, glass):
    ReadEntry.objects.create(
        person=staff.nurse, patient_id=glass.patient_id, what="timeline", path_name="patients:timeline"
    )
    page = signed_in(staff.privacy).get(path("trail")).content.decode()
    assert "Open break glass" in page
    assert "Timeline" in page
    assert REASON in page


def test_trail_is_filtered_by_the_address_of_a_record(signed_in, staff, path, glass):
    other = uuid.uuid4()
    for patient_id, what in ((glass.patient_id, "this one"), (other, "another one")):
        ReadEntry.objects.create(
            person=staff.nurse, patient_id=patient_id, what=what, path_name="patients:timeline"
        )
    asked = {"patient": f"https://osteon.example/patients/{other}/timeline/"}
    page = signed_in(staff.privacy).get(path("trail"), asked).content.decode()
    assert "Another one" in page
    assert "This one" not in page


def test_trail_says_what_is_wrong_with_a_filter(signed_in, staff, path):
    page = signed_in(staff.privacy).get(path("trail"), {"patient": "Okafor"}).content.decode()
    assert "There is a problem" in page
    assert "Copy the code" in page


def test_trail_pages_keep_the_filter(signed_in, staff, path):
    for _ in range(60):
        ReadEntry.objects.create(person=staff.nurse, patient_id=uuid.uuid4(), what="timeline", path_name="x")
    response = signed_in(staff.privacy).get(path("trail"), {"who": "nia"})
    page = response.content.decode()
    assert "?who=nia&amp;before=" in page


def test_trail_takes_a_fixed_number_of_queries(
    signed_in, staff, path, django_assert_max_num_queries, django_assert_num_queries
):
    browser = signed_in(staff.privacy)
    browser.get(path("trail"))
    with django_assert_max_num_queries(8) as before:
        browser.get(path("trail"))
    for _ in range(30):
        ReadEntry.objects.create(person=staff.nurse, patient_id=uuid.uuid4(), what="timeline", path_name="x")
    with django_assert_num_queries(len(before)):
        browser.get(path("trail"))


def test_break_glasses_page_says_what_waits_and_why(signed_in, staff, path, glass):
    page = signed_in(staff.privacy).get(path("break_glasses")).content.decode()
    assert "1 waits for your review" in page
    assert REASON in page
    assert "Tom Example" in page


def test_review_is_recorded_and_leaves_the_list_of_waiting(signed_in, staff, path, glass):
    browser = signed_in(staff.privacy)
    browser.post(path("review_break_glass"), {"verdict": "not_justified", "review_note": "No reason found."})
    assert BreakGlass.objects.get().verdict == "not_justified"
    assert AuditEntry.objects.filter(verb="accounts.review_break_glass", by=staff.privacy).exists()
    page = browser.get(path("break_glasses")).content.decode()
    assert "None waits for your review" in page
    assert "No reason found." in page


def test_review_that_somebody_else_did_meanwhile_is_told(signed_in, staff, path, glass):
    second = staff.hire("kim", "privacy_lead")
    browser = signed_in(staff.privacy)
    actions.review_break_glass(by=second, break_glass=glass, verdict="justified", review_note="fine")
    page = browser.post(
        path("review_break_glass"), {"verdict": "not_justified", "review_note": "Hm."}
    ).content.decode()
    assert "reviewed this in the meantime" in page
    assert "Hm." in page


def test_broken_glass_is_the_first_thing_the_privacy_lead_reads(signed_in, staff, glass):
    page = signed_in(staff.privacy).get("/", follow=True).content.decode()
    assert "1 opening of a record" in page
    assert reverse("accounts:break_glasses") in page
