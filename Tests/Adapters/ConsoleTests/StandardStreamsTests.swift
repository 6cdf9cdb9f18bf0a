import Foundation
import Testing

@testable import Console

@Suite struct StandardStreamsTests {
    @Test func `a text longer than a pipe arrives whole, also where writing does not wait`() {
        var pipe: [Int32] = [0, 0]
        #expect(Glibc.pipe(&pipe) == 0)
        let (reading, writing) = (pipe[0], pipe[1])
        _ = fcntl(writing, F_SETFL, O_NONBLOCK)
        let sent = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        Thread.detachNewThread {
            do throws(OutputFault) {
                try StandardStreams.write(sent, to: writing)
            } catch {
                Issue.record("\(error)")
            }
            close(writing)
        }
        #expect(Self.everything(from: reading) == sent)
        close(reading)
    }

    @Test func `a reader who left is told apart from a device that is full`() async {
        await #expect(processExitsWith: .exitCode(7)) {
            StopSignal.listen()
            var pipe: [Int32] = [0, 0]
            guard Glibc.pipe(&pipe) == 0 else { exit(1) }
            close(pipe[0])
            do throws(OutputFault) {
                try StandardStreams.write([1], to: pipe[1])
                exit(2)
            } catch {
                guard error.code == .readerLeft, error.number == EPIPE else { exit(3) }
            }
            do throws(OutputFault) {
                try StandardStreams.write([1], to: open("/dev/full", O_WRONLY))
                exit(4)
            } catch {
                exit(error.code == .cannotWrite && error.number == ENOSPC ? 7 : 5)
            }
        }
    }

    @Test func `what cannot be said on standard error is left out`() async {
        await #expect(processExitsWith: .exitCode(7)) {
            StopSignal.listen()
            close(STDERR_FILENO)
            StandardStreams.note("to nobody")
            exit(7)
        }
    }

    private static func everything(from descriptor: Int32) -> [UInt8] {
        var all: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 10_000)
        while true {
            let count = read(descriptor, &part, part.count)
            guard count > 0 else { return all }
            all += part.prefix(count)
            usleep(500)
        }
    }
}
