#!/usr/bin/env python3
"""A bidding model in the fewest lines: takes every bid that Bailiff would make itself. docs/bidding/model-protocol.md has the words."""
import json
import sys


def say(**fields):
    print(json.dumps(fields), flush=True)


say(type="hello", protocol=1, name="echo")
for line in sys.stdin:
    message = json.loads(line)
    if message["type"] == "request":
        say(type="bid", id=message["id"], repay=message["repay"], reason="as proposed")
