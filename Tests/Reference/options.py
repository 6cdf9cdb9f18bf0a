#!/usr/bin/env python3
"""Compares BlackPricer and BlackScholesPricer with QuantLib: values and all Greeks on a grid and on random points.

Two numbers agree when |a - b| <= 1e-9 * max(|b|, tiny), with tiny = 1e-12 of the natural scale of the figure: the forward
for a value, 1 for delta, 1/forward for gamma, forward * sqrt(years) for vega, |decay of an option at the money| + |rate|
forward for theta. So a value of 10^-12 of the forward still has nine right digits, and less is compared absolutely.

QuantLib's own normal distribution is 1 + erf, halved, down to 1e-8, which keeps 16 digits after the point and not 16
digits: far out of the money it is the reference that is off. Where the two disagree, mpmath with 200 bits decides: ours
must be within the tolerance of it, else the point fails. For values above 1e-6 of price or strike, whichever is larger,
QuantLib has to be agreed with: that way out is shut. Asks the release build through `bailiff-bench options`. Needs QuantLib and mpmath.
"""
import itertools
import math
import random
import sys

import mpmath as mp
import QuantLib as ql

from tool import ask, bits

mp.mp.prec = 200
NAMES = ("value", "delta", "gamma", "vega", "theta")
TOLERANCE, TINY = 1e-9, 1e-12
HOUR = 1 / (365 * 24)
# QuantLib takes a spread below this for none; so small a one is not in the grid.
RANDOM = 8_000


def grid():
    years = (0.0, HOUR, 1 / 365, 7 / 365, 0.25, 1.0, 3.0)
    volatilities = (0.0, 0.05, 0.3, 0.8, 2.5)
    ratios = (0.01, 0.3, 0.7, 0.9, 0.97, 0.995, 1.0, 1.003, 1.02, 1.1, 1.5, 4.0, 100.0)
    for kind, t, v, ratio, rate in itertools.product(("call", "put"), years, volatilities, ratios, (0.0, 0.05, -0.02)):
        yield kind, 2_500.0, 2_500.0 * ratio, v, t, rate


def points(source):
    found = [("black", *p, 0.0) for p in grid()] + [("scholes", *p, 0.03) for p in grid()]
    for _ in range(RANDOM):
        price = 10 ** source.uniform(-3, 5)
        v, t = source.uniform(0.05, 2), math.exp(source.uniform(math.log(HOUR), math.log(2)))
        strike = price * math.exp(source.gauss(0, 1) * 2.5 * v * math.sqrt(t))
        model, kind = source.choice(("black", "scholes")), source.choice(("call", "put"))
        found.append((model, kind, price, strike, v, t, source.uniform(-0.05, 0.2), source.uniform(-0.05, 0.1)))
    return found


def by_quantlib(model, kind, price, strike, v, t, rate, carry):
    """BlackCalculator; with the forward as its spot its Greeks are those of Black-76."""
    discount = math.exp(-rate * t)
    forward = price if model == "black" else price * math.exp((rate - carry) * t)
    payoff = ql.PlainVanillaPayoff(ql.Option.Call if kind == "call" else ql.Option.Put, strike)
    calculator = ql.BlackCalculator(payoff, forward, v * math.sqrt(t), discount)
    # At no time left QuantLib's theta is 0 by definition; ours is the rate's and the carry's part, asked of mpmath.
    theta = calculator.theta(price, t) if t > 0 else math.nan
    return (calculator.value(), calculator.delta(price), calculator.gamma(price), calculator.vega(t), theta)


def exactly(model, kind, price, strike, v, t, rate, carry):
    price, strike, v, t, rate, carry = map(mp.mpf, (price, strike, v, t, rate, carry))
    sign = 1 if kind == "call" else -1
    discount = mp.exp(-rate * t)
    growth = mp.mpf(1) if model == "black" else mp.exp((rate - carry) * t)
    forward, spread = price * growth, v * mp.sqrt(t)
    if spread == 0:
        chance = mp.mpf((1 + mp.sign(sign * (forward - strike))) / 2)
        value, density, gamma, decay = discount * max(sign * (forward - strike), 0), mp.mpf(0), mp.mpf(0), mp.mpf(0)
    else:
        d1 = mp.log(forward / strike) / spread + spread / 2
        chance = mp.erfc(-sign * d1 / mp.sqrt(2)) / 2
        other = mp.erfc(-sign * (d1 - spread) / mp.sqrt(2)) / 2
        value = discount * sign * (forward * chance - strike * other)
        density = discount * forward * mp.npdf(d1)
        gamma = growth**2 * density / (forward**2 * spread)
        decay = density * v / (2 * mp.sqrt(t))
    by_forward = sign * discount * chance
    drift = 0 if model == "black" else (rate - carry) * forward * by_forward
    return (value, growth * by_forward, gamma, density * mp.sqrt(t), rate * value - decay - drift)


def scales(price, v, t, rate, carry):
    decay = price * v / math.sqrt(t) if t > 0 else 0
    return (price, 1, 1 / price, price * math.sqrt(t), decay + price * (abs(rate) + abs(carry)))


def distance(a, b, scale):
    """In tolerances: up to 1 is agreement."""
    allowed = TOLERANCE * max(abs(b), TINY * scale)
    return float(abs(a - b) / allowed) if allowed else (0.0 if a == b else math.inf)


def main():
    asked = points(random.Random(int(sys.argv[1]) if len(sys.argv) > 1 else 1))
    lines = [f"{model} {kind} " + " ".join(bits(float(x)) for x in numbers) for model, kind, *numbers in asked]
    answers = ask("options", lines)
    agreed = decided = failed = 0
    worst_of_ours = 0.0
    for position, (point, ours) in enumerate(zip(asked, answers, strict=True)):
        price, strike, v, t, rate, carry = point[2], point[3], point[4], point[5], point[6], point[7]
        scale = scales(price, v, t, rate, carry)
        theirs = by_quantlib(*point)
        off = [i for i in range(5) if not distance(ours[i], theirs[i], scale[i]) <= 1]
        agreed += 5 - len(off)
        # Every 10th point is asked of mpmath in any case.
        if not off and position % 10:
            continue
        exact = exactly(*point)
        errors = [distance(ours[i], exact[i], scale[i]) for i in range(5)]
        worst_of_ours = max(worst_of_ours, *errors)
        # Where an option has a price worth the name QuantLib must agree, but for a theta that it does not define.
        plain = abs(exact[0]) > 1e-6 * max(price, strike)
        for i in range(5):
            wrong = errors[i] > 1 or (i in off and plain and not math.isnan(theirs[i]))
            failed += wrong
            decided += i in off and not wrong
            if wrong:
                print(f"FAILED {NAMES[i]} of {point}: {ours[i]!r}, QuantLib {theirs[i]!r}, exact {mp.nstr(exact[i], 17)}")
    print(
        f"options: {len(asked)} points, {agreed} figures agree with QuantLib, {decided} decided by mpmath, {failed} failed; "
        f"ours are at most {worst_of_ours * TOLERANCE:.1e} from mpmath")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
