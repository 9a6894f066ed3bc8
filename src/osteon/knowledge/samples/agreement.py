"""How many specimens of one taking agree, by organism and by antibiogram.

The rule (definitions.md section 8): a specimen counts when it is deep, taken with its own instrument, and
neither swab nor sinus nor blood; each specimen counts once; "the same organism" means the same species with
a matching antibiogram. The same species with another antibiogram is for the microbiologist to decide.

What was not recorded stays unknown: every count has a lower bound (only what is certain) and an upper bound
(what the unknowns would still allow), and the verdict is given only where both agree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

COUNTING_KINDS = frozenset({"tissue", "bone", "fluid", "sonicate"})

# Two codes for one species: the laboratory named a phenotype. They never match silently.
SPECIES_OF = {"SNOMED//115329001": "SNOMED//3092008"}

# Two or more alike: MSIS, ICM, EBJIS, FRI [seen]. Three or more: Atkins 1998, PMC105090 [seen].
ALIKE_BY_DEFAULT = 2
ALIKE_BY_ATKINS = 3
# Beyond this many different antibiograms of one species in one taking only the bounds are given.
MOST_PROFILES = 12


@dataclass(frozen=True, slots=True)
class Growth:
    """One isolate. ``antibiogram`` holds pairs of drug key and S, I or R."""

    organism: str
    name: str
    antibiogram: frozenset[tuple[str, str]] = frozenset()

    @property
    def species(self) -> str:
        return SPECIES_OF.get(self.organism, self.organism)


@dataclass(frozen=True, slots=True)
class Taken:
    """One specimen of a taking.

    ``separate``: taken with its own instrument (None: not recorded). ``is_final``: incubation is over.
    ``in_bottles``: cultured in blood-culture bottles.
    """

    label: str
    kind: str
    growths: tuple[Growth, ...] = ()
    separate: bool | None = None
    is_final: bool = True
    days_incubated: int | None = None
    antibiotic_free_days: int | None = None
    in_bottles: bool | None = None

    @property
    def counts(self) -> bool:
        return self.kind in COUNTING_KINDS and self.separate is not False


class Verdict(StrEnum):
    """What may be said of one organism in one taking."""

    AGREE = "agree"
    AGREE_IF_SEPARATE = "agree if taken with separate instruments"
    NOT_COMPARED = "antibiograms missing"
    DIFFER = "antibiograms differ"
    FEWER = "fewer than needed"


@dataclass(frozen=True, slots=True)
class Profile:
    """Specimens whose isolates show exactly the same antibiogram."""

    organism: str
    name: str
    antibiogram: frozenset[tuple[str, str]]
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """One species in one taking: grew in ``count`` of ``of`` specimens that count.

    ``matched``: the most specimens whose antibiograms are known to match. ``certain``: of these, those
    recorded as taken with separate instruments. ``possible``: the most that could match.
    ``elsewhere``: labels of specimens that grew it and do not count (swab, blood, shared instrument).
    """

    species: str
    name: str
    count: int
    of: int
    certain: int
    matched: int
    possible: int
    profiles: tuple[Profile, ...]
    differing: tuple[str, ...]
    labels: tuple[str, ...]
    elsewhere: tuple[str, ...]

    def verdict(self, alike: int = ALIKE_BY_DEFAULT) -> Verdict:
        """The verdict when ``alike`` specimens must agree."""
        if self.certain >= alike:
            return Verdict.AGREE
        if self.matched >= alike:
            return Verdict.AGREE_IF_SEPARATE
        if self.possible >= alike:
            return Verdict.NOT_COMPARED
        return Verdict.DIFFER if self.count >= alike else Verdict.FEWER


def agreements(taking: Sequence[Taken]) -> list[Agreement]:
    """Every species that grew in the taking, the most frequent first."""
    of = sum(taken.counts for taken in taking)
    species = {growth.species for taken in taking for growth in taken.growths}
    found = [_agreement(one, taking, of) for one in species]
    return sorted(found, key=lambda a: (-a.count, -len(a.elsewhere), a.name))


def _agreement(species: str, taking: Sequence[Taken], of: int) -> Agreement:
    grew = [taken for taken in taking if any(g.species == species for g in taken.growths)]
    counting = [taken for taken in grew if taken.counts]
    profiles = _profiles(species, counting)
    recorded_separate = [taken for taken in counting if taken.separate]
    return Agreement(
        species=species,
        name=_name_of(species, grew),
        count=len(counting),
        of=of,
        certain=_largest(_profiles(species, recorded_separate), _is_match),
        matched=_largest(profiles, _is_match),
        possible=_largest(profiles, _is_possible),
        profiles=tuple(profiles),
        differing=_differing(profiles),
        labels=tuple(taken.label for taken in counting),
        elsewhere=tuple(taken.label for taken in grew if not taken.counts),
    )


def _name_of(species: str, grew: Iterable[Taken]) -> str:
    names = {g.organism: g.name for taken in grew for g in taken.growths if g.species == species}
    return names.get(species) or min(names.values())


def _profiles(species: str, grew: Sequence[Taken]) -> list[Profile]:
    labels: dict[tuple[str, frozenset[tuple[str, str]]], list[str]] = {}
    names: dict[str, str] = {}
    for taken in grew:
        for growth in {g: None for g in taken.growths if g.species == species}:
            names[growth.organism] = growth.name
            labels.setdefault((growth.organism, growth.antibiogram), []).append(taken.label)
    found = [
        Profile(organism, names[organism], antibiogram, tuple(dict.fromkeys(where)))
        for (organism, antibiogram), where in labels.items()
    ]
    return sorted(found, key=lambda p: (-len(p.labels), p.name, sorted(p.antibiogram)))


def _is_match(one: Profile, other: Profile) -> bool:
    if one is other:
        return bool(one.antibiogram)
    return _is_possible(one, other) and bool(_common(one, other))


def _is_possible(one: Profile, other: Profile) -> bool:
    if one.organism != other.organism:
        return False
    theirs = dict(other.antibiogram)
    return all(theirs.get(drug, category) == category for drug, category in one.antibiogram)


def _common(one: Profile, other: Profile) -> set[str]:
    return dict(one.antibiogram).keys() & dict(other.antibiogram).keys()


Agree = Callable[[Profile, Profile], bool]


def _largest(profiles: Sequence[Profile], agree: Agree) -> int:
    """The most specimens in which every pair of isolates agrees."""
    if not profiles:
        return 0
    if len(profiles) > MOST_PROFILES:
        return _bound(profiles, agree)
    return max(_size(group, agree) for group in _groups(profiles, agree))


def _groups(profiles: Sequence[Profile], agree: Agree) -> Iterable[tuple[Profile, ...]]:
    for size in range(1, len(profiles) + 1):
        for group in combinations(profiles, size):
            if all(agree(one, other) for one, other in combinations(group, 2)):
                yield group


def _size(group: Sequence[Profile], agree: Agree) -> int:
    if len(group) == 1 and not agree(group[0], group[0]):
        return 1  # isolates without an antibiogram: each stands alone until compared
    return len({label for profile in group for label in profile.labels})


def _bound(profiles: Sequence[Profile], agree: Agree) -> int:
    if agree is _is_possible:
        return len({label for profile in profiles for label in profile.labels})
    return max(_size((profile,), agree) for profile in profiles)


def _differing(profiles: Sequence[Profile]) -> tuple[str, ...]:
    seen: dict[str, set[str]] = {}
    for profile in profiles:
        for drug, category in profile.antibiogram:
            seen.setdefault(drug, set()).add(category)
    return tuple(sorted(drug for drug, categories in seen.items() if len(categories) > 1))


# ------------------------------------------------------------------------------------------ no growth
SPECIMENS_NEEDED = 5
SPECIMENS_NEEDED_IN_BOTTLES = 3  # Peel 2017, DOI 10.1128/JCM.01914-16 [seen]
ANTIBIOTIC_FREE_DAYS_NEEDED = 14
INCUBATION_DAYS_NEEDED = 14


class Lack(StrEnum):
    """Why "no growth" does not yet mean "not infected". The words are for people who read English."""

    SPECIMENS = "only {count} deep specimens of at least {needed}"
    NOT_FINAL = "{count} not yet final"
    ANTIBIOTICS = "antibiotics were given in the 14 days before"
    ANTIBIOTICS_UNKNOWN = "days free of antibiotics before sampling are not recorded"
    INCUBATION = "incubated for less than 14 days"
    INCUBATION_UNKNOWN = "days of incubation are not recorded"
    SEPARATE_UNKNOWN = "separate instruments are not recorded"


@dataclass(frozen=True, slots=True)
class Shortfall:
    """One reason, with how many there are and how many it takes where that matters."""

    lack: Lack
    count: int = 0
    needed: int = 0

    def words(self) -> str:
        """The reason in English; a page that is translated words it itself, by ``lack``."""
        said = self.lack.value.format(count=self.count, needed=self.needed)
        return said.replace("only 1 deep specimens", "only 1 deep specimen")


def why_negative_is_not_enough(taking: Sequence[Taken]) -> list[Shortfall]:
    """Why "no growth" does not yet mean "not infected"; an empty list when it is adequate.

    Adequate: five specimens (three in blood-culture bottles), 14 days free of antibiotics, 14 days
    incubated for organisms of low virulence (definitions.md section 8, engine rule).
    """
    counting = [taken for taken in taking if taken.counts]
    pending = sum(not taken.is_final for taken in counting)
    free = [taken.antibiotic_free_days for taken in counting]
    incubated = [taken.days_incubated for taken in counting]
    reasons = [
        _too_few(counting),
        Shortfall(Lack.NOT_FINAL, pending) if pending else None,
        _short(free, ANTIBIOTIC_FREE_DAYS_NEEDED, Lack.ANTIBIOTICS, Lack.ANTIBIOTICS_UNKNOWN),
        _short(incubated, INCUBATION_DAYS_NEEDED, Lack.INCUBATION, Lack.INCUBATION_UNKNOWN),
        Shortfall(Lack.SEPARATE_UNKNOWN) if any(taken.separate is None for taken in counting) else None,
    ]
    return [reason for reason in reasons if reason]


def _too_few(counting: Sequence[Taken]) -> Shortfall | None:
    in_bottles = bool(counting) and all(taken.in_bottles for taken in counting)
    needed = SPECIMENS_NEEDED_IN_BOTTLES if in_bottles else SPECIMENS_NEEDED
    return Shortfall(Lack.SPECIMENS, len(counting), needed) if len(counting) < needed else None


def _short(days: Sequence[int | None], needed: int, short: Lack, unknown: Lack) -> Shortfall | None:
    if any(day is not None and day < needed for day in days):
        return Shortfall(short)
    return Shortfall(unknown) if any(day is None for day in days) else None
