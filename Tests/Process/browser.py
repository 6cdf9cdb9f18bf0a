"""One headless browser for all pages of a run of tests. It is spoken to through a pipe, in the protocol of its own developer
tools: to start it takes longer than to look at a page, and a picture or a document can be asked for without a second visit."""
import atexit
import base64
import json
import os
import select
import shutil
import signal
import subprocess
import tempfile
import time

from harness import Failure, Skipped

WIDTH = 1200
SECONDS_MAX = 120


class Chromium:
    """A process, which ends with the tests. Commands are answered in order; what else it tells is kept as events."""

    running = None

    def __init__(self):
        self.profile = tempfile.mkdtemp(prefix="bailiff-browser-")
        (asked, self.ask), (self.told, tell) = os.pipe(), os.pipe()
        words = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
                 "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
                 f"--user-data-dir={self.profile}", "--host-resolver-rules=MAP * ~NOTFOUND", "--remote-debugging-pipe",
                 "about:blank"]

        def hand_over():
            # The protocol's numbers for its two ends; both pipes may already have one of them.
            reading, writing = os.dup(asked), os.dup(tell)
            os.dup2(reading, 3)
            os.dup2(writing, 4)

        self.child = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                      start_new_session=True, close_fds=False, preexec_fn=hand_over)
        os.close(asked)
        os.close(tell)
        self.buffer, self.events, self.number, self.session = b"", [], 0, None
        target = self.call("Target.getTargets")["targetInfos"]
        page = next(one["targetId"] for one in target if one["type"] == "page")
        self.session = self.call("Target.attachToTarget", targetId=page, flatten=True)["sessionId"]
        for name in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{name}.enable")

    @classmethod
    def shared(cls):
        if cls.running is None:
            try:
                cls.running = cls()
                atexit.register(cls.end)
            except (Failure, OSError) as error:
                raise Skipped(f"this machine's chromium does not run: {error}")
        return cls.running

    @classmethod
    def end(cls):
        browser, cls.running = cls.running, None
        if browser is None:
            return
        try:
            os.killpg(browser.child.pid, signal.SIGKILL)  # The browser and its own children: a session of their own.
        except ProcessLookupError:
            pass
        browser.child.wait()
        os.close(browser.ask)
        os.close(browser.told)
        shutil.rmtree(browser.profile, ignore_errors=True)

    def call(self, method, **params):
        self.number += 1
        message = {"id": self.number, "method": method, "params": params}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.ask, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.next()
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise Failure(f"{method}: {answer['error']}")
                return answer["result"]
            self.events.append(answer)

    def next(self):
        deadline = time.monotonic() + SECONDS_MAX
        while b"\0" not in self.buffer:
            if not select.select([self.told], [], [], max(0, deadline - time.monotonic()))[0]:
                raise Failure(f"the browser says nothing for {SECONDS_MAX} s")
            part = os.read(self.told, 1 << 20)
            if not part:
                raise Failure(f"the browser ended: exit code {self.child.wait()}")
            self.buffer += part
        message, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(message)

    def evaluate(self, text):
        answer = self.call("Runtime.evaluate", expression=text, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in answer:
            raise Failure(f"{text[:60]}: {answer['exceptionDetails']}")
        return answer["result"].get("value")

    def resize(self, height):
        self.call("Emulation.setDeviceMetricsOverride", width=WIDTH, height=height, deviceScaleFactor=1, mobile=False)

    def visit(self, page, height, dark):
        """Loads the page anew, and waits until its scripts are through and it has been painted."""
        self.resize(height)
        self.call("Emulation.setEmulatedMedia",
                  features=[{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])
        self.call("Page.navigate", url="about:blank")
        self.wait_for("Page.loadEventFired")
        self.events.clear()
        self.call("Page.navigate", url=page)
        self.wait_for("Page.loadEventFired")
        self.settle()

    def settle(self):
        self.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50))))")

    def wait_for(self, method):
        for place, event in enumerate(self.events):
            if event.get("method") == method:
                del self.events[place]
                return
        while True:
            event = self.next()
            if event.get("method") == method:
                return
            self.events.append(event)


class Browser:
    """One visit: the page as it stands after its scripts, a picture, what the console said, what was asked for."""

    def __init__(self, folder, page, height=800, dark=False):
        self.chromium = Chromium.shared()
        self.picture = folder.path / "page.png"
        self.address = page.as_uri()
        self.chromium.visit(self.address, height, dark)

    @property
    def dom(self):
        return self.chromium.evaluate("document.documentElement.outerHTML")

    def paint(self):
        """The picture of the window as it is now."""
        data = self.chromium.call("Page.captureScreenshot", format="png", optimizeForSpeed=True)["data"]
        self.picture.write_bytes(base64.b64decode(data))
        return self.picture

    @property
    def console(self):
        """What the page complained of: its scripts, and the browser about it."""
        said = []
        for event in self.chromium.events:
            params = event.get("params", {})
            if event.get("method") == "Runtime.consoleAPICalled":
                said.append(" ".join(str(one.get("value", one)) for one in params["args"]))
            elif event.get("method") == "Runtime.exceptionThrown":
                said.append(str(params["exceptionDetails"]))
            elif event.get("method") == "Log.entryAdded":
                said.append(params["entry"]["text"])
        return said

    @property
    def requests(self):
        """Addresses that the page asked for, but for its own."""
        found = {event["params"]["request"]["url"] for event in self.chromium.events
                 if event.get("method") == "Network.requestWillBeSent"}
        return sorted(found - {self.address})
