import Replay
import TapeCache
import Units

/// What runs of one compiled tape with the same chance have in common, so that only the first works it out: when ticks get to the
/// engine, and in which of them accounts at the edge move.
///
/// Nothing of it depends on what is tried, and nothing that is decided depends on it. Memory: some bytes for each 64 records,
/// for each block, and for each tick in which somebody moves. One thread, one run at a time.
public final class TapeMemory {
    /// At the latest of each leaf.
    private var arrivals: ContiguousArray<Int64> = []
    /// How many were there at each moment that was asked about.
    private var parts: ContiguousArray<ReadyPart> = []
    private var next = 0
    /// When the last tick of each part that the venue received got there.
    private var latest: ContiguousArray<(part: TickDelivery, at: Moment)> = []
    private var nextReceived = 0
    /// When ticks that somebody moved in were due, by record.
    private var dues: [Int: Int64] = [:]
    let engineWalks = WalkMemory()
    let worldWalks = WalkMemory()
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
    private static let duesMax = 1 << 20

    public init() {}

    /// How many walks through parts of stretches did not have to be walked again.
    public var recalled: UInt64 { engineWalks.recalled + worldWalks.recalled }

    /// A run begins. What another chance drew is forgotten.
    func begin(_ random: PaperRandom) {
        (next, nextReceived) = (0, 0)
        engineWalks.begin()
        worldWalks.begin()
        guard key != random.key else { return }
        key = random.key
        arrivals = []
        parts = []
        latest = []
        dues = [:]
        engineWalks.forget()
        worldWalks.forget()
    }

    func reserve(leaves: Int) {
        if arrivals.count != leaves { arrivals = ContiguousArray(repeating: Self.unknown, count: leaves) }
    }

    subscript(leaf: Int) -> Moment? {
        get { arrivals[leaf] == Self.unknown ? nil : Moment(nanoseconds: arrivals[leaf]) }
        set { arrivals[leaf] = newValue?.nanoseconds ?? Self.unknown }
    }

    /// When the last of a part's ticks gets there, if the run before received the same at this point.
    func latest(of part: TickDelivery) -> Moment? {
        guard nextReceived < latest.count, latest[nextReceived].part == part else { return nil }
        nextReceived += 1
        return latest[nextReceived - 1].at
    }

    func note(_ part: TickDelivery, latest moment: Moment) {
        latest.removeLast(latest.count - nextReceived)
        latest.append((part, moment))
        nextReceived += 1
    }

    /// When a record that was asked about before is due.
    func due(_ record: Int) -> Moment? { dues[record].map { Moment(nanoseconds: $0) } }

    func note(_ record: Int, due: Moment) {
        if dues.count < Self.duesMax { dues[record] = due.nanoseconds }
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
