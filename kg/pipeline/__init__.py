"""Articles into a store: what is read, where the work runs, and what came of it."""

from kg.pipeline.build import Building, Choice, build
from kg.pipeline.engines import Engine
from kg.pipeline.options import Options
from kg.pipeline.report import KINDS, Failure, Report
from kg.pipeline.sink import Sink, StoreSink
from kg.pipeline.worker import Recipe, Worker

__all__ = [
    "KINDS", "Building", "Choice", "Engine", "Failure", "Options", "Recipe", "Report", "Sink", "StoreSink", "Worker",
    "build",
]  # fmt: skip
