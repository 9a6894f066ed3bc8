import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import ResolverMatch

from osteon.service.accounts.guards import public, requires, signed_in
from osteon.service.accounts.middleware import DenyByDefault
from osteon.service.accounts.permissions import Permission


def fine(request):
    return HttpResponse("fine")


def asked_by(person, path="/somewhere/?q=1"):
    request = RequestFactory().get(path)
    request.user = person
    return request


def test_requires_sends_a_stranger_to_sign_in_and_back():
    response = requires(Permission.VIEW_WORKLIST)(fine)(asked_by(AnonymousUser()))
    assert response.status_code == 302
    assert response.headers["Location"] == "/sign-in/?next=/somewhere/%3Fq%3D1"


def test_requires_refuses_who_may_not(staff):
    with pytest.raises(PermissionDenied):
        requires(Permission.MANAGE_ACCOUNTS)(fine)(asked_by(staff.nurse))


def test_requires_lets_in_who_may(staff):
    response = requires(Permission.VIEW_WORKLIST)(fine)(asked_by(staff.nurse))
    assert response.content == b"fine"


def test_requires_marks_the_view_and_keeps_its_name():
    view = requires(Permission.VIEW_WORKLIST)(fine)
    assert (view.osteon_permission, view.__name__) == (Permission.VIEW_WORKLIST, "fine")


def test_requires_a_permission_that_does_not_exist_is_an_error():
    with pytest.raises(ValueError, match="fly"):
        requires("fly")


def test_signed_in_is_for_everybody_but_strangers(staff):
    assert signed_in(fine)(asked_by(AnonymousUser())).status_code == 302
    assert signed_in(fine)(asked_by(staff.privacy)).content == b"fine"


@pytest.mark.parametrize(
    "view", [requires(Permission.VIEW_AUDIT)(fine), signed_in(fine), public(lambda r: fine(r))]
)
def test_deny_by_default_passes_marked_views(view):
    assert DenyByDefault(fine).process_view(asked_by(AnonymousUser()), view, (), {}) is None


def test_deny_by_default_refuses_a_forgotten_view(staff):
    request = asked_by(staff.surgeon)
    request.resolver_match = ResolverMatch(fine, (), {}, url_name="forgotten")
    with pytest.raises(PermissionDenied):
        DenyByDefault(fine).process_view(request, fine, (), {})


def test_deny_by_default_exempts_only_the_listed_names_of_libraries():
    request = asked_by(AnonymousUser())
    request.resolver_match = ResolverMatch(fine, (), {}, url_name="account_login")
    assert DenyByDefault(fine).process_view(request, fine, (), {}) is None
    request.resolver_match = ResolverMatch(
        fine, (), {}, url_name="account_login", app_names=["evil"], namespaces=["evil"]
    )
    with pytest.raises(PermissionDenied):
        DenyByDefault(fine).process_view(request, fine, (), {})


def test_fragment_asked_for_after_the_session_ended_sends_the_whole_page_to_sign_in():
    request = RequestFactory().get(
        "/today/row/3/",
        headers={"HX-Request": "true", "HX-Current-URL": "https://osteon.example/today/?team=limb"},
    )
    request.user = AnonymousUser()
    response = signed_in(fine)(request)
    assert response.headers["HX-Redirect"] == "/sign-in/?next=/today/"
    assert response.status_code == 200
