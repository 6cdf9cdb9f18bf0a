"""The program that plays trials, as a child of the worker; and the two ways in which things go wrong."""
from __future__ import annotations

import contextlib
import json
import subprocess
import threading
from collections.abc import Callable
from typing import Any

BAD_DATA = 65


class Leave(Exception):
    """This worker has to end, with this code."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code


class Failed(Exception):
    """A trial has no value. Bad parameters stay bad; what a dead program did not finish may be tried again."""

    def __init__(self, message: str, code: int) -> None:
        super().__init__(message)
        self.code = code
        self.is_retriable = code != BAD_DATA


class Program:
    """`bailiff trial --serve`. It never outlives its worker: the kernel kills it when the thread that started it is gone, however
    that came (PR_SET_PDEATHSIG, set by setpriv before the program begins), and it ends by itself at the end of its input."""

    def __init__(self, words: list[str], seconds_max: float) -> None:
        self.words = words
        self.seconds_max = seconds_max
        self.child: subprocess.Popen[str] | None = None

    def start(self) -> dict[str, Any]:
        """Returns the line that says what results depend on."""
        try:
            self.child = subprocess.Popen(
                ["setpriv", "--pdeathsig", "KILL", "--", *self.words], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                text=True, bufsize=1)
        except OSError as error:
            raise Leave(69, f"setpriv: {error}") from error
        ready = self.hear()
        if ready is None:
            code = self.child.wait()
            self.child = None
            raise Leave(code if 64 <= code <= 78 else 69, f"{self.words[0]} did not start: code {code}")
        return ready

    def ask(self, question: dict[str, Any], told: Callable[[dict[str, Any]], str | None]) -> dict[str, Any]:
        """The result of one trial. Each fold is told, and answered where that returns a word."""
        assert self.child
        clock = threading.Timer(self.seconds_max, self.child.kill)
        clock.start()
        try:
            self.say(json.dumps(question))
            while (event := self.hear()) is not None:
                if event["ev"] == "result":
                    return event
                if event["ev"] == "error":
                    raise Failed(event["message"], event["code"])
                answer = told(event)
                if answer:
                    self.say(answer)
        except Failed:
            raise
        except BaseException:  # Broken off: what the program still says of this trial belongs to no other.
            self.end()
            raise
        finally:
            clock.cancel()
        raise Failed(f"{self.words[0]} died with code {self.end()}", 70)

    def say(self, line: str) -> None:
        assert self.child and self.child.stdin
        with contextlib.suppress(BrokenPipeError):  # That it is dead is seen by who listens next.
            self.child.stdin.write(line + "\n")
            self.child.stdin.flush()

    def hear(self) -> dict[str, Any] | None:
        """`None` when it is dead. Half a line was its last."""
        assert self.child and self.child.stdout
        line = self.child.stdout.readline()
        return json.loads(line) if line.endswith("\n") else None

    def kill(self) -> None:
        """Whoever listens sees it dead."""
        if self.child:
            self.child.kill()

    def end(self) -> int | None:
        child, self.child = self.child, None
        if child is None:
            return None
        child.kill()
        return child.wait()
