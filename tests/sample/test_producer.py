"""Statements made in a process of their own."""

from multiprocessing import Pipe

import pytest

from statements.sample import producer
from statements.sample.lines import Cast, lines_of
from statements.sample.words import OTHERS
from statements.sample.world import N_OUTLETS, N_TOPICS, World


def world_and_cast():
    world = World(seed=4, n_statements=60, n_countries=20)
    words = {"en": world.vocabulary, **OTHERS}
    numbers = list(range(1, 200))
    cast = Cast(
        countries=numbers[:20],
        topics=numbers[:N_TOPICS],
        outlets=numbers[:N_OUTLETS],
        ministries={number: number for number in numbers},
        events=dict(enumerate(range(100, 200))),
        lexemes={language: {word: word for word in told} for language, told in words.items()},
    )
    return world, cast


def test_it_works(monkeypatch):
    expected = list(lines_of(*world_and_cast()))
    monkeypatch.setattr(producer, "N_AT_ONCE", 10)  # so that another process is worth it
    assert list(producer.produced(*world_and_cast())) == expected
    assert expected[0]["statement"].count(b"\n") == 60


def test_it_may_be_left_early(monkeypatch):
    monkeypatch.setattr(producer, "N_AT_ONCE", 10)
    batches = producer.produced(*world_and_cast())
    next(batches)
    batches.close()


def test_a_process_that_is_killed_is_told():
    receiver, sender = Pipe(duplex=False)
    sender.close()
    with pytest.raises(RuntimeError, match="ended early"):
        producer._received(receiver)
