"""Whether an infection after spine surgery lies inside the window of surveillance: two named choices."""

from __future__ import annotations

from osteon.knowledge.references import AUTHOR, CHECKED_BY, NEXT_REVIEW, REVIEWED_ON
from osteon.knowledge.spine.parts import SUBJECT
from osteon.knowledge.spine.references import NHSN, UKHSA_SSI
from osteon.rules.definition import Cited, Class, Definition, axis, criterion
from osteon.rules.language import answer, any_of, chosen, yes
from osteon.rules.monitoring import Source
from osteon.rules.quantities import day

UK = Source(UKHSA_SSI, "follow-up of 30 days, or a year with an implant")
US = Source(NHSN, "periods", "CONFIRM")
since = answer("days_after_operation")
READING = "Surgical site infection after spine surgery: the window"

WITHIN_30 = criterion("days_30", "Within 30 days", since <= 30 * day, UK)
IMPLANT = criterion(
    "implant_365", "Within 365 days with an implant", yes("implant_in_place") & (since <= 365 * day), UK
)
UK_WINDOW = Definition(
    id="ssi-window-uk",
    title="Infection after spine surgery: inside the UK window",
    subject=SUBJECT,
    about="30 days after the operation, or up to a year with an implant.",
    kinds=("spinal",),
    criteria=(WITHIN_30, IMPLANT),
    axes=(axis("window", Class("inside", any_of(WITHIN_30, IMPLANT)), otherwise="outside", source=(UK,)),),
    ambiguities=(
        Cited("The US window is 30 or 90 days by depth; the unit names the one it uses.", (UK, US)),
    ),
    reading_of=READING,
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      case    | facts | answer
      ------- | ----- | ------
      day 30  | days_after_operation=30; implant_in_place=no | inside; edge
      day 31  | days_after_operation=31; implant_in_place=no | outside
      implant | days_after_operation=365; implant_in_place=yes | inside; edge
      unknown | days_after_operation=100 | outside to inside; ask implant_in_place
    """,
)
SUPERFICIAL = criterion(
    "superficial_30",
    "Superficial, within 30 days",
    chosen("ssi_depth", "superficial") & (since <= 30 * day),
    US,
)
DEEP = criterion(
    "deep_90",
    "Deep or organ space, within 90 days of a fusion",
    chosen("ssi_depth", "deep", "organ_space") & (since <= 90 * day),
    US,
)
US_WINDOW = Definition(
    id="ssi-window-nhsn",
    title="Infection after spinal fusion: inside the NHSN window",
    subject=SUBJECT,
    about="30 days for a superficial, 90 days for a deep or organ-space infection after fusion.",
    kinds=("spinal",),
    criteria=(SUPERFICIAL, DEEP),
    axes=(axis("window", Class("inside", any_of(SUPERFICIAL, DEEP)), otherwise="outside", source=(US,)),),
    ambiguities=(Cited("The periods stand in the manual's table 2, which was not read.", (US,)),),
    reading_of=READING,
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      case    | facts | answer
      ------- | ----- | ------
      day 40  | days_after_operation=40; ssi_depth=deep | inside
      shallow | days_after_operation=40; ssi_depth=superficial | outside
      day 90  | days_after_operation=90; ssi_depth=organ_space | inside; edge
      unknown | days_after_operation=40 | outside to inside; ask ssi_depth
    """,
)
WINDOWS = (UK_WINDOW, US_WINDOW)
