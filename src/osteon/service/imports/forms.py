"""The form that takes a file."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from osteon.service.accounts.models import Team
from osteon.service.forms import NHSForm
from osteon.service.forms.fields import ChoiceField, FileField
from osteon.service.imports.uploads import ENDINGS, LARGEST_UPLOAD, ending_of


class UploadForm(NHSForm):
    """A FHIR file, and whom its patients are for."""

    file = FileField(
        label=_("FHIR file"),
        hint=_("A Bundle or NDJSON, as .json, .json.gz, .ndjson or .ndjson.gz, of at most 30 MB."),
        error_messages={
            "required": _("Choose a file"),
            "invalid": _("Choose a file"),
            "missing": _("Choose a file"),
            "empty": _("The file is empty"),
        },
    )
    team = ChoiceField(label=_("For which team"), required=False)

    def __init__(self, *args: Any, teams: list[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.teams = {team.slug: team for team in teams}
        self.fields["team"].choices = [("", _("None yet")), *((t.slug, t.name) for t in teams)]
        if len(teams) == 1:
            self.fields["team"].initial = teams[0].slug

    def clean_file(self) -> UploadedFile:
        """Refuses by name and size; what is inside is for the readers to judge."""
        upload: UploadedFile = self.cleaned_data["file"]
        if not ending_of(upload.name or ""):
            raise ValidationError(
                _("Choose a file that ends in %(endings)s") % {"endings": ", ".join(ENDINGS)}
            )
        if (upload.size or 0) > LARGEST_UPLOAD:
            raise ValidationError(
                _("The file is larger than 30 MB. Use ./osteon import on the server for larger ones.")
            )
        return upload

    @property
    def chosen_team(self) -> Team | None:
        """The team chosen, or none."""
        return self.teams.get(self.cleaned_data["team"])
