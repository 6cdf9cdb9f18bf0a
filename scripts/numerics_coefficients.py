#!/usr/bin/env python3
"""Prints the coefficients in Sources/Core/Numerics, each the nearest double, in the order the source lists them.

Each is a Chebyshev fit made with 60 digits; the second line of a block says how far the rounded polynomial is from
the function, relatively, before any rounding while it is evaluated. Needs mpmath; run by hand, never by the build.
"""
import mpmath as mp

mp.mp.dps = 60


def rounded(coefficients):
    return [mp.mpf(float(c)) for c in coefficients]


def show(name, function, low, high, terms, scale=lambda x, error: error):
    """Fits `terms` coefficients, lowest power first; `scale` turns the fit's error into that of the whole formula."""
    coefficients = rounded(reversed(mp.chebyfit(function, [low, high], terms)))
    worst = mp.mpf(0)
    for i in range(2001):
        x = mp.mpf(low) + (mp.mpf(high) - low) * i / 2000
        worst = max(worst, abs(scale(x, mp.polyval(coefficients[::-1], x) - function(x))))
    print(f"{name}: {terms} coefficients on [{mp.nstr(low, 6)}, {mp.nstr(high, 6)}]")
    print(f"  error 2^{mp.nstr(mp.log(worst, 2), 5)}")
    for c in coefficients:
        print(f"  {float(c).hex()}  {mp.nstr(c, 20)}")


def exponential_tail(r):
    """(e^r - 1 - r) / r^2, from its series near zero."""
    if abs(r) < mp.mpf("1e-12"):
        return mp.mpf(1) / 2 + r / 6 + r * r / 24
    return (mp.exp(r) - 1 - r) / (r * r)


def logarithm_tail(z):
    """(ln((1 + s) / (1 - s)) - 2 s) / (s z) with z = s^2."""
    if z < mp.mpf("1e-20"):
        return mp.mpf(2) / 3 + 2 * z / 5
    s = mp.sqrt(z)
    return (mp.log((1 + s) / (1 - s)) - 2 * s) / (s * z)


def mills_in(center):
    """(x + center) * (1 - N(x)) / n(x) as a function of t = (center - x) / (center + x)."""

    def function(t):
        x = center * (1 - t) / (1 + t)
        return (x + center) * mp.sqrt(mp.pi / 2) * mp.exp(x * x / 2) * mp.erfc(x / mp.sqrt(2))

    return function


if __name__ == "__main__":
    half = mp.log(2) / 2
    high = mp.mpf(int(mp.floor(mp.log(2) * 2**32))) / 2**32
    print("ln 2 high", float(high).hex(), "low", float(mp.log(2) - high).hex(), "1 / ln 2", float(1 / mp.log(2)).hex())
    print("1 / sqrt(2 pi)", float(1 / mp.sqrt(2 * mp.pi)).hex())
    show("exponential tail", exponential_tail, -half, half, 10, lambda r, e: e * r * r / mp.exp(r))
    bound = (mp.sqrt(2) - 1) / (mp.sqrt(2) + 1)
    show("logarithm tail", logarithm_tail, mp.mpf(0), bound * bound, 8, lambda z, e: e * z / 2)
    center, last = mp.mpf(6), mp.mpf(40)
    ratio = mills_in(center)
    lowest = (center - last) / (center + last)
    show("Mills ratio", ratio, lowest, mp.mpf(1), 22, lambda t, e: e / ratio(t))
