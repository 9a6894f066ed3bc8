"""From a probability before to a probability after: odds times likelihood ratios (definitions.md 7.1)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from osteon.knowledge.likelihood.figures import TESTS, Ends, Test
from osteon.rules.calculation import CannotCalculate, Figure, Values


def probability_after(subject: str) -> Callable[[Values], Iterator[Figure]]:
    """What computes the probability after the tests of one population."""

    def compute(values: Values) -> Iterator[Figure]:
        results = [(TESTS[key], bool(value)) for key, value in values.items() if key in TESTS]
        _check(results, independent=bool(values.get("independent", 0.0)))
        before = values["pretest"] / 100
        odds = Ends(*(before / (1 - before) for _ in range(3)))
        yield Figure("pretest", "before the tests", values["pretest"], "%")
        for test, is_positive in results:
            ratio = _ratio(test, is_positive)
            odds = Ends(*(was * times for was, times in zip(odds, ratio, strict=True)))
            yield _figure(test.key, f"after {_said(test, is_positive)}", odds, _note(test, ratio))
        yield _figure("post_test", "after all tests", odds, "")

    assert any(test.subject == subject for test in TESTS.values())
    return compute


def _check(results: Sequence[tuple[Test, bool]], independent: bool) -> None:
    if not results:
        raise CannotCalculate("no test was entered")
    twice = [name for name, n in Counter(test.test for test, _ in results).items() if n > 1]
    if twice:
        raise CannotCalculate(f"{', '.join(twice)} was entered more than once: take one row a test")
    families = [name for name, n in Counter(test.family for test, _ in results).items() if n > 1]
    if families and not independent:
        raise CannotCalculate(
            f"two tests of one kind ({', '.join(families)}) are seldom independent: their ratios may be "
            "multiplied only if you accept that (independent=yes)"
        )


def _ratio(test: Test, is_positive: bool) -> Ends:
    ratio = test.ratio(is_positive)
    if ratio is None:
        word = "positive" if is_positive else "negative"
        raise CannotCalculate(f"no ratio is known for a {word} result of {test.name}")
    return ratio


def _said(test: Test, is_positive: bool) -> str:
    return f"{test.name}: {'yes' if is_positive else 'no'}"


def _note(test: Test, ratio: Ends) -> str:
    ends = f" ({ratio.low:.3g} to {ratio.high:.3g})" if ratio.low != ratio.high else ""
    sure = "" if test.mark == "seen" else f" [{test.mark}]"
    return f"ratio {ratio.value:.3g}{ends}, {test.reference}{sure}. {test.note}".rstrip(". ")


def _figure(key: str, name: str, odds: Ends, note: str) -> Figure:
    shares = Ends(*(100 * part / (1 + part) for part in odds))
    has_ends = shares.low != shares.high
    return Figure(
        key,
        name,
        shares.value,
        "%",
        shares.low if has_ends else None,
        shares.high if has_ends else None,
        note,
    )
