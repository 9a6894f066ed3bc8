"""Asking the registry: no key, about 50 requests a minute, paging with the same query and a token."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from osteon.standards.asking import Asker
from osteon.standards.clinicaltrials.studies import NCT, AnswerRefused, Page, Trial, read_page

BASE: Final = "https://clinicaltrials.gov/api/v2"
SECONDS_BETWEEN: Final = 60 / 50
LARGEST_PAGE: Final = 1000


@dataclass(frozen=True, slots=True)
class ClinicalTrials:
    """The service; ``ask`` is the network or, in tests, recorded answers.

    Raises, from each call:
        Unreachable: when no answer comes.
        AnswerRefused: when it makes no sense.
    """

    ask: Asker
    base: str = BASE

    def search(self, condition: str, *, most: int = 200, statuses: tuple[str, ...] = ()) -> Iterator[Page]:
        """Page after page of studies about ``condition``, those updated last first, until ``most`` are given."""
        asked = {
            "query.cond": condition,
            "filter.overallStatus": "|".join(statuses),
            "sort": "LastUpdatePostDate:desc",
            "countTotal": "true",
            "pageSize": str(min(most, LARGEST_PAGE)),
        }
        given, seen = 0, set[str]()
        while True:
            page = read_page(self.ask(self.url("/studies", asked)).body)
            page.trials = page.trials[: most - given]
            given += len(page.trials)
            yield page
            # A token that comes back a second time would go round for ever.
            if given >= most or not page.next_token or page.next_token in seen:
                return
            seen.add(page.next_token)
            asked["pageToken"] = page.next_token

    def study(self, nct_id: str) -> Trial:
        """One study by its number."""
        if not NCT.fullmatch(nct_id):
            raise AnswerRefused("A trial's number is NCT and eight digits.")
        page = read_page(self.ask(self.url(f"/studies/{nct_id}", {})).body)
        if not page.trials:
            raise AnswerRefused("The answer holds no study.")
        return page.trials[0]

    def url(self, path: str, asked: dict[str, str]) -> str:
        """The address of one call."""
        query = urlencode({name: value for name, value in asked.items() if value})
        return f"{self.base}{path}{'?' if query else ''}{query}"
