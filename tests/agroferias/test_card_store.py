"""The files of the cards: drawn once, whoever asks, and gone with what they say."""

import threading

import pytest

from agroferias.cards import store


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.PRIVATE_ROOT = tmp_path
    return tmp_path / "cards" / "productos" / "7"


def test_what_was_drawn_is_kept(folder):
    drawn = []

    def draw():
        drawn.append(1)
        return b"picture"

    answers = [store.kept("productos", "7", "a1", draw) for _ in range(3)]

    assert answers == [b"picture"] * 3
    assert drawn == [1]
    assert [path.name for path in folder.iterdir()] == ["es-a1.jpg"]
    assert folder.stat().st_mode & 0o077 == 0


def test_those_who_ask_at_once_wait_for_one_drawing():
    started, go_on = threading.Event(), threading.Event()
    drawn, answers = [], []

    def draw():
        drawn.append(1)
        started.set()
        assert go_on.wait(10)
        return b"picture"

    def ask():
        answers.append(store.kept("productos", "7", "a1", draw))

    askers = [threading.Thread(target=ask) for _ in range(4)]
    for one in askers:
        one.start()
    assert started.wait(10)
    go_on.set()
    for one in askers:
        one.join()

    assert answers == [b"picture"] * 4
    assert drawn == [1]


def test_a_new_version_takes_the_place_of_the_one_before(folder):
    store.kept("productos", "7", "a1", lambda: b"one")
    store.kept("productos", "8", "a1", lambda: b"of another")
    with pytest.raises(ZeroDivisionError):
        store.kept("productos", "7", "b2", lambda: 1 / 0)
    (folder / "en-a1.jpg").write_bytes(b"in English")

    assert store.kept("productos", "7", "b2", lambda: b"two") == b"two"

    assert sorted(path.name for path in folder.iterdir()) == ["en-a1.jpg", "es-b2.jpg"]
    assert (folder.parent / "8" / "es-a1.jpg").exists()


def test_removing_leaves_nothing_and_minds_nothing(folder):
    store.remove("productos", 7)
    store.kept("productos", "7", "a1", lambda: b"one")

    store.remove("productos", 7)

    assert list(folder.iterdir()) == []
