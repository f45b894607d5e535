"""From what a user says to a batch that can run: how many workers, which engine, what they are given."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analyzer.batch.engines import Engine
from analyzer.batch.worker import Job, Worker
from analyzer.pipeline import Options, Workshop

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from analyzer.store.examples import Example

SMALL = 12
"""Articles up to which no process is started when rules read: starting one takes as long as reading as many."""
IN_FLIGHT = 16
"""Articles whose answers a model is waited for at the same time, unless the user says otherwise."""


@dataclass(frozen=True)
class Choices:
    """How to work. ``jobs``: processes, by default one a core; ``in_flight``: articles at once, over all of them;
    ``engine``: local, or ray with the address of a cluster, or none for Ray on this machine."""

    jobs: int | None = None
    in_flight: int | None = None
    engine: str = "local"
    ray_address: str | None = None


def open_engine(workshop: Workshop, options: Options, choices: Choices, missing: int) -> Engine:
    """The engine for at least so many missing articles; the instruments are in the index when it returns."""
    by_model = workshop.client is not None
    jobs = choices.jobs or (os.cpu_count() or 1)
    if workshop.settings.budget_usd is not None:
        jobs = jobs if choices.engine == "ray" else 1
    elif choices.jobs is None and missing <= SMALL:
        jobs = 1
    in_flight = choices.in_flight or (IN_FLIGHT if by_model else jobs)
    workshop.index.sync_instruments(workshop.instrument_texts)
    job = Job(
        workshop.settings,
        options,
        workshop.index.vectors("instruments"),
        workshop.batch_api,
        examples=_examples(workshop),
    )
    if choices.engine == "ray":
        from analyzer.batch.engines.cluster import Cluster

        return Cluster(job, choices.ray_address, choices.jobs, max(1, round(in_flight / jobs)))
    if jobs == 1:
        from analyzer.batch.engines.threads import Threads

        return Threads(Worker(job), in_flight)
    from analyzer.batch.engines.processes import Processes

    return Processes(job, jobs, max(1, round(in_flight / jobs)))


def _examples(workshop: Workshop) -> tuple[Mapping[str, Example], Sequence[str], NDArray[np.float32]] | None:
    """Accepted bindings for the workers, which open neither ledger nor index."""
    bank = workshop.bank
    return None if bank is None else (bank.examples, *workshop.index.vectors("examples"))
