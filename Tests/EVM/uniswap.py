"""Uniswap on a chain in memory: pairs (v2) and concentrated pools (v3), random swaps, and what the balances became.

usage: uniswap.py WHEEL OUT [--swaps N] [--seed N]

Writes one line of JSON for each swap through the compiled router: the pool before it, what was asked, what was paid and
received by the balances, and the pool after it. The contracts are those that the wheel carries: SushiSwap's copy of
`UniswapV2Pair`, and `UniswapV3Pool` with its position manager.
"""
import argparse
import json
import math
import random
import sys

from chain import Artifacts, Chain

EVERYTHING = 2**256 - 1
NOBODY = "0x" + "00" * 20
PAIR_CODE = "e18a34eb0e04b04f7a0ac29a6e80748dca96319b42c54d679cb821dca90c6303"


class Trader:
    """Rich in both tokens, and counts them."""

    def __init__(self, chain, tokens, spenders):
        self.chain = chain
        self.tokens = tokens
        self.address = chain.owner
        for token in tokens:
            for spender in spenders:
                token.send("approve", spender.address, EVERYTHING)

    def change(self, act):
        """What an act did to both balances; `None` where a contract refuses it."""
        before = [token.read("balanceOf", self.address) for token in self.tokens]
        try:
            act()
        except RuntimeError:
            return None
        return [token.read("balanceOf", self.address) - b for token, b in zip(self.tokens, before)]


def two_tokens(chain):
    """Ordered as Uniswap orders them: by address."""
    tokens = [chain.deploy("ERC20Mock", "t", "t", 2**255) for _ in range(2)]
    return sorted(tokens, key=lambda token: int(token.address, 16))


def pairs(wheel, swaps, generator, write):
    chain = Chain(Artifacts(wheel, "eth_defi/abi/sushi"))
    factory = chain.deploy("UniswapV2Factory", chain.owner)
    # The router finds a pair by the hash of its code: it must be that of the pair that this factory makes.
    artifact = chain.artifacts["UniswapV2Router02"]
    assert PAIR_CODE in artifact["bytecode"]
    artifact["bytecode"] = artifact["bytecode"].replace(PAIR_CODE, factory.read("pairCodeHash").hex())
    router = chain.deploy("UniswapV2Router02", factory.address, NOBODY)
    done = 0
    while done < swaps:
        tokens = two_tokens(chain)
        trader = Trader(chain, tokens, [router])
        amounts = [int(10 ** generator.uniform(4, 30)) for _ in tokens]
        router.send("addLiquidity", tokens[0].address, tokens[1].address, *amounts, 0, 0, chain.owner, EVERYTHING)
        pair = chain.at("UniswapV2Pair", factory.read("getPair", tokens[0].address, tokens[1].address))
        for _ in range(20):
            reserves = list(pair.read("getReserves")[:2])
            into = generator.randrange(2)
            exact_in = generator.random() < 0.5
            bound = reserves[into] if exact_in else reserves[1 - into]
            asked = max(1, int(bound * 10 ** generator.uniform(-6, 0.5 if exact_in else 0)))
            path = [tokens[into].address, tokens[1 - into].address]
            if exact_in:
                act = lambda: router.send("swapExactTokensForTokens", asked, 0, path, chain.owner, EVERYTHING)
            else:
                act = lambda: router.send("swapTokensForExactTokens", asked, EVERYTHING, path, chain.owner, EVERYTHING)
            found = trader.change(act)
            write({"kind": "pair", "reserveIn": str(reserves[into]), "reserveOut": str(reserves[1 - into]),
                   "exactIn": exact_in, "asked": str(asked), **outcome(found, into)})
            done += found is not None


def outcome(found, into):
    return {} if found is None else {"paid": str(-found[into]), "received": str(found[1 - into])}


