#!/usr/bin/env python3
"""Prices one portfolio-margin grid with bailiff-bench and with QuantLib, in the same run, and prints the ratios.

200 options of 4 expiries under 23 scenarios; QuantLib is its blackFormula called in a loop, arguments prepared beforehand.
Three lines of ours: the kernel on the very same grid; an account's full health, which decodes 200 options of 4 expiries,
reads their smiles and adds the contingencies to as many prices; and its form, which bounds every slope over a box.
Part of QuantLib's time is the step from Python into C++; the last figure of a line takes out what an empty call costs.
Run it with the environment of `scripts/setup --tests`: .build/test-tools/bin/python scripts/bench_portfolio.py
"""
import math
import pathlib
import re
import subprocess
import sys
import time

import QuantLib as ql

TOOL = pathlib.Path(__file__).resolve().parent.parent / ".build/release/bailiff-bench"
ACCOUNT_LINE = re.compile(r"(\w+): microseconds ([0-9.]+), allocations ([0-9]+)")
GOAL = 20
ROUNDS = 15
# Both sides in turn, so often, and the best of each: a shared machine slows down now and then.
TURNS = 4

SHOCKS = [(1 + 0.05 * step, volatility) for step in range(-3, 4) for volatility in (1.6, 1, 0.7)] + [(0.8, 1.6), (1.2, 1.6)]
EXPIRIES = [(3_000 + 5 * days, 1 - days / 9_000, days / 365) for days in (1.0, 7.0, 30.0, 90.0)]


def grid():
    """(amount, arguments of blackFormula) for the book of Sources/Tools/bailiff-bench/PortfolioBench.swift."""
    for index in range(200):
        forward, discount, years = EXPIRIES[index % 4]
        kind = ql.Option.Call if index % 2 == 0 else ql.Option.Put
        for factor, volatility in SHOCKS:
            spread = (0.5 + 0.002 * (index % 50)) * volatility * math.sqrt(years)
            yield index % 7 - 3, (kind, 1_800.0 + 12 * index, forward * factor, spread, discount)


def tool(name):
    return subprocess.run([TOOL, name], capture_output=True, text=True, timeout=120, check=True).stdout.splitlines()


def best(work):
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        result = work()
        times.append(time.perf_counter() - start)
    return min(times) * 1e6, result


def main():
    points = list(grid())
    formula, empty = ql.blackFormula, ql.close
    theirs = border = ours = math.inf
    accounts = {}
    for _ in range(TURNS):
        time_taken, total = best(lambda: sum(amount * formula(*arguments) for amount, arguments in points))
        theirs, border = min(theirs, time_taken), min(border, best(lambda: sum(amount * empty(1.0, 2.0) for amount, _ in points))[0])
        figures = dict(line.split() for line in tool("portfolio"))
        ours, sum_of_ours = min(ours, float(figures["microseconds"])), float(figures["total"])
        for line in tool("portfolio-account"):
            name, time_taken, allocations = ACCOUNT_LINE.fullmatch(line).groups()
            known = accounts.get(name, (math.inf, 0))[0]
            accounts[name] = (min(known, float(time_taken)), int(allocations))
    if abs(sum_of_ours - total) > 1e-9 * abs(total):
        print(f"the two priced different books: {sum_of_ours} and {total}")
        return 1
    if figures["allocations"] != "0":
        print(f"the kernel allocated {figures['allocations']} times")
        return 1
    print(f"{len(points)} prices, QuantLib {ql.__version__}: {theirs:.0f} us, of which empty calls {border:.0f} us")
    rows = [("kernel", ours, 0)]
    rows += [(name, *found) for name, found in accounts.items()]
    for name, time_taken, allocations in rows:
        ratio, without = theirs / time_taken, (theirs - border) / time_taken
        print(f"{name}: {time_taken:.1f} us, {allocations} allocations, ratio {ratio:.1f}, without empty calls {without:.1f}")
    print(f"goal: the ratio of an account's health >= {GOAL}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
