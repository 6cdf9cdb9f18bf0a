#!/usr/bin/env python3
"""Compares Sources/Core/Numerics with mpmath at 200 bits: every documented error bound, on random points and on edges.

Asks the release build through `bailiff-bench numerics`. Points come from a seed, given as the only argument or 1; the worst
point of each function is printed, and the exit code says whether every bound holds. Needs mpmath.
"""
import math
import random
import sys

import mpmath as mp

from tool import ask, bits, double

mp.mp.prec = 200
COUNT = 20_000

ROOT_TWO = mp.sqrt(2)


def exact_cumulative(x):
    return mp.erfc(-x / ROOT_TWO) / 2


def exact_density(x):
    return mp.exp(-x * x / 2) / mp.sqrt(2 * mp.pi)


def exact_inverse(p):
    """Newton from the double answer: quadratic, so three steps are beyond 200 bits."""
    tail = p if p < 0.5 else 1 - p
    x = mp.mpf(-math.sqrt(max(-2 * float(mp.log(tail)), 0)))
    for _ in range(200):
        # In the logarithm of the chance: well behaved however far out.
        chance = exact_cumulative(x)
        step = mp.log(chance / tail) * chance / exact_density(x)
        x -= step
        if abs(step) < abs(x) * mp.mpf(2) ** -90 + mp.mpf(2) ** -150:
            break
    else:
        raise ArithmeticError(f"no root for {p}")
    return x if p < 0.5 else -x


def any_positive(source):
    """Every binade alike, subnormal numbers included."""
    return double(source.randrange(1, 0x7FEFFFFFFFFFFFFF + 1))


def around(values):
    """Each value with its neighbours."""
    return [x for v in values for x in (math.nextafter(v, -math.inf), v, math.nextafter(v, math.inf))]


def points(source):
    signed = [s * any_positive(source) for s in (1, -1) for _ in range(COUNT // 8)]
    small = [s * 2.0 ** -source.uniform(0, 60) for s in (1, -1) for _ in range(COUNT // 8)]
    halves = around([k * math.log(2) / 2 for k in range(-2150, 2049, 7)])
    normal = [source.uniform(-40, 40) for _ in range(COUNT // 2)] + [source.gauss(0, 2) for _ in range(COUNT // 2)]
    normal += small + around([0.0, 6.0, -6.0, 37.5, -37.5, 38.5, -38.5, 39.0, -39.0, 5e-324, 1e-160])
    chances = [source.random() for _ in range(COUNT // 8)] + [10.0 ** -source.uniform(0, 307) for _ in range(COUNT // 8)]
    chances += around([0.075, 0.925, 0.5, math.exp(-25), 1e-300]) + [1 - 2.0 ** -k for k in range(2, 54)]
    return {
        "exp": [source.uniform(-746, 710) for _ in range(COUNT)] + signed + small + halves
        + around([709.782712893384, -708.3964185322641, -745.1332191019411]),
        "log": [any_positive(source) for _ in range(COUNT)] + [1 + x for x in small] + around([2 ** 0.5, 0.5 ** 0.5, 1.0])
        + [5e-324, sys.float_info.max, sys.float_info.min],
        "log1p": [source.uniform(-1, 3) for _ in range(COUNT)] + [any_positive(source) for _ in range(COUNT // 4)] + small
        + [x for x in around([-0.29, 0.41, 1.0, -0.2928932188134524]) if x > -1] + [math.nextafter(-1, 0)],
        "density": normal,
        "cumulative": normal,
        "mills": [abs(x) for x in normal if abs(x) <= 40],
        "inverse": [p for p in chances if 0 < p < 1 and p != 0.5],
    }


# function: (documented bound in ulps, exact function)
EXACT = {
    "exp": (1, lambda x: mp.exp(x) if x < 800 else mp.inf),
    "log": (1, mp.log),
    "log1p": (1, lambda x: mp.log1p(x)),
    "density": (4, lambda x: exact_density(x) if abs(x) < 60 else mp.mpf(0)),
    "cumulative": (10, lambda x: exact_cumulative(x) if x > -60 else mp.mpf(0)),
    "mills": (7, lambda x: exact_cumulative(-x) / exact_density(x)),
    "inverse": (8, exact_inverse),
}

INF, NAN = math.inf, math.nan
EDGES = [
    ("exp", 0.0, 1.0), ("exp", -0.0, 1.0), ("exp", INF, INF), ("exp", -INF, 0.0), ("exp", NAN, NAN), ("exp", 710.0, INF),
    ("exp", -746.0, 0.0), ("log", 0.0, -INF), ("log", -0.0, -INF), ("log", -1.0, NAN), ("log", INF, INF),
    ("log", -INF, NAN), ("log", NAN, NAN), ("log", 1.0, 0.0), ("log1p", -1.0, -INF), ("log1p", -1.5, NAN),
    ("log1p", 0.0, 0.0), ("log1p", -0.0, -0.0), ("log1p", 5e-324, 5e-324), ("log1p", INF, INF), ("log1p", NAN, NAN),
    ("density", INF, 0.0), ("density", -INF, 0.0), ("density", NAN, NAN), ("density", 1e300, 0.0),
    ("cumulative", INF, 1.0), ("cumulative", -INF, 0.0), ("cumulative", NAN, NAN), ("cumulative", 0.0, 0.5),
    ("inverse", 0.0, -INF), ("inverse", 1.0, INF), ("inverse", -0.1, NAN), ("inverse", 1.1, NAN), ("inverse", NAN, NAN),
    ("inverse", 0.5, 0.0),
]


def ulps(found, exact):
    """The distance in units in the last place of the exact value, which is rounded to nowhere."""
    if math.isinf(found):
        # Right only where the exact value rounds to infinity.
        return mp.mpf(0) if exact >= mp.mpf(sys.float_info.max) + mp.mpf(2) ** 970 else mp.inf
    if exact > mp.mpf(2) ** 1024:
        return mp.inf
    return abs(mp.mpf(found) - exact) / mp.mpf(math.ulp(float(exact)))


def main():
    source = random.Random(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
    failed = total = 0
    for name, xs in points(source).items():
        bound, exact = EXACT[name]
        answers = ask("numerics", [f"{name} {bits(x)}" for x in xs])
        worst, where = max((ulps(y, exact(mp.mpf(x))), x) for x, (y,) in zip(xs, answers, strict=True))
        verdict = "ok" if worst <= bound else "FAILED"
        failed += worst > bound
        total += len(xs)
        print(f"{verdict} {name}: {len(xs)} points, worst {mp.nstr(worst, 4)} ulp at {where!r}, bound {bound}", flush=True)
    answers = ask("numerics", [f"{name} {bits(x)}" for name, x, _ in EDGES])
    for (name, x, wanted), (found,) in zip(EDGES, answers, strict=True):
        if bits(found) != bits(wanted) and not (math.isnan(found) and math.isnan(wanted)):
            print(f"FAILED {name}({x}) is {found}, not {wanted}")
            failed += 1
    print(f"numerics: {total} points and {len(EDGES)} edges, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
