"""The rows of docs/performance.md: what each may be at most or at least, and how this run did."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Row:
    """One measure. `at_most` tells which way is good; without a gate it is for information."""

    number: str
    what: str
    value: float
    gate: float | None = None
    stretch: float | None = None
    unit: str = "×"
    at_most: bool = True
    is_judged: bool = True

    @property
    def is_missed(self) -> bool:
        return self.is_judged and self.gate is not None and not self._holds(self.gate)

    @property
    def verdict(self) -> str:
        if self.gate is None or not self.is_judged:
            return ""
        if self.is_missed:
            return "MISS"
        return "stretch" if self.stretch is not None and self._holds(self.stretch) else "ok"

    def cells(self) -> list[str]:
        sign = "≤ " if self.at_most else "≥ "
        bounds = ["" if bound is None else sign + self._shown(bound) for bound in (self.gate, self.stretch)]
        return [self.number, self.what, self._shown(self.value), *bounds, self.verdict]

    def _holds(self, bound: float) -> bool:
        return self.value <= bound if self.at_most else self.value >= bound

    def _shown(self, value: float) -> str:
        if self.unit == "%":
            return f"{value:+.0f} %"
        if self.unit in ("×", "µs"):
            return f"{value:.2f}{self.unit}" if self.unit == "×" else f"{value:.1f} µs"
        return f"{value:.0f}"


HEAD = ["#", "measure", "value", "gate", "stretch", ""]


def show(rows: list[list[str]], head: list[str] = HEAD) -> str:
    """A table in Markdown, so that a run can be pasted into the docs."""
    lines = [head, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    text = [" | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in lines]
    text.insert(1, " | ".join("-" * width for width in widths))
    return "\n".join(f"| {line} |" for line in text)
