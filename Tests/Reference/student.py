#!/usr/bin/env python3
"""Compares StudentT.upperQuantile with mpmath at 200 bits on random degrees and chances. Needs mpmath.

The exact tail at our quantile, by the slope there, says how far the quantile is off: no root has to be found.
"""
import random
import sys

import mpmath as mp

from tool import ask, bits

mp.mp.prec = 200
BOUND = 4e-13
COUNT = 1_500


def error(degrees, chance, quantile):
    """The relative error of a quantile; quantile is not 0."""
    v, p, t = mp.mpf(degrees), mp.mpf(chance), mp.mpf(quantile)
    tail = mp.betainc(v / 2, mp.mpf(1) / 2, 0, v / (v + t * t), regularized=True) / 2
    density = mp.gamma((v + 1) / 2) / mp.gamma(v / 2) / mp.sqrt(v * mp.pi) * (1 + t * t / v) ** (-(v + 1) / 2)
    return abs((tail - p) / (t * density))


def main():
    source = random.Random(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
    asked = [(3.0, 0.05), (3.0, 1e-12), (4.0, 0.2), (10_000.0, 1e-12), (30.0, 0.49)]
    for _ in range(COUNT):
        degrees = source.choice((float(source.randrange(3, 60)), 3 * 10 ** source.uniform(0, 3.5)))
        asked.append((degrees, source.choice((source.uniform(0.001, 0.499), 10 ** -source.uniform(1, 12)))))
    answers = ask("student", [f"{bits(degrees)} {bits(chance)}" for degrees, chance in asked])
    worst, where = max((error(*point, t), point) for point, (t,) in zip(asked, answers, strict=True))
    failed = worst > BOUND
    print(f"{'FAILED' if failed else 'ok'} student: {len(asked)} points, worst {mp.nstr(worst, 3)} at {where}, bound {BOUND}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
