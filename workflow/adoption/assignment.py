"""The best one-to-one assignment of rows to columns (the Hungarian algorithm, by shortest augmenting paths)."""

from __future__ import annotations

import math
from collections.abc import Sequence


def best_pairs(gains: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """The pairs (row, column) with the greatest sum of gains; rows and columns may stay without, gains below 0 do."""
    if not gains or not gains[0]:
        return []
    rows, columns = len(gains), len(gains[0])
    size = rows + columns
    costs = [
        [-max(gains[row][column], 0.0) if row < rows and column < columns else 0.0 for column in range(size)]
        for row in range(size)
    ]
    chosen = _solve(costs)
    return sorted((row, column) for column, row in enumerate(chosen[:columns]) if row < rows and gains[row][column] > 0)


def _solve(costs: list[list[float]]) -> list[int]:
    """The row of each column in the cheapest assignment of a square matrix."""
    size = len(costs)
    over, left = [0.0] * (size + 1), [0.0] * (size + 1)
    match = [size] * (size + 1)
    for row in range(size):
        match[size] = row
        _augment(costs, over, left, match, size)
    return match[:size]


def _augment(costs: list[list[float]], over: list[float], left: list[float], match: list[int], size: int) -> None:
    column = size
    least = [math.inf] * size
    way = [size] * size
    used = [False] * (size + 1)
    while match[column] != size or column == size:
        used[column] = True
        row, delta, following = match[column], math.inf, size
        for each in range(size):
            if used[each]:
                continue
            cost = costs[row][each] - over[row] - left[each]
            if cost < least[each]:
                least[each], way[each] = cost, column
            if least[each] < delta:
                delta, following = least[each], each
        for each in range(size + 1):
            if used[each]:
                over[match[each]] += delta
                left[each] -= delta
            elif each < size:
                least[each] -= delta
        column = following
    while column != size:
        match[column] = match[way[column]]
        column = way[column]
