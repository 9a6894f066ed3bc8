"""Load, check, call, render."""

from __future__ import annotations

import uuid

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from osteon.service.accounts.guards import requires
from osteon.service.accounts.permissions import Permission
from osteon.service.imports import presenters, queries
from osteon.service.imports.forms import UploadForm
from osteon.service.imports.models import ImportRun
from osteon.service.imports.running import DiskFull, run_import
from osteon.service.imports.uploads import TooLarge, bare_name, kept

LINES = 40


@requires(Permission.IMPORT_DATA)
@require_GET
def runs(request: HttpRequest) -> HttpResponse:
    page = Paginator(queries.runs(), 50).get_page(request.GET.get("page"))
    rows = [(each, presenters.totals(each), presenters.news(each)) for each in page]
    return render(request, "imports/runs.jinja", {"page": page, "rows": rows})


@requires(Permission.IMPORT_DATA)
@require_GET
def run(request: HttpRequest, run_id: uuid.UUID) -> HttpResponse:
    found = queries.run_by_public_id(run_id)
    context = {
        "run": found,
        "totals": presenters.totals(found),
        "news": presenters.news(found),
        "parts": presenters.counted([found], LINES),
        "conflicts": presenters.conflict_lines(found, queries.holders(found)),
    }
    return render(request, "imports/run.jinja", context)


@requires(Permission.IMPORT_DATA)
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    form = UploadForm(request.POST or None, request.FILES or None, teams=queries.teams_of(request.user))
    taken = request.method == "POST" and form.is_valid() and _taken(request, form)
    if taken:
        return redirect("imports:run", run_id=taken.public_id)
    return render(request, "imports/upload.jinja", {"form": form, "multipart": True})


def _taken(request: HttpRequest, form: UploadForm) -> ImportRun | None:
    file = form.cleaned_data["file"]
    try:
        with kept(file) as path:
            return run_import(by=request.user, path=path, name=bare_name(file.name), team=form.chosen_team)
    except (TooLarge, DiskFull) as error:
        form.add_error("file", str(error))
        return None
