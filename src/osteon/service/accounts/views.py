"""Load, check, call, render."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from osteon.service.accounts.guards import signed_in


@signed_in
def account(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/account.jinja")


@signed_in
def second_factor_needed(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/second_factor_needed.jinja")
