"""What an editor fills a page with."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from osteon.library.pages.sections import anchor_of, key_of

FEATURES = ["h3", "h4", "bold", "italic", "ol", "ul", "link", "hr"]
DOI = r"10\.\d{4,9}/\S+"


class SectionValue(blocks.StructValue):
    @property
    def key(self) -> str:
        return key_of(self["heading"])

    @property
    def anchor(self) -> str:
        return anchor_of(self["heading"])


class SectionBlock(blocks.StructBlock):
    heading = blocks.CharBlock(max_length=120, label=_("Heading"))
    text = blocks.RichTextBlock(features=FEATURES, label=_("Text"))

    class Meta:
        icon = "title"
        label = _("Section")
        value_class = SectionValue


class SourceBlock(blocks.StructBlock):
    """One reference: words for the reader, and a DOI without its resolver's address."""

    text = blocks.CharBlock(max_length=600, label=_("Reference"))
    doi = blocks.RegexBlock(
        regex=f"^{DOI}$", required=False, label="DOI", help_text=_("Only 10.…/…, without https://")
    )

    class Meta:
        icon = "openquote"
        label = _("Source")


class SectionsBlock(blocks.StreamBlock):
    section = SectionBlock()

    def clean(self, value: Any) -> Any:
        """Two sections may not share a heading: links to them would lead to the first."""
        cleaned = super().clean(value)
        anchors = [child.value.anchor for child in cleaned]
        twice = {anchor for anchor in anchors if anchors.count(anchor) > 1}
        if twice:
            raise ValidationError(_("Two sections have the same heading: %s") % ", ".join(sorted(twice)))
        return cleaned


class SourcesBlock(blocks.StreamBlock):
    source = SourceBlock()
