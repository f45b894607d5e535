"""The cases of several checks in ``cases/NAME.yaml``, each with its box of data."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from types import ModuleType
from typing import Any

import pattern_boxes
import pytest
from fact_cases import assert_whole_evidence, load

from analyzer.checks.base import Finding
from analyzer.model import Evidence
from analyzer.series import Data

Case = Mapping[str, Any]
MakeBox = Callable[[Mapping[str, Any], date], Data]


class CaseFiles:
    """``boxes`` makes the boxes of a check that has another sort than those of pattern_boxes."""

    def __init__(self, modules: Sequence[ModuleType], boxes: Mapping[str, MakeBox] | None = None) -> None:
        self.modules, self._make = tuple(modules), dict(boxes or {})
        self.files = {module.CHECK.name: load(module.CHECK.name) for module in modules}
        self.all = [(module.CHECK, case) for module in modules for case in self.files[module.CHECK.name][1]]

    @property
    def each(self) -> pytest.MarkDecorator:
        """A test of ``check`` and ``case`` runs once for every case."""
        ids = [f"{check.name}: {case['name']}" for check, case in self.all]
        return pytest.mark.parametrize(("check", "case"), self.all, ids=ids)

    @property
    def each_module(self) -> pytest.MarkDecorator:
        return pytest.mark.parametrize("module", self.modules, ids=[m.CHECK.name for m in self.modules])

    def data(self, check: Any, case: Case, as_of: date | None = None) -> Data:
        """The box of a case, seen on its day or on another."""
        make = self._make.get(check.name, pattern_boxes.box)
        return make(self.files[check.name][0][case["box"]], as_of or case["as_of"])

    def found(self, check: Any, case: Case) -> Finding:
        return check.run(check.parse(case["params"]), self.data(check, case))  # type: ignore[no-any-return]

    def whole_evidence(self, check: Any, case: Case) -> Evidence:
        """Of a case, held to what holds for all evidence; the first case with an outcome is run twice."""
        cases = self.files[check.name][1]
        first = next(one for one in cases if one["expect"]["outcome"] not in ("no_data", "not_checkable"))
        return assert_whole_evidence(check, case, self.data(check, case), twice=case is first)
