"""What every webhook asks is asked of the database once a second."""

from __future__ import annotations

from storage.lately import AGE_S, MOST, Lately
from storage.store import Store
from tests.storage.scene import Scene


class Time:
    """Seconds that pass when they are told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_answer_is_known_for_a_second() -> None:
    time = Time()
    lately: Lately[str] = Lately(time)
    lately.note("question", "answer")

    time.now = AGE_S - 0.001
    within = lately.find("question")
    time.now = AGE_S

    assert within == "answer"
    assert lately.find("question") is None


def test_question_that_was_never_asked_has_no_answer() -> None:
    assert Lately[str](Time()).find("question") is None


def test_however_many_questions_are_asked_few_are_kept() -> None:
    lately: Lately[str] = Lately(Time())

    for number in range(MOST + 1):
        lately.note(str(number), "answer")

    assert [lately.find("0"), lately.find(str(MOST))] == [None, "answer"]


async def test_secret_made_elsewhere_a_moment_ago_is_accepted(scene: Scene, replica: Store) -> None:
    first = await scene.store.secrets.present("textrequest")
    assert await scene.store.secrets.accepts("textrequest", first)

    _, second = await replica.secrets.rotate("textrequest")

    assert await scene.store.secrets.accepts("textrequest", second)
    assert await scene.store.secrets.accepts("textrequest", first)


async def test_fact_noted_elsewhere_a_moment_ago_is_found(scene: Scene, replica: Store) -> None:
    assert await scene.store.facts.find_lately("signed:textrequest") is None

    await replica.facts.note("signed:textrequest", "seen")

    assert await scene.store.facts.find_lately("signed:textrequest") == "seen"
