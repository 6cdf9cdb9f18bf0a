import Replay
import TapeCache
import Units

/// What runs of one compiled tape with the same chance have in common, so that only the first works it out: when ticks get to the
/// engine.
///
/// Nothing of it depends on what is tried, and nothing that is decided depends on it. Memory: some bytes for each 64 records
/// and for each block. One thread, one run at a time.
public final class TapeMemory {
    /// At the latest of each leaf.
    private var arrivals: ContiguousArray<Int64> = []
    /// How many were there at each moment that was asked about.
    private var parts: ContiguousArray<ReadyPart> = []
    private var next = 0
    private var key: UInt64?

    /// The ticks of a stretch that are there by then.
    struct ReadyPart {
        var asked: TickDelivery
        var by: Moment
        /// The first that is not.
        var end: Int
        /// When the last one was due.
        var due: Moment
    }

    private static let unknown = Int64.min

    public init() {}

    /// A run begins. What another chance drew is forgotten.
    func begin(_ random: PaperRandom) {
        next = 0
        guard key != random.key else { return }
        key = random.key
        arrivals = []
        parts = []
    }

    func reserve(leaves: Int) {
        if arrivals.count != leaves { arrivals = ContiguousArray(repeating: Self.unknown, count: leaves) }
    }

    subscript(leaf: Int) -> Moment? {
        get { arrivals[leaf] == Self.unknown ? nil : Moment(nanoseconds: arrivals[leaf]) }
        set { arrivals[leaf] = newValue?.nanoseconds ?? Self.unknown }
    }

    /// The answer of the run before, where it was asked the same at this point.
    func ready(_ asked: TickDelivery, by now: Moment) -> ReadyPart? {
        guard next < parts.count, parts[next].by == now, parts[next].asked == asked else { return nil }
        next += 1
        return parts[next - 1]
    }

    func note(_ part: ReadyPart) {
        parts.removeLast(parts.count - next)
        parts.append(part)
        next += 1
    }
}
