"""Aave v3.2 on a chain in memory: a pool with reserves and efficiency modes, accounts that use it, and what it says of them.

usage: aave.py WHEEL OUT [--accounts N] [--seed N]

Writes one line of JSON for each reading: an account's scaled balances, flags and category, every reserve's price and indices,
and what `getUserAccountData` made of them. The compiled pool is the one that the wheel carries (`aave-v3-origin`, 3.2: the
categories are bitmaps, there is no stable debt and no deficit yet).
"""
import argparse
import json
import random
import sys

from chain import Artifacts, Chain
from eth_abi import encode

EVERYTHING = 2**256 - 1
NOBODY = "0x" + "00" * 20
#        name  decimals price    ltv   threshold bonus, the protocol's share of the bonus
RESERVES = [
    ("USDC", 6, 1_00000000, 7_700, 8_000, 10_450, 1_000),
    ("WETH", 18, 2_000_00000000, 8_050, 8_300, 10_500, 1_000),
    ("WBTC", 8, 43_000_00000000, 7_300, 7_800, 10_500, 1_500),
    ("DAI", 18, 1_00000000, 6_300, 7_700, 10_500, 0),
    ("wstETH", 18, 2_300_00000000, 7_850, 8_100, 10_600, 2_000),
    ("LINK", 12, 15_12345678, 5_300, 6_801, 10_700, 1_033),
    ("USDT", 6, 99_990_000, 7_499, 7_799, 10_450, 1_000),
    ("cheap", 18, 137, 4_000, 4_501, 11_000, 5_000),
]
# number, ltv, threshold, bonus, collateral members, borrowable members
CATEGORIES = [
    (1, 9_300, 9_500, 10_100, [0, 3, 6], [0, 3, 6]),
    (2, 9_200, 9_451, 10_100, [1, 4], [1]),
    (3, 8_500, 8_701, 10_300, [1, 2, 4], [0, 1, 2, 6]),
    (7, 9_001, 9_101, 10_200, [0, 5], [0, 1, 2, 3, 5]),
]


