#!/usr/bin/env python3
"""P6: how many events a second are replayed, by us from a compiled tape and by two backtesters from PyPI, in one run.

What each does per event is not the same, and this is what the figures mean:
  bailiff       a price of one of eight reserves: 5,000 borrowing accounts are kept in order of distance to liquidation, those
                that the price can reach are judged by the venue's integers, what follows is decided and logged. Of a stretch
                of prices in which it is proved that nobody can cross only the last ones are looked at; with --every-tick each
                one is, and both decide the same, to the hash (checked here)
  hftbacktest   a best bid or ask of one of eight instruments, as many as our tape has: the instrument's book is updated, a
                compiled (numba) loop is woken for each. Beside it the same of one instrument alone, which spares it looking for
                whose event is next; and of a million, which fit a cache better
  nautilus      a quote of one instrument: the simulated exchange and the cache are updated, a strategy that counts is called

usage: bench_replay.py --bailiff .build/release/bailiff [--block-ticks 1400] [--nautilus-events N]
All are given as many events as our tape has. nautilus keeps them in memory as objects, some gigabytes for ten million: where that is too
much, --nautilus-events gives it fewer, and the line says how many.
Needs: pip install hftbacktest nautilus_trader (in the interpreter that runs this); a peer that is not there is said to be missing.
"""
import argparse
import importlib.util
import json
import pathlib
import subprocess
import tempfile
import time


def bailiff(binary, ticks, recipe):
    with tempfile.TemporaryDirectory() as folder:
        tape, cache = pathlib.Path(folder, "day.mcap"), pathlib.Path(folder, "day.cache")
        make = [binary, "tape", "generate", "--recipe", recipe, "--hours", "24", "--accounts", "3000", "--safe-accounts",
                "2000", "--ticks", str(ticks), "--out", tape]
        subprocess.run(make, check=True, capture_output=True)
        subprocess.run([binary, "tape", "compile", tape, "--out", cache], check=True, capture_output=True)
        done = [json.loads(subprocess.run([binary, "replay", *words, "--json"], check=True, capture_output=True).stdout)
                for words in ([cache], [cache], [cache, "--every-tick"], [tape])]
        expect = {report["hash"] for report in done}
        if len(expect) != 1:
            raise SystemExit(f"tape and cache decide differently: {expect}")
        rates = [report["framesPerSecond"] for report in done]
        return done[0]["frames"], max(rates[:2]), rates[2], rates[3], own_memory([binary, "replay", cache, "--json"])


