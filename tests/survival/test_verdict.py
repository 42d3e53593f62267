"""The judge of the survival runs finds every way in which a run can be bad."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.survival.verdict import Told, Verdict, judge, too_fast

GOOD = Told(
    texts=["t1", "t2", "t3"],
    taken=["t1", "t2", "t3"],
    posted=["t1", "t2", "t3"],
    replies=["r1", "r2", "r3"],
    phone=["r1", "r2", "r3"],
    cards=["root", "notice"],
)


def test_all_there_once_and_in_order_is_perfect() -> None:
    verdict = judge([GOOD, GOOD])

    assert verdict == Verdict()
    assert verdict.perfect


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (replace(GOOD, posted=["t1", "t3"]), Verdict(lost=1)),
        (replace(GOOD, phone=["r1"]), Verdict(lost=2)),
        (replace(GOOD, phone=["r1", "r2", "r2", "r3"]), Verdict(texts_twice=1)),
        (replace(GOOD, posted=["t1", "t1", "t2", "t1", "t3"]), Verdict(posts_twice=2)),
        (replace(GOOD, cards=["root", "root", "notice"]), Verdict(posts_twice=1)),
        (replace(GOOD, posted=["t2", "t1", "t3"]), Verdict(out_of_order=1)),
        (replace(GOOD, phone=["r3", "r1", "r2"]), Verdict(out_of_order=2)),
    ],
)
def test_each_way_to_be_bad_is_counted(told: Told, expected: Verdict) -> None:
    verdict = judge([told])

    assert verdict == expected
    assert not verdict.perfect


def test_text_whose_webhook_never_got_in_is_late_and_no_fault() -> None:
    verdict = judge([replace(GOOD, taken=["t2", "t3"], posted=["t2", "t1", "t3"])])

    assert verdict == Verdict(late=1)
    assert verdict.perfect


def test_reply_that_a_person_sent_again_has_no_place_in_the_order() -> None:
    verdict = judge([replace(GOOD, phone=["r2", "r3", "r1"], decided=["r1"])])

    assert verdict.perfect


def test_reply_that_a_person_sent_and_that_arrived_before_is_there_twice() -> None:
    verdict = judge([replace(GOOD, phone=["r1", "r2", "r3", "r1"], decided=["r1"])])

    assert verdict == Verdict(texts_twice=1)


@pytest.mark.parametrize(
    ("times_s", "expected"),
    [
        ([0.0, 0.1, 0.2, 0.3, 0.4], False),
        ([0.0, 0.2, 0.21, 0.3, 0.4], False),  # a call was on its way a little longer
        ([0.0, 0.1, 0.2, 0.21, 0.22, 0.23], True),  # each a little too early: together much
        ([0.0, 0.01, 0.02], True),
        ([], False),
    ],
)
def test_pace_is_judged_over_every_stretch(times_s: list[float], expected: bool) -> None:
    assert too_fast(times_s, interval_s=0.1, burst=1, slack_s=0.15) is expected


def test_burst_that_a_pace_allows_is_not_too_fast() -> None:
    assert not too_fast([0.0, 0.0, 0.0, 0.1], interval_s=0.1, burst=3, slack_s=0.0)
    assert too_fast([0.0, 0.0, 0.0, 0.0], interval_s=0.1, burst=3, slack_s=0.0)
