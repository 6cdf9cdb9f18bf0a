"""A chain in memory: compiled contracts out of a wheel, linked, deployed and called in a real EVM (revm)."""
import json
import zipfile

from eth_abi import decode, encode
from pyrevm import EVM, BlockEnv

GAS = 30_000_000


class Artifacts:
    """Compiled contracts in one folder of a wheel, by name: Foundry's artifacts, or Hardhat's, whose bytecode is text."""

    def __init__(self, wheel, folder):
        self.archive = zipfile.ZipFile(wheel)
        self.folder = folder
        self.known = {}

    def __getitem__(self, name):
        if name not in self.known:
            self.known[name] = json.loads(self.archive.read(f"{self.folder}/{name}.json"))
        return self.known[name]


class Chain:
    """Blocks that pass when told to. Every call is a transaction of its own that must succeed, or a view."""

    def __init__(self, artifacts):
        self.artifacts = artifacts
        self.evm = EVM()
        self.libraries = {}
        self.hasher = None
        self.time = 1_700_000_000
        self.number = 1
        self.owner = self.account(1)
        self.wait(0)

    @staticmethod
    def account(index):
        return "0x" + f"{0xACC0_0000_0000 + index:040x}"

    def wait(self, seconds):
        self.time += seconds
        self.number += 1
        self.evm.set_block_env(BlockEnv(number=self.number, timestamp=self.time))

    def keccak(self, text):
        """By the machine's own instruction: a contract that hashes what it is called with."""
        if self.hasher is None:
            code = bytes.fromhex("3660006000373660002060005260206000f3")
            header = bytes.fromhex("6012600c60003960126000f3")
            self.hasher = self.evm.deploy(self.owner, header + code, gas=GAS)
        return bytes(self.evm.message_call(self.owner, self.hasher, calldata=text.encode(), gas=GAS))

    def deploy(self, name, *arguments):
        """A contract at a new address; the libraries that it is linked with are deployed before it."""
        artifact = self.artifacts[name]
        code = bytes.fromhex(self.linked(artifact["bytecode"], artifact.get("linkReferences")))
        constructors = [x for x in artifact["abi"] if x["type"] == "constructor"]
        types = [kind(x) for x in constructors[0]["inputs"]] if constructors else []
        address = self.evm.deploy(self.owner, code + encode(types, arguments), gas=GAS)
        return Contract(self, name, address)

    def linked(self, bytecode, references):
        if isinstance(bytecode, str):
            assert not references, "a contract of Hardhat's with libraries"
            return bytecode.removeprefix("0x")
        text = bytecode["object"].removeprefix("0x")
        for file in bytecode["linkReferences"].values():
            for name, places in file.items():
                if name not in self.libraries:
                    self.libraries[name] = self.deploy(name).address
                for place in places:
                    start = 2 * place["start"]
                    text = text[:start] + self.libraries[name][2:].lower() + text[start + 2 * place["length"]:]
        return text

    def at(self, name, address):
        return Contract(self, name, address)


class Contract:
    """A deployed contract: `contract.send("name", ...)` changes state, `contract.read("name", ...)` does not."""

    def __init__(self, chain, name, address):
        self.chain = chain
        self.address = address
        artifact = chain.artifacts[name]
        self.functions = {signature(x): x for x in artifact["abi"] if x["type"] == "function"}
        self.selectors = artifact.get("methodIdentifiers") or {x: chain.keccak(x)[:4].hex() for x in self.functions}

    def send(self, name, *arguments, sender=None):
        return self.call(name, arguments, sender or self.chain.owner, False)

    def read(self, name, *arguments):
        return self.call(name, arguments, self.chain.owner, True)

    def call(self, name, arguments, sender, is_view):
        function = self.function(name, len(arguments))
        data = bytes.fromhex(self.selectors[signature(function)])
        data += encode([kind(x) for x in function["inputs"]], arguments)
        answer = self.chain.evm.message_call(sender, self.address, calldata=data, gas=GAS, is_static=is_view)
        values = decode([kind(x) for x in function["outputs"]], bytes(answer))
        return values[0] if len(values) == 1 else values

    def function(self, name, count):
        """By its name, or by its whole signature where the name is overloaded."""
        if name in self.functions:
            return self.functions[name]
        found = [x for x in self.functions.values() if x["name"] == name and len(x["inputs"]) == count]
        assert len(found) == 1, f"{name}: {len(found)} functions with {count} arguments"
        return found[0]


def kind(parameter):
    """The canonical type of a parameter: tuples spelled out."""
    if not parameter["type"].startswith("tuple"):
        return parameter["type"]
    inner = ",".join(kind(x) for x in parameter["components"])
    return f"({inner}){parameter['type'].removeprefix('tuple')}"


def signature(function):
    return f"{function['name']}({','.join(kind(x) for x in function['inputs'])})"
