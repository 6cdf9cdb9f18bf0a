import Console
public import Desk
import Foundation
import MCAP
import Synchronization
import Tape
import TapeContent
import Units

/// Writes a running bot's own tape, on a thread of its own: what the bot posts into the queue goes to files.
///
/// When the device fails the run goes on without its tape: what comes after is counted as left off, and the failure is told. Example:
/// `let recorder = try RunRecorder(options, queue)`, `recorder.start(telling: status)`, and behind the run `recorder.finish()`.
public final class RunRecorder: Sendable {
    private let queue: TapeQueue
    private let series: Mutex<TapeSeries?>
    private let counts: Mutex<TapeCounts>
    private let stop = StopFlag()
    private let hasEnded = StopFlag()

    private static let pauseMicroseconds: UInt32 = 20_000
    private static let finishSecondsMax = 30

    public init(_ options: RecorderOptions, _ queue: TapeQueue) throws {
        self.queue = queue
        let first = try TapeSeries(options, at: Clock.monotonic, wall: Clock.wall)
        var counts = TapeCounts()
        counts.files = first.paths
        self.counts = Mutex(counts)
        series = Mutex(first)
    }

    /// Begins to write. The counts are shown in the status as they grow.
    public func start(telling status: BotStatus) {
        let thread = Thread { [self] in
            run(telling: status)
            hasEnded.raise()
        }
        thread.name = "tape"
        thread.start()
    }

    /// Writes what is left and ends the tape. Nobody may post any more.
    public func finish() -> TapeCounts {
        stop.raise()
        for _ in 0..<Self.finishSecondsMax * 100 where !hasEnded.isRaised { usleep(10_000) }
        return counts.withLock { $0 }
    }

    private func run(telling status: BotStatus) {
        // The writer's own from here on.
        guard var open = series.withLock({ $0.take() }) else { return }
        var told = counts.withLock { $0 }
        var batch = queue.makeBatch()
        var isLast = false
        while !isLast {
            isLast = stop.isRaised
            queue.take(into: &batch)
            let wasWaiting = told.queueDepth > 0
            told.note(depth: batch.count)
            write(batch, to: &open, &told)
            if !batch.isEmpty || wasWaiting { show(told, status) }
            if !isLast { usleep(Self.pauseMicroseconds) }
        }
        if told.failure == nil {
            do { told.bytes = try open.finish(Self.words(told)) } catch { told.failure = "\(error)" }
        }
        show(told, status)
    }

    private func write(_ batch: TapeBatch, to series: inout TapeSeries, _ told: inout TapeCounts) {
        guard told.failure == nil else { return told.lose(batch) }
        batch.write(to: &series.file.tape)
        told.add(batch)
        let (now, soFar) = (Clock.monotonic, told)
        do {
            try series.file.flush(at: now)
            try series.rotateIfDue(at: now, wall: Clock.wall) { Self.words(soFar) }
        } catch {
            told.failure = "\(error)"
        }
        told.bytes = series.bytes
        told.files = series.paths
    }

    private func show(_ told: TapeCounts, _ status: BotStatus) {
        counts.withLock { $0 = told }
        status.update { $0.tape = told }
    }

    /// The counts at the end of a file, since the start of the run. Metadata `bailiff.end`.
    private static func words(_ counts: TapeCounts) -> MCAPMetadata {
        var values = [
            "frames": "\(counts.frames)", "left_off": "\(counts.leftOff)", "gaps": "\(counts.gaps)",
            "stopped_ns": "\(Clock.wall.nanoseconds)",
        ]
        for (channel, count) in counts.entries { values[channel] = "\(count)" }
        return MCAPMetadata(name: "bailiff.end", values: values)
    }
}
