#!/usr/bin/env python3
"""Computes figures of the confirmation a second time, with mpmath and no shortcut, and compares them with the file that the Swift
tests read; with --write it makes that file, Tests/Tuning/ConfirmationTests/Golden/confirmation.txt. Needs mpmath.

The probability of overfitting goes through the splits as the paper tells it, tape by tape; the deflated score takes moments,
normal quantiles and the normal distribution from mpmath at 100 bits.
"""
import itertools
import pathlib
import random
import sys

import mpmath as mp

mp.mp.prec = 100
GOLDEN = pathlib.Path(__file__).resolve().parents[1] / "Tuning/ConfirmationTests/Golden/confirmation.txt"
SOURCE = random.Random(20)


def overfitting(scores, blocks, baseline):
    tapes = len(scores[0])
    parts = [list(range(b * tapes // blocks, (b + 1) * tapes // blocks)) for b in range(blocks)]
    below = lost = splits = 0
    logits = mp.mpf(0)
    for half in itertools.combinations(range(blocks), blocks // 2):
        inside = [t for b in half for t in parts[b]]
        outside = [t for b in range(blocks) if b not in half for t in parts[b]]
        first = [sum(map(mp.mpf, (row[t] for t in inside))) / len(inside) for row in scores]
        second = [sum(map(mp.mpf, (row[t] for t in outside))) / len(outside) for row in scores]
        chosen = first.index(max(first))
        rank = sorted(second).index(second[chosen]) + 1
        rank += mp.mpf(second.count(second[chosen]) - 1) / 2
        omega = mp.mpf(rank) / (len(scores) + 1)
        logits += mp.log(omega / (1 - omega))
        splits += 1
        below += omega <= mp.mpf(1) / 2
        lost += second[chosen] < second[baseline]
    return [mp.mpf(below) / splits, mp.mpf(lost) / splits, splits, logits / splits]


def quantile(p):
    return mp.sqrt(2) * mp.erfinv(2 * mp.mpf(p) - 1)


def deflated(gains, trials, variance):
    values = [mp.mpf(g) for g in gains]
    n = len(values)
    mean = sum(values) / n
    moment = lambda k: sum((v - mean) ** k for v in values) / n
    skew, kurtosis = moment(3) / moment(2) ** mp.mpf(1.5), moment(4) / moment(2) ** 2
    ratio = mean / mp.sqrt(moment(2) * n / (n - 1))
    highest = mp.mpf(0)
    if trials > 1:
        highest = mp.sqrt(mp.mpf(variance)) * (
            (1 - mp.euler) * quantile(1 - mp.mpf(1) / trials) + mp.euler * quantile(1 - 1 / (trials * mp.e)))
    z = (ratio - highest) * mp.sqrt(n - 1) / mp.sqrt(1 - skew * ratio + (kurtosis - 1) / 4 * ratio**2)
    return [ratio, highest, skew, kurtosis, mp.ncdf(z)]


def line(*words):
    return " ".join(repr(float(w)) if isinstance(w, (float, mp.mpf)) else str(w) for w in words) + "\n"


def main():
    text = ""
    for rows, tapes, blocks, merit in ((4, 16, 4, 0.0), (6, 30, 6, 0.5), (12, 40, 10, 0.0), (9, 50, 8, 1.5), (3, 23, 6, 0.2)):
        scores = [[SOURCE.gauss(merit * row, 1.0) for _ in range(tapes)] for row in range(rows)]
        if rows == 3:
            scores = [[float(round(x)) for x in row] for row in scores]
        text += line("overfitting", rows, tapes, blocks, *overfitting(scores, blocks, 0), *(x for row in scores for x in row))
    for count, trials, variance, mean, bent in (
            (30, 1, 0.01, 0.3, False), (60, 150, 0.02, 0.4, False), (60, 600, 0.01, 0.5, True), (12, 20, 0.05, 0.0, True),
            (300, 1_000, 0.005, 0.25, False)):
        gains = [SOURCE.gauss(mean, 1.0) for _ in range(count)]
        if bent:
            gains = [g + 0.5 * g * g for g in gains]
        text += line("deflated", count, trials, variance, *deflated(gains, trials, variance), *gains)
    if sys.argv[1:] == ["--write"]:
        GOLDEN.write_text(text)
    failed = GOLDEN.read_text() != text
    print(f"{'FAILED' if failed else 'ok'} confirmation: {text.count(chr(10))} cases are those that the Swift tests read")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