def own_memory(words):
    """Memory that is the process's own, in MiB, through a replay: after a tenth of its time, and the most from then on. The compiled
    tape is mapped: its pages are the system's to keep or to drop."""
    seen = []
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as child:
        while child.poll() is None:
            try:
                lines = pathlib.Path(f"/proc/{child.pid}/status").read_text().splitlines()
                seen += [int(line.split()[1]) / 1024 for line in lines if line.startswith("RssAnon")]
            except FileNotFoundError:
                break
            time.sleep(0.002)
    if len(seen) < 10:
        raise SystemExit(f"a replay of {len(seen)} samples is too short to be watched")
    rest = seen[len(seen) // 10:]
    return rest[0], max(rest)


INSTRUMENTS = 8


def hftbacktest(count, instruments):
    import numpy as np
    from hftbacktest import (
        BUY_EVENT, DEPTH_EVENT, EXCH_EVENT, LOCAL_EVENT, SELL_EVENT, BacktestAsset, HashMapMarketDepthBacktest)
    from hftbacktest.types import event_dtype
    from numba import njit

    def events(count, instrument):
        """Of one instrument; those of all come in turn, a millisecond apart."""
        rows = np.zeros(count, event_dtype)
        number = np.arange(count)
        side = np.where(number % 2 == 0, BUY_EVENT, SELL_EVENT)
        rows["ev"] = side | DEPTH_EVENT | EXCH_EVENT | LOCAL_EVENT
        rows["exch_ts"] = rows["local_ts"] = 1_000_000_000 + (number * instruments + instrument) * 1_000_000
        drift = np.random.default_rng(instrument + 1).integers(-5, 6, count) * 0.01
        rows["px"] = np.round(1_000 + drift + np.where(number % 2 == 0, -1, 1), 2)
        rows["qty"] = 1.0
        return rows

    @njit
    def play(test):
        seen = 0
        while test.wait_next_feed(False, 10_000_000_000_000) == 2:
            seen += 1
        return seen

    def run(count):
        rows = [events(count // instruments, instrument) for instrument in range(instruments)]  # It keeps only their addresses.
        test = HashMapMarketDepthBacktest([
            BacktestAsset().data(rows[instrument]).linear_asset(1.0)
            .constant_order_latency(1_000_000, 1_000_000).risk_adverse_queue_model().no_partial_fill_exchange()
            .trading_value_fee_model(0.0, 0.0).tick_size(0.01).lot_size(0.001) for instrument in range(instruments)])
        start = time.perf_counter()
        seen = play(test)
        took = time.perf_counter() - start
        test.close()
        return seen, took

    run(1_000 * instruments)  # Compiles.
    seen, took = min((run(count) for _ in range(3)), key=lambda it: it[1])
    if seen < count * 0.99:
        raise SystemExit(f"hftbacktest saw {seen} of {count} events")
    return seen / took


def nautilus(count):
    from nautilus_trader.backtest.config import BacktestEngineConfig
    from nautilus_trader.backtest.engine import BacktestEngine
    from nautilus_trader.config import LoggingConfig
    from nautilus_trader.model.currencies import USDT
    from nautilus_trader.model.data import QuoteTick
    from nautilus_trader.model.enums import AccountType, OmsType
    from nautilus_trader.model.identifiers import Venue
    from nautilus_trader.model.objects import Money, Price, Quantity
    from nautilus_trader.test_kit.providers import TestInstrumentProvider
    from nautilus_trader.trading.strategy import Strategy

    instrument = TestInstrumentProvider.ethusdt_binance()

    class Counter(Strategy):
        seen = 0

        def on_start(self):
            self.subscribe_quote_ticks(instrument.id)

        def on_quote_tick(self, tick):
            self.seen += 1

    size = Quantity(1, instrument.size_precision)
    prices = [(Price(1_000 + step * 0.01, 2), Price(1_001 + step * 0.01, 2)) for step in range(11)]
    ticks = [QuoteTick(instrument.id, *prices[n * 7 % 11], size, size, n * 1_000_000, n * 1_000_000)
             for n in range(1, count + 1)]
    engine = BacktestEngine(BacktestEngineConfig(logging=LoggingConfig(bypass_logging=True)))
    engine.add_venue(
        Venue("BINANCE"), OmsType.NETTING, AccountType.MARGIN, [Money(1_000_000, USDT)], base_currency=None)
    engine.add_instrument(instrument)
    counter = Counter()
    engine.add_strategy(counter)
    engine.add_data(ticks)
    start = time.perf_counter()
    engine.run()
    took = time.perf_counter() - start
    if counter.seen < count:
        raise SystemExit(f"nautilus saw {counter.seen} of {count} events")
    engine.dispose()
    return counter.seen / took


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--bailiff", required=True)
    words.add_argument("--block-ticks", type=int, default=1_400)
    words.add_argument("--nautilus-events", type=int, help="default: as many as the tape has")
    given = words.parse_args()
    ours = {}
    for recipe in ("crash", "calm"):
        frames, ours[recipe], each, from_tape, memory = bailiff(given.bailiff, given.block_ticks, recipe)
        print(f"P6   bailiff, {recipe} of {frames:,} messages: {ours[recipe] / 1e6:.2f} M/s from the cache "
              f"(goal >= 10), {each / 1e6:.2f} M/s tick by tick, {from_tape / 1e6:.2f} M/s from the tape; own memory "
              f"{memory[0]:.0f} MiB after a tenth, {memory[1]:.0f} at most", flush=True)
    quotes = given.nautilus_events or frames
    for peer, package, words, goal in [
            (lambda: hftbacktest(frames, INSTRUMENTS), "hftbacktest", f"{frames:,} events of {INSTRUMENTS} instruments", 5),
            (lambda: hftbacktest(frames, 1), "hftbacktest", f"{frames:,} of one", None),
            (lambda: hftbacktest(1_000_000, 1), "hftbacktest", "1,000,000 of one", None),
            (lambda: nautilus(quotes), "nautilus_trader", f"{quotes:,} of one", 5)]:
        if importlib.util.find_spec(package) is None:
            print(f"P6   {package}: not installed", flush=True)
            continue
        rate = peer()
        print(f"P6   {package}, {words}: {rate / 1e6:.2f} M/s; ours over it: crash {ours['crash'] / rate:.2f}, calm "
              f"{ours['calm'] / rate:.2f}" + (f" (goal >= {goal})" if goal else ""), flush=True)


if __name__ == "__main__":
    main()
