"""What was used last is kept, also under many threads."""

from __future__ import annotations

import threading

from analyzer.recent import Recent


def test_what_was_used_longest_ago_goes_first() -> None:
    kept: Recent[str, int] = Recent(2)
    kept.put("a", 1)
    kept.put("b", 2)
    assert kept.get("a") == 1
    kept.put("c", 3)
    assert (kept.get("b"), kept.get("a"), kept.get("c"), len(kept)) == (None, 1, 3, 2)


def test_of_two_values_for_a_key_the_first_stays() -> None:
    kept: Recent[str, int] = Recent(2)
    assert kept.put("a", 1) == 1
    assert kept.put("a", 2) == 1


def test_threads_share_it() -> None:
    kept: Recent[int, int] = Recent(8)
    wrong: list[int] = []

    def work(seed: int) -> None:
        for i in range(3000):
            key = (seed * 31 + i * 7) % 40
            if kept.get(key) is None and kept.put(key, key) != key:
                wrong.append(key)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
    assert len(kept) == 8
