"""The page of the invented GP. Load, call, render."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import orjson
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_POST

from osteon.service.accounts.guards import public
from osteon.site.ehr import calls
from osteon.site.ehr.forms import FactsForm
from osteon.site.ehr.markdown import html_of
from osteon.site.ehr.record import BORN, NAME, Record
from osteon.standards.cds_hooks.cards import Coding
from osteon.standards.cds_hooks.feedback import Feedback, OverrideReason
from osteon.standards.cds_hooks.fields import Fields, Malformed
from osteon.standards.cds_hooks.values import Indicator, Outcome

EXAMPLES = (
    (
        "Back pain, fever and diabetes",
        {"spinal_pain": "yes", "pain_days": 21, "diabetes": "yes", "temperature": 38.4, "crp": 140},
    ),
    ("Numbness between the legs", {"spinal_pain": "yes", "pain_days": 3, "saddle_sensory_new": "yes"}),
    ("Back pain, nothing else asked", {"spinal_pain": "yes"}),
    ("On daptomycin, CK 2,140", {"medicine": "daptomycin", "ck": 2140, "crp": 24}),
    ("About to choose linezolid", {"choosing": "linezolid", "platelets": 210}),
)
LEVELS = {Indicator.CRITICAL: "red", Indicator.WARNING: "amber", Indicator.INFO: "due"}
WORDS = {Indicator.CRITICAL: "Critical", Indicator.WARNING: "Warning", Indicator.INFO: "Information"}


@public  # an invented patient in an invented GP's system; only a demonstration and the tests have it
@require_GET
def ehr(request: HttpRequest) -> HttpResponse:
    form = FactsForm(request.GET or EXAMPLES[0][1])
    answers: list[calls.Answer] = []
    if form.is_valid():
        facts = form.facts()
        record = Record(facts, datetime.now(UTC))
        answers = [*calls.viewing(request, record)]
        if facts.get("choosing"):
            answers += calls.ordering(request, record, str(facts["choosing"]))
    return render(request, "demonstration/ehr.jinja", _context(request, form, answers))


def _context(request: HttpRequest, form: FactsForm, answers: list[calls.Answer]) -> dict[str, Any]:
    cards = [(card, answer) for answer in answers for card in answer.cards]
    cards.sort(key=lambda pair: -pair[0].indicator.rank)
    here = reverse("ehr")
    return {
        "form": form,
        "name": NAME,
        "born": datetime.fromisoformat(BORN).date(),
        "cards": cards,
        "answers": answers,
        "level": LEVELS,
        "word": WORDS,
        "html_of": html_of,
        "json_of": lambda value: orjson.dumps(value, option=orjson.OPT_INDENT_2).decode(),
        "examples": [(words, f"{here}?{urlencode(facts)}") for words, facts in EXAMPLES],
        "query": request.GET.urlencode(),
    }


@public  # the same page
@require_POST
def give_feedback(request: HttpRequest) -> HttpResponse:
    """A suggestion taken, or a card put away with a reason: said to the service that gave it."""
    try:
        service, feedback = _feedback(Fields.of(request.POST.dict(), ""))
    except Malformed:
        heard = False
    else:
        heard = calls.report(request, service, feedback)
    done = {
        Outcome.ACCEPTED: "The draft is in the patient's orders, and the service was told.",
        Outcome.OVERRIDDEN: "The card was put away, and the service was told why.",
    }
    if heard:
        messages.success(request, done[feedback.outcome])
    else:
        messages.warning(request, "The service could not be told.")
    return redirect(f"{reverse('ehr')}?{request.POST.get('query', '')}")


def _feedback(typed: Fields) -> tuple[str, Feedback]:
    accepted = (typed.uuid("suggestion"),) if typed.has("suggestion") else ()
    code, _, system = typed.holder.get("reason", "").partition("|")
    reason = OverrideReason(Coding(code, system)) if code and system and not accepted else None
    outcome = Outcome.ACCEPTED if accepted else Outcome.OVERRIDDEN
    return typed.text("service"), Feedback(typed.uuid("card"), outcome, datetime.now(UTC), accepted, reason)
