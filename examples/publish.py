#!/usr/bin/env python3
"""A publisher in about ten lines: publish.py tcp://127.0.0.1:5556 100

Sends one market with one account as a snapshot, then lets the price of its collateral fall, tick by tick.
Needs pyzmq. The whole contract is in config/schema/feed.asyncapi.yaml.
"""
import json, sys, time
import zmq

endpoint, count = sys.argv[1], int(sys.argv[2])
socket = zmq.Context().socket(zmq.XPUB)  # like PUB, and tells us who subscribes
socket.bind(endpoint)
socket.recv()  # wait for the first subscriber: what is sent before it listens is lost
epoch, sequence = time.time_ns(), 0  # a higher epoch after every start; sequence numbers count from 1 within it


def send(*records, **marks):
    global sequence
    sequence += 1  # one more with every message: this is how a subscriber notices that it missed something
    body = {"publisher": "example", "stream": "all", "epoch": epoch, "sequence": sequence,
            "published_ns": time.time_ns(), "records": records, **marks}
    socket.send_multipart([b"example.all", json.dumps(body).encode()])  # two frames: topic, body


def price(asset, value):  # the price of one whole token, as the market's oracle counts; big numbers are strings
    return {"type": "price", "market": "demo", "asset": asset, "price": str(value)}


def reserve(asset, decimals):  # thresholds and bonuses in basis points: 10500 is a bonus of 5 %
    return {"type": "reserve", "market": "demo", "asset": asset, "decimals": decimals, "liquidation_threshold_bps": 8250,
            "liquidation_bonus_bps": 10500, "protocol_fee_bps": 0, "scale_ppm": 2500}


# The snapshot: all that exists. Definitions first, then prices, then accounts with their balances in smallest units.
send({"type": "market", "market": "demo", "rules": "aave-2", "close_factor_bps": 5000, "cash": "USDC", "native": "WETH",
      "flash_loan_fee_bps": 9},
     reserve("WETH", 18), reserve("USDC", 6), price("WETH", 10**18), price("USDC", 10**15),
     {"type": "pool", "market": "demo", "asset": "WETH", "asset_reserve": str(10**22), "cash_reserve": str(10**13),
      "fee_bps": 30},  # where the collateral can be sold: 10 000 WETH against 10 million USDC
     {"type": "gas", "market": "demo", "base_fee": str(10**9), "priority_fee_p50": "1", "priority_fee_p90": "2"},
     {"type": "block", "market": "demo", "number": 1, "timestamp_ns": time.time_ns()},
     {"type": "account", "market": "demo", "account": "0xabc", "version": 1,
      "positions": [{"asset": "WETH", "collateral": str(10**18)}, {"asset": "USDC", "debt": str(800 * 10**6)}]},
     snapshot="only")
for tick in range(1, count + 1):  # 0.1 % down with each tick: after thirty-one the account can be liquidated
    send(price("WETH", max(10**18 - tick * 10**15, 10**17)),
         {"type": "block", "market": "demo", "number": 1 + tick, "timestamp_ns": time.time_ns()})
    time.sleep(0.01)
socket.close(linger=1000)  # let the last messages leave
