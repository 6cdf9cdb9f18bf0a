"""The synthetic bidding landscape of the search's tests, a second time: see Tests/Support/BiddingLandscape.

Thirteen parameters of a made-up liquidator, tapes that differ in what is good on them. Random numbers are SplitMix64's, so the
tapes are the same as in Swift to the last bit; exp and log may differ by an ulp.
"""
import math

MASK = (1 << 64) - 1
OPPORTUNITIES = 12
TRAINING, HELD_OUT = range(60), range(60, 360)
# name, kind, low, high, is logarithmic, default; a choice has its size in place of high.
PARAMETERS = (
    ("gas_multiplier", "continuous", 0.5, 10.0, True, 1.5),
    ("bid_share", "continuous", 0.05, 0.95, False, 0.5),
    ("margin_min", "continuous", 0.0005, 0.05, True, 0.005),
    ("slippage_max", "continuous", 0.0005, 0.05, True, 0.01),
    ("repay_share", "continuous", 0.1, 1.0, False, 0.5),
    ("wait_ms", "continuous", 1.0, 1_000.0, True, 50.0),
    ("smoothing", "continuous", 0.01, 1.0, False, 0.3),
    ("risk_aversion", "continuous", 0.0, 2.0, False, 0.5),
    ("inventory_share", "continuous", 0.05, 1.0, False, 0.3),
    ("attempts", "integer", 1, 8, False, 2),
    ("pools", "integer", 1, 12, False, 3),
    ("funding", "choice", 0, 3, False, 0),
    ("style", "choice", 0, 4, False, 0),
)
DEFAULT = tuple(float(p[5]) for p in PARAMETERS)
# Set once, so that the default is worth about 4,400 and the best known point about a quarter more.
SCALE, BASE = 16_500.0, 3_937.0


class SplitMix:
    def __init__(self, seed):
        self.state = seed & MASK

    def next(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        return z ^ (z >> 31)

    def fraction(self):
        return (self.next() >> 11) * 2.0**-53

    def bell(self):
        """About normal: four fractions, centred, to a deviation of 1."""
        total = self.fraction()
        for _ in range(3):
            total += self.fraction()
        return (total - 2) * math.sqrt(3)


class Tape:
    def __init__(self, number):
        random = SplitMix(1_000_003 * number + 77)
        self.crowd = 0.25 + 0.35 * random.fraction()
        self.gas = math.exp(0.5 * random.bell())
        self.depth = math.exp(0.4 * random.bell())
        self.rival_ms = 60 * math.exp(0.6 * random.bell())
        self.volatility = 0.006 * math.exp(0.4 * random.bell())
        self.demand = 0.6 + 0.8 * random.fraction()
        self.opportunities = []
        for _ in range(OPPORTUNITIES):
            size = math.exp(0.7 * random.bell())
            rival = self.crowd + 0.12 * random.bell()
            self.opportunities.append((size, rival, random.bell(), random.bell()))


def profit(point, tape):
    (gas, bid, margin_min, slippage_max, repay, wait, smoothing, risk, inventory, attempts, pools, funding, style) = point
    quick = tape.rival_ms / (tape.rival_ms + wait)
    included = 1 - math.exp(-1.2 * gas / tape.gas)
    noise = tape.volatility * (2 * smoothing * smoothing + 160 / (40 + wait))
    lag = 2 * tape.volatility * (1 - smoothing) * (1 - smoothing)
    cut = 1 / (1 + 60 * risk * tape.volatility)
    total, last_rival = 0.0, tape.crowd
    for size, rival, surprise, slip in tape.opportunities:
        amount, fee, gas_more = funded(size * repay * cut, inventory, funding)
        rate = 0.08 - 0.03 * amount / (tape.depth * math.sqrt(pools)) - fee - lag
        mine = styled(bid, size, tape.crowd, last_rival, style)
        last_rival = rival
        if rate + noise * surprise < margin_min:
            continue
        once = included * quick / (1 + math.exp(-(mine - rival) / 0.06))
        missed = 1.0
        for _ in range(int(attempts)):
            missed *= 1 - once
        gain = amount * (rate - 0.5 * noise - 0.3 * slippage_max) * (1 - 0.04 * attempts) * (1 - mine) - amount * amount * tape.volatility
        cost = 0.0002 * tape.gas * (gas * (0.5 + attempts) + 0.6 * pools + gas_more)
        reverted = abs(slip) * tape.volatility > slippage_max
        total += (0 if reverted else (1 - missed) * gain) - cost
        if funding != 1:
            total -= 0.25 * inventory * tape.volatility
    return BASE + SCALE * tape.demand * total


def funded(wanted, inventory, funding):
    """Amount, fee for each unit of it, and more gas: own capital, a flash loan, or what is short by flash loan."""
    owned = 3 * inventory
    if funding == 0:
        return min(wanted, owned), 0.0, 0.0
    if funding == 1:
        return wanted, 0.009, 2.0
    return wanted, 0.009 * max(wanted - owned, 0) / wanted, 0.8


def styled(bid, size, crowd, last_rival, style):
    """The share that is bid: steady, more for large ones, near the crowd, or near the last rival."""
    if style == 0:
        return bid
    if style == 1:
        return min(bid + 0.15 * size / (1 + size), 0.98)
    if style == 2:
        return 0.4 * bid + 0.6 * min(crowd + 0.06, 0.98)
    return 0.5 * bid + 0.5 * min(max(last_rival + 0.03, 0.02), 0.98)


TAPES = [Tape(number) for number in range(360)]


def mean(point, tapes):
    return sum(profit(point, TAPES[t]) for t in tapes) / len(tapes)