class Market:
    """The pool as its deployer sets it up, with one rich supplier in every reserve."""

    def __init__(self, chain):
        self.chain = chain
        self.deploy()
        self.tokens = [chain.deploy("MintableERC20", x[0], x[0], x[1]) for x in RESERVES]
        self.list_reserves()
        self.prices = [x[2] for x in RESERVES]
        for reserve, price in enumerate(self.prices):
            self.oracle.send("setAssetPrice", self.tokens[reserve].address, price)
        whale = Account(self, chain.account(2))
        for reserve, (_, decimals, price, *_) in enumerate(RESERVES):
            whale.supply(reserve, 10**8 * 10**8 * 10**decimals // price)

    def deploy(self):
        chain = self.chain
        self.provider = chain.deploy("PoolAddressesProvider", "bailiff", chain.owner)
        self.provider.send("setACLAdmin", chain.owner)
        roles = chain.deploy("ACLManager", self.provider.address)
        self.provider.send("setACLManager", roles.address)
        roles.send("addPoolAdmin", chain.owner)
        self.oracle = chain.deploy("PriceOracle")
        self.provider.send("setPriceOracle", self.oracle.address)
        self.provider.send("setPoolImpl", chain.deploy("PoolInstance", self.provider.address).address)
        self.provider.send("setPoolConfiguratorImpl", chain.deploy("PoolConfiguratorInstance").address)
        self.pool = chain.at("PoolInstance", self.provider.read("getPool"))
        self.configurator = chain.at("PoolConfiguratorInstance", self.provider.read("getPoolConfigurator"))

    def list_reserves(self):
        supplied = self.chain.deploy("ATokenInstance", self.pool.address).address
        owed = self.chain.deploy("VariableDebtTokenInstance", self.pool.address).address
        rates = self.chain.deploy("DefaultReserveInterestRateStrategyV2", self.provider.address).address
        treasury = self.chain.account(3)
        self.configurator.send("initReserves", [
            (supplied, owed, True, rates, token.address, treasury, NOBODY, "a", "a", "v", "v", b"", self.curve(i))
            for i, token in enumerate(self.tokens)])
        for token, (_, _, _, ltv, threshold, bonus, share) in zip(self.tokens, RESERVES):
            self.configurator.send("setReserveBorrowing", token.address, True)
            self.configurator.send("configureReserveAsCollateral", token.address, ltv, threshold, bonus)
            self.configurator.send("setReserveFactor", token.address, 1_500)
            self.configurator.send("setLiquidationProtocolFee", token.address, share)
        for number, ltv, threshold, bonus, collateral, borrowable in CATEGORIES:
            self.configurator.send("setEModeCategory", number, ltv, threshold, bonus, f"category {number}")
            for i in collateral:
                self.configurator.send("setAssetCollateralInEMode", self.tokens[i].address, number, True)
            for i in borrowable:
                self.configurator.send("setAssetBorrowableInEMode", self.tokens[i].address, number, True)
        found = [self.pool.read("getReserveData", token.address) for token in self.tokens]
        self.supplied = [self.chain.at("ATokenInstance", x[8]) for x in found]
        self.owed = [self.chain.at("VariableDebtTokenInstance", x[10]) for x in found]

    @staticmethod
    def curve(reserve):
        """A base rate of some per cent, so that indices move though little is borrowed."""
        return encode(["(uint16,uint32,uint32,uint32)"], [(8_000, 300 + 71 * reserve, 900, 6_000)])

    def reprice(self, generator, spread):
        for i, price in enumerate(self.prices):
            self.prices[i] = max(1, int(price * generator.lognormvariate(0, spread)))
            self.oracle.send("setAssetPrice", self.tokens[i].address, self.prices[i])

    def state(self):
        """What every reading of this moment shares."""
        reserves = [{
            "decimals": RESERVES[i][1], "threshold": RESERVES[i][4], "bonus": RESERVES[i][5],
            "fee": RESERVES[i][6], "price": str(self.prices[i]),
            "income": str(self.pool.read("getReserveNormalizedIncome", token.address)),
            "debt": str(self.pool.read("getReserveNormalizedVariableDebt", token.address)),
        } for i, token in enumerate(self.tokens)]
        categories = [{
            "number": number, "threshold": threshold, "bonus": bonus,
            "members": str(self.pool.read("getEModeCategoryCollateralBitmap", number)),
        } for number, _, threshold, bonus, *_ in CATEGORIES]
        return {"time": self.chain.time, "reserves": reserves, "categories": categories}


class Liquidator:
    """Rich in every token; what it does is undone, so that the next reading finds the account as it was."""

    def __init__(self, market):
        self.market = market
        self.address = market.chain.account(4)
        for token in market.tokens:
            token.send("mint", self.address, 10**40)
            token.send("approve", market.pool.address, EVERYTHING, sender=self.address)

    def tries(self, account, reading, generator):
        """One `liquidationCall` of a random pair and amount, and what it left; `None` where the pool refuses."""
        flags = int(reading["flags"])
        pairs = [(c, d) for c in range(len(RESERVES)) for d in range(len(RESERVES))
                 if c != d and flags >> 2 * c & 2 and flags >> 2 * d & 1]
        if not pairs:
            return None
        collateral, debt = generator.choice(pairs)
        owed = self.market.owed[debt].read("balanceOf", account.address)
        asked = generator.choice([EVERYTHING, owed, max(1, int(owed * generator.random())), 1])
        market = self.market
        before = self.balances(collateral, debt)
        checkpoint = market.chain.evm.snapshot()
        try:
            market.pool.send("liquidationCall", market.tokens[collateral].address, market.tokens[debt].address,
                             account.address, asked, False, sender=self.address)
        except RuntimeError:
            return None
        found = {
            "collateral": collateral, "debt": debt, "asked": str(min(asked, 2**128 - 1)),
            "before": before, "after": self.balances(collateral, debt),
            "flagsAfter": str(market.pool.read("getUserConfiguration", account.address)[0]),
            "scaledCollateralAfter": str(market.supplied[collateral].read("scaledBalanceOf", account.address)),
            "scaledDebtAfter": str(market.owed[debt].read("scaledBalanceOf", account.address)),
        }
        market.chain.evm.revert(checkpoint)
        return found


    def balances(self, collateral, debt):
        """The liquidator's tokens of both kinds, and the treasury's scaled share of the collateral's reserve."""
        market = self.market
        return {
            "collateral": str(market.tokens[collateral].read("balanceOf", self.address)),
            "debt": str(market.tokens[debt].read("balanceOf", self.address)),
            "treasury": str(market.supplied[collateral].read("scaledBalanceOf", market.chain.account(3))),
        }


class Account:
    """One who supplies and borrows. What the pool refuses is left out: the reading shows what came of it."""

    def __init__(self, market, address):
        self.market = market
        self.address = address

    def supply(self, reserve, amount):
        token = self.market.tokens[reserve]
        token.send("mint", self.address, amount)
        token.send("approve", self.market.pool.address, amount, sender=self.address)
        self.market.pool.send("supply", token.address, amount, self.address, 0, sender=self.address)

    def attempt(self, name, *arguments):
        try:
            self.market.pool.send(name, *arguments, sender=self.address)
            return True
        except RuntimeError:
            return False

    def open(self, generator):
        """One to four collaterals from dust to millions, a category at times, one to three debts up to the edge."""
        if generator.random() < 0.6:
            self.attempt("setUserEMode", generator.choice(CATEGORIES)[0])
        for reserve in generator.sample(range(len(RESERVES)), generator.randint(1, 4)):
            self.supply(reserve, self.worth(reserve, 10 ** generator.uniform(-1, 7)))
            if generator.random() < 0.15:
                self.flag(reserve, False)
        wanted = generator.randint(0, 3) if generator.random() < 0.9 else 0
        for reserve in generator.sample(range(len(RESERVES)), len(RESERVES)):
            if wanted == 0:
                break
            wanted -= self.borrow(reserve, generator.choice([0.001, 0.3, 0.6, 0.9, 0.999]))

    def flag(self, reserve, is_collateral):
        self.attempt("setUserUseReserveAsCollateral", self.market.tokens[reserve].address, is_collateral)

    def borrow(self, reserve, share):
        room = self.market.pool.read("getUserAccountData", self.address)[2] / 1e8
        amount = self.worth(reserve, room * share)
        return self.attempt("borrow", self.market.tokens[reserve].address, amount, 2, 0, self.address)

    def change(self, generator):
        """Something smaller, later: the pool may refuse it."""
        reserve = generator.randrange(len(RESERVES))
        what = generator.randrange(4)
        if what == 0:
            self.supply(reserve, self.worth(reserve, 10 ** generator.uniform(-1, 5)))
        elif what == 1:
            self.flag(reserve, generator.random() < 0.5)
        elif what == 2:
            self.borrow(reserve, generator.random())
        else:
            self.attempt("setUserEMode", generator.choice([0] + [x[0] for x in CATEGORIES]))

    def worth(self, reserve, dollars):
        unit = 10 ** RESERVES[reserve][1]
        return max(1, int(dollars * 1e8) * unit // self.market.prices[reserve])

    def reading(self):
        pool = self.market.pool
        collateral, debt, _, threshold, _, health = pool.read("getUserAccountData", self.address)
        return {
            "account": self.address,
            "category": pool.read("getUserEMode", self.address),
            "flags": str(pool.read("getUserConfiguration", self.address)[0]),
            "supplied": [str(x.read("scaledBalanceOf", self.address)) for x in self.market.supplied],
            "owed": [str(x.read("scaledBalanceOf", self.address)) for x in self.market.owed],
            "totalCollateralBase": str(collateral), "totalDebtBase": str(debt),
            "currentLiquidationThreshold": threshold, "healthFactor": str(health),
        }


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("wheel")
    parser.add_argument("out")
    parser.add_argument("--accounts", type=int, default=700)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    generator = random.Random(given.seed)
    chain = Chain(Artifacts(given.wheel, "eth_defi/abi/aave_v3"))
    market = Market(chain)
    accounts = []
    liquidator = Liquidator(market)
    below = liquidated = 0
    with open(given.out, "w") as out:
        while len(accounts) < given.accounts:
            for account in generator.sample(accounts, min(len(accounts), 10)):
                account.change(generator)
            opened = [Account(market, chain.account(1_000 + len(accounts) + i)) for i in range(50)]
            for account in opened:
                account.open(generator)
                chain.wait(generator.choice([1, 12, 3_600, 86_400]))
            accounts += opened
            # After every round: prices move a little or a lot, and days pass.
            for spread in (0.01, 0.1, 0.3):
                market.reprice(generator, spread)
                chain.wait(generator.randrange(1, 30 * 86_400))
                state = market.state()
                for account in accounts[-100:]:
                    reading = account.reading()
                    if int(reading["healthFactor"]) < 10**18:
                        below += 1
                        reading["liquidation"] = liquidator.tries(account, reading, generator)
                        liquidated += reading["liquidation"] is not None
                    out.write(json.dumps(state | reading, separators=(",", ":")) + "\n")
    print(f"{len(accounts)} accounts, {below} readings below 1, {liquidated} liquidations", file=sys.stderr)


if __name__ == "__main__":
    main()
