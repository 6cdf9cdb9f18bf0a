#!/usr/bin/env python3
"""Checks the published feed contract against itself.

Every example validates, every damaged one does not, and the examples that the Swift tests read are current.
With --write the examples file is written anew. Needs PyYAML and jsonschema.
"""
import copy
import json
import pathlib
import re
import sys

import jsonschema
import yaml

ROOT = pathlib.Path(__file__).resolve().parent.parent
CONTRACT = ROOT / "config/schema/feed.asyncapi.yaml"
PARAMETERS = ROOT / "Sources/Core/Domain/MarginParameter.swift"
GOLDEN = ROOT / "Tests/Wire/FeedProtocolTests/Golden/examples.jsonl"

# (name of the example, position of the record or None for the envelope, key, wrong value; DROP removes the key)
DROP = object()
WRONG = [
    ("snapshot begins", None, "publisher", "venue.1"),
    ("snapshot begins", None, "publisher", ""),
    ("snapshot begins", None, "stream", "two words"),
    ("snapshot begins", None, "stream", DROP),
    ("snapshot begins", None, "epoch", -1),
    ("snapshot begins", None, "epoch", "1e3"),
    ("snapshot begins", None, "sequence", 1.5),
    ("snapshot begins", None, "sequence", DROP),
    ("snapshot begins", None, "published_ns", 2**63),
    ("snapshot begins", None, "snapshot", "all"),
    ("snapshot begins", None, "records", {}),
    ("snapshot begins", None, "records", [{"type": "heartbeat"}] * 4097),
    ("snapshot begins", 0, "rules", DROP),
    ("snapshot begins", 0, "close_factor_bps", 10001),
    ("snapshot begins", 0, "cash", 'a"b'),
    ("snapshot begins", 1, "decimals", 0),
    ("snapshot begins", 1, "decimals", 37),
    ("snapshot begins", 1, "liquidation_bonus_bps", 9999),
    ("snapshot begins", 1, "liquidation_bonus_bps", 0),
    ("snapshot begins", 1, "liquidation_bonus_bps", 20001),
    ("snapshot begins", 1, "scale_ppm", 0),
    ("snapshot begins", 4, "price", "0"),
    ("snapshot begins", 4, "price", 0),
    ("snapshot begins", 4, "price", "-1"),
    ("snapshot begins", 4, "price", "+1"),
    ("snapshot begins", 4, "price", ""),
    ("snapshot begins", 4, "price", "1.5"),
    ("snapshot begins", 4, "price", 1.5),
    ("snapshot begins", 4, "price", "1" * 40),
    ("snapshot begins", 4, "price", None),
    ("snapshot begins", 4, "asset", "x" * 65),
    ("snapshot begins", 6, "supply_index", "0"),
    ("snapshot begins", 6, "borrow_index", "1" + "0" * 35 + "10"),
    ("snapshot begins", 7, "cash_reserve", "0"),
    ("snapshot begins", 7, "fee_bps", 10000),
    ("other models", 0, "tags", "us"),
    ("other models", 0, "tags", ["two words"]),
    ("other models", 3, "values", {"maintenence_margin": "5"}),
    ("other models", 3, "values", {"maintenance_margin": "5.5"}),
    ("other models", 4, "tiers", [{"floor": "0"}]),
    ("other models", 4, "tiers", DROP),
    ("other models", 5, "cumulative", "--5"),
    ("other models", 5, "cumulative", 1.5),
    ("other models", 6, "index", "0"),
    ("other models", 7, "underlying", DROP),
    ("other models", 8, "kind", "Call"),
    ("other models", 8, "strike", "0"),
    ("other models", 9, "at_the_money", 0),
    ("other models", 10, "assets", -1),
    ("other models", 11, "collateral_factor", "-5"),
    ("other models", 12, "category", 0),
    ("other models", 12, "members", DROP),
    ("other models", 13, "category", 256),
    ("other models", 14, "positions", [{"asset": "PERP", "liquidation": "under", "level": "5"}]),
    ("other models", 14, "proof", "0"),
    ("snapshot ends", 0, "version", -3),
    ("snapshot ends", 0, "positions", DROP),
    ("snapshot ends", 0, "positions", [{"asset": "WETH", "debt": -1}]),
    ("snapshot ends", 0, "positions", [{"debt": 1}]),
    ("snapshot ends", 0, "account", "a\nb"),
    ("snapshot ends", 2, "base_fee", 1e30),
    ("snapshot ends", 3, "number", DROP),
    ("depth", 0, "venue", DROP),
    ("depth", 0, "model", "pools"),
    ("depth", 0, "fee_bps", 10000),
    ("depth", 0, "against_reserve", "0"),
    ("depth", 1, "root_price", "-1"),
    ("depth", 1, "tick", 887273),
    ("depth", 1, "asset_token", 2),
    ("depth", 1, "spacing", 0),
    ("depth", 1, "ticks", [{"tick": 0}]),
    ("depth", 1, "ticks", [{"tick": 0, "net": "0"}] * 513),
    ("depth", 2, "asks", DROP),
    ("depth", 2, "bids", [{"price": "0", "size": "1"}]),
    ("depth", 2, "bids", [{"price": "1", "size": "1"}] * 257),
    ("depth", 2, "fee_pips", 1000000),
    ("depth", 4, "l1_rule", "granite"),
    ("depth", 4, "l1_base_fee", DROP),
    ("depth", 4, "l1_base_fee_scalar", 4294967296),
    ("position", 0, "asset", DROP),
    ("position", 0, "version", DROP),
    ("position", 0, "collateral", True),
]


def damaged(payload, record, key, value):
    result = copy.deepcopy(payload)
    place = result if record is None else result["records"][record]
    if value is DROP:
        del place[key]
    else:
        place[key] = value
    return result


def main():
    contract = yaml.safe_load(CONTRACT.read_text(encoding="utf-8"))
    message = contract["components"]["messages"]["batch"]
    examples = {example["name"]: example["payload"] for example in message["examples"]}
    schema = {"components": contract["components"], **message["payload"]}
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    results = []

    for name, payload in examples.items():
        errors = [error.message for error in validator.iter_errors(payload)]
        results.append((f"example '{name}' is valid {errors[:1]}", not errors))
    for name, record, key, value in WRONG:
        wrong = damaged(examples[name], record, key, value)
        shown = "absent" if value is DROP else repr(value)[:40]
        results.append((f"'{name}' record {record}: {key} {shown} is refused", not validator.is_valid(wrong)))
    kinds = {record["type"] for payload in examples.values() for record in payload["records"]}
    known = {ref["$ref"].rsplit("/", 1)[1] for ref in contract["components"]["schemas"]["record"]["oneOf"]}
    results.append((f"every kind of record has an example, missing {known - kinds}", kinds == known))

    named = set(re.findall(r'case \.\w+: "(\w+)"', PARAMETERS.read_text(encoding="utf-8")))
    published = set(contract["components"]["schemas"]["parameters"]["properties"]["values"]["properties"])
    results.append((f"the parameters are those that the decoder knows, other: {named ^ published}", named == published))

    lines = "".join(json.dumps(payload, separators=(",", ":")) + "\n" for payload in examples.values())
    if "--write" in sys.argv[1:]:
        GOLDEN.write_text(lines, encoding="utf-8")
    current = GOLDEN.exists() and GOLDEN.read_text(encoding="utf-8") == lines
    results.append(("the examples for the Swift tests are current (else run with --write)", current))

    failed = [what for what, passed in results if not passed]
    for what in failed:
        print(f"FAILED {what}")
    print(f"{len(results) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