class Pool:
    """A concentrated pool with random positions around a random price."""

    def __init__(self, chain, factory, router, manager, generator):
        self.chain, self.router, self.manager, self.generator = chain, router, manager, generator
        self.tokens = two_tokens(chain)
        self.trader = Trader(chain, self.tokens, [router, manager])
        self.fee = generator.choice([500, 3_000, 10_000])
        self.spacing = {500: 10, 3_000: 60, 10_000: 200}[self.fee]
        start = generator.randrange(-300_000, 300_000)
        address = factory.send("createPool", *self.pair, self.fee)
        self.pool = chain.at("UniswapV3Pool", address)
        self.pool.send("initialize", int(math.sqrt(1.0001**start) * 2**96 * generator.uniform(0.9999, 1.0001)))
        self.ticks = set()
        for _ in range(generator.randint(1, 6)):
            self.provide(start)

    @property
    def pair(self):
        return [token.address for token in self.tokens]

    def provide(self, start):
        width = int(10 ** self.generator.uniform(0, 4.5))
        middle = start // self.spacing + self.generator.randint(-width, width)
        low, high = ((middle + sign * self.generator.randint(1, width)) * self.spacing for sign in (-1, 1))
        if low <= -887_272 or high >= 887_272:
            return
        amount = int(10 ** self.generator.uniform(15, 28))
        found = self.trader.change(lambda: self.manager.send("mint", (
            *self.pair, self.fee, low, high, amount, amount, 0, 0, self.chain.owner, EVERYTHING)))
        if found is not None:
            self.ticks |= {low, high}

    def state(self):
        price, tick, *_ = self.pool.read("slot0")
        return {"price": str(price), "tick": tick, "liquidity": str(self.pool.read("liquidity"))}

    def swap(self):
        generator = self.generator
        before = self.state()
        net = [{"tick": x, "net": str(self.pool.read("ticks", x)[1])} for x in sorted(self.ticks)]
        into = generator.randrange(2)
        exact_in = generator.random() < 0.5
        held = self.tokens[into if exact_in else 1 - into].read("balanceOf", self.pool.address)
        asked = max(1, int((held + 10**6) * 10 ** generator.uniform(-7, 0.3 if exact_in else 0)))
        path = [self.pair[into], self.pair[1 - into]]
        name, bound = ("exactInputSingle", 0) if exact_in else ("exactOutputSingle", EVERYTHING)
        found = self.trader.change(lambda: self.router.send(name, (
            *path, self.fee, self.chain.owner, EVERYTHING, asked, bound, 0)))
        return {"kind": "pool", "fee": self.fee, "spacing": self.spacing, "before": before, "ticks": net,
                "zeroForOne": into == 0, "exactIn": exact_in, "asked": str(asked), **outcome(found, into),
                "after": self.state()}


def pools(wheel, swaps, generator, write):
    chain = Chain(Artifacts(wheel, "eth_defi/abi/uniswap_v3"))
    chain.artifacts.known["ERC20Mock"] = Artifacts(wheel, "eth_defi/abi/sushi")["ERC20Mock"]
    factory = chain.deploy("UniswapV3Factory")
    router = chain.deploy("SwapRouter", factory.address, NOBODY)
    manager = chain.deploy("NonfungiblePositionManager", factory.address, NOBODY, NOBODY)
    done = 0
    while done < swaps:
        pool = Pool(chain, factory, router, manager, generator)
        for _ in range(12):
            line = pool.swap()
            write(line)
            done += "paid" in line


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("wheel")
    parser.add_argument("out")
    parser.add_argument("--swaps", type=int, default=600)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    generator = random.Random(given.seed)
    lines = []
    with open(given.out, "w") as out:
        def write(line):
            lines.append(line)
            out.write(json.dumps(line, separators=(",", ":")) + "\n")
        pairs(given.wheel, given.swaps, generator, write)
        pools(given.wheel, given.swaps, generator, write)
    for kind in ("pair", "pool"):
        made = [x for x in lines if x["kind"] == kind]
        print(f"{kind}: {len(made)} swaps, {sum('paid' not in x for x in made)} refused", file=sys.stderr)


if __name__ == "__main__":
    main()
