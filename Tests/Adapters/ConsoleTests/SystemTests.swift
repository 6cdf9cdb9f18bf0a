import Console
import Glibc
import Testing
import Units

@Suite struct ClockTests {
    @Test func `the monotonic clock goes on, and the wall clock is in this century`() {
        let before = Clock.monotonic
        usleep(1_000)
        #expect(Clock.monotonic - before >= .milliseconds(1))
        #expect(Clock.wall > Moment(nanoseconds: 1_700_000_000_000_000_000))
    }
}

/// In processes of their own: signals are process-wide.
@Suite struct StopSignalTests {
    @Test(arguments: [SIGINT, SIGTERM])
    func `a signal raises the flag and the process goes on`(number: Int32) async {
        await #expect(processExitsWith: .exitCode(7)) { [number = number as Int32] in
            StopSignal.listen()
            guard !StopSignal.isRaised else { exit(1) }
            kill(getpid(), number)
            guard waitForSignal() else { exit(2) }
            exit(7)
        }
    }

    @Test func `a second signal ends the process at once`() async {
        await #expect(processExitsWith: .exitCode(128 + SIGTERM)) {
            StopSignal.listen()
            kill(getpid(), SIGTERM)
            // Two pending signals would be one.
            guard waitForSignal() else { exit(2) }
            kill(getpid(), SIGTERM)
            usleep(2_000_000)
            exit(7)
        }
    }

    @Test func `a peer that hangs up is no end`() async {
        await #expect(processExitsWith: .exitCode(7)) {
            StopSignal.listen()
            var pipe: [Int32] = [0, 0]
            guard Glibc.pipe(&pipe) == 0 else { exit(1) }
            close(pipe[0])
            exit(write(pipe[1], "x", 1) == -1 ? 7 : 2)
        }
    }
}

/// The system's thread pool blocks signals, so the main thread takes them, in its own time.
private func waitForSignal() -> Bool {
    for _ in 0..<2_000 where !StopSignal.isRaised { usleep(1_000) }
    return StopSignal.isRaised
}
