#!/usr/bin/env python3
"""Compares our CatCMA with CatCMAwM of the `cmaes` package on the synthetic bidding landscape.

Swift's figures are those of Tests/Tuning/SearchTests/Golden/landscape.txt, which the Swift tests hold the code to: worths of
points, and what ten studies of each method reached. First the landscape of landscape.py must give the points the same worths. Then
the package searches it with the same start, width, generation, budget and final re-evaluation, and the means over the seeds must agree
within three standard errors of their difference. Needs cmaes and numpy.
"""
import pathlib
import random
import sys
import warnings

import numpy as np
from cmaes import CatCMAwM

import landscape as L

GOLDEN = pathlib.Path(__file__).resolve().parents[1] / "Tuning/SearchTests/Golden/landscape.txt"
POPULATION, BUDGET, TAPES, FINALISTS = 11, 150, 8, 10
DEVIATION = 0.2
SEEDS = 10
# An ulp of exp or log, by the scale of a worth.
POINT_TOLERANCE = 1e-8
ERRORS_MAX = 3.0


def read():
    points, studies, default = [], {}, None
    for line in GOLDEN.read_text().splitlines():
        kind, *words = line.split()
        if kind == "point":
            points.append((int(words[0]), float(words[1]), tuple(map(float, words[2:]))))
        elif kind == "default":
            default = float(words[0])
        else:
            studies.setdefault(words[0], []).append(float(words[2]))
    return points, studies, default


def of_kind(kind):
    return [i for i, p in enumerate(L.PARAMETERS) if p[1] == kind]


CONTINUOUS, INTEGERS, CHOICES = of_kind("continuous"), of_kind("integer"), of_kind("choice")


def place(i, value):
    _, _, low, high, logarithmic, _ = L.PARAMETERS[i]
    return np.log(value / low) / np.log(high / low) if logarithmic else (value - low) / (high - low)


def value(i, x):
    _, _, low, high, logarithmic, _ = L.PARAMETERS[i]
    return float(low * (high / low) ** x if logarithmic else low + (high - low) * x)


def optimizer(seed):
    """Started at the default, as ours is: mean, width, and half of the chances for the default's choices."""
    mean = np.array([place(i, L.DEFAULT[i]) for i in CONTINUOUS] + [L.DEFAULT[i] for i in INTEGERS])
    widths = [DEVIATION] * len(CONTINUOUS) + [DEVIATION * (L.PARAMETERS[i][3] - L.PARAMETERS[i][2]) for i in INTEGERS]
    sizes = [L.PARAMETERS[i][3] for i in CHOICES]
    chances = np.zeros((len(sizes), max(sizes)))
    for row, (i, size) in enumerate(zip(CHOICES, sizes)):
        chances[row, :size] = 0.5 / (size - 1)
        chances[row, int(L.DEFAULT[i])] = 0.5
    return CatCMAwM(
        x_space=[[0.0, 1.0]] * len(CONTINUOUS),
        z_space=[list(range(L.PARAMETERS[i][2], L.PARAMETERS[i][3] + 1)) for i in INTEGERS],
        c_space=sizes, population_size=POPULATION, mean=mean, sigma=1.0, cov=np.diag(np.square(widths)), cat_param=chances,
        seed=seed)


def point(solution):
    values = list(L.DEFAULT)
    for i, x in zip(CONTINUOUS, solution.x):
        values[i] = value(i, x)
    for i, z in zip(INTEGERS, solution.z):
        values[i] = float(z)
    for i, c in zip(CHOICES, solution.c):
        values[i] = float(np.argmax(c))
    return tuple(values)


def first(solution, search):
    """The default in the place of the first solution, with the raw vector that stands for it."""
    c = np.zeros_like(solution.c)
    for row, i in enumerate(CHOICES):
        c[row, int(L.DEFAULT[i])] = True
    mean = search._mean.copy()
    return CatCMAwM.Solution(mean[: len(CONTINUOUS)], mean[len(CONTINUOUS):].copy(), c, mean)


def study(seed):
    search, draws, trials = optimizer(seed), random.Random(seed), []
    while len(trials) < BUDGET:
        subset = draws.sample(L.TRAINING, TAPES)
        solutions = [search.ask() for _ in range(POPULATION)]
        if not trials:
            solutions[0] = first(solutions[0], search)
        scored = [(s, L.mean(point(s), subset)) for s in solutions[: BUDGET - len(trials)]]
        trials += [(worth, point(s)) for s, worth in scored]
        if len(scored) == POPULATION:
            search.tell([(s, -worth) for s, worth in scored])
    best = sorted(trials, key=lambda t: -t[0])[:FINALISTS]
    recommended = max(best, key=lambda t: L.mean(t[1], L.TRAINING))[1]
    return L.mean(recommended, L.HELD_OUT)


def summary(values):
    return float(np.mean(values)), float(np.std(values, ddof=1))


def main():
    warnings.filterwarnings("ignore")
    points, studies, default = read()
    worst = max(abs(L.profit(p, L.TAPES[tape]) - worth) / abs(worth) for tape, worth, p in points)
    failed = worst > POINT_TOLERANCE or abs(L.mean(L.DEFAULT, L.HELD_OUT) - default) > POINT_TOLERANCE * default
    print(f"{'FAILED' if failed else 'ok'} landscape: {len(points)} points, worst relative difference {worst:.1e}")
    studies["cmaes"] = [study(seed) for seed in range(int(sys.argv[1]) if len(sys.argv) > 1 else SEEDS)]
    for name, reached in studies.items():
        mean, deviation = summary(reached)
        print(f"   {name:8} {mean:7.0f} ±{deviation:4.0f}  {100 * (mean / default - 1):+5.1f} %  {len(reached)} seeds")
    (ours, spread), (theirs, other) = summary(studies["cat_cma"]), summary(studies["cmaes"])
    error = (spread**2 / len(studies["cat_cma"]) + other**2 / len(studies["cmaes"])) ** 0.5
    apart = abs(ours - theirs) / error
    failed |= apart > ERRORS_MAX
    print(f"{'FAILED' if apart > ERRORS_MAX else 'ok'} search: cat_cma and cmaes differ by {ours - theirs:+.0f}, {apart:.1f} standard errors")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
