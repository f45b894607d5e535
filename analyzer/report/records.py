"""Records (dataclasses of plain fields) as CSV and JSON, for machines."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

from analyzer.report.formats import neutral

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


def to_json(records: Any) -> str:
    """Records, or anything that holds some: days as ISO text, what is unknown as null."""
    return json.dumps(records, ensure_ascii=False, indent=1, default=_plain) + "\n"


def to_csv(records: Sequence[DataclassInstance], kind: type[DataclassInstance]) -> str:
    """A heading, which stands there without records too, and a line a record; what is unknown is empty."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    names = [field.name for field in fields(kind)]
    writer.writerow(names)
    writer.writerows([neutral(getattr(record, name)) for name in names] for record in records)
    return out.getvalue()


def _plain(value: Any) -> Any:
    return {f.name: getattr(value, f.name) for f in fields(value)} if is_dataclass(value) else str(value)
