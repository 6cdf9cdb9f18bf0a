"""The release build of bailiff-bench as a function: lines of points in, doubles out, as bits on both ways."""
import pathlib
import struct
import subprocess

TOOL = pathlib.Path(__file__).resolve().parents[2] / ".build/release/bailiff-bench"
SECONDS_MAX = 120


def bits(x):
    return struct.pack(">d", x).hex()


def double(word):
    if isinstance(word, int):
        return struct.unpack(">d", word.to_bytes(8, "big"))[0]
    return struct.unpack(">d", bytes.fromhex(word))[0]


def ask(command, lines):
    """A list of doubles for every line."""
    done = subprocess.run(
        [TOOL, command], input="".join(line + "\n" for line in lines), capture_output=True, text=True,
        timeout=SECONDS_MAX, check=True)
    return [[double(word) for word in line.split()] for line in done.stdout.splitlines()]
