import Domain
import TapeCache
import Units

/// What looking at parts of a tape's stretches found: what prices are within and their last ones, and in which ticks somebody at the edge may
/// have changed sides. Runs of the same tape under other parameters ask for the same parts in the same order, and come by the same
/// accounts in the same state again and again: they need not find out anew.
///
/// A walk is told from others by its part and by a print of its suspects as they stood: what they did follows from these alone. Memory: of
/// each part some bytes for each instrument, and its last walks with the ticks in which somebody moved. One thread.
public final class WalkMemory {
    private struct Part: Hashable {
        var record: Int
        var count: Int
    }

    private var parts: ContiguousArray<Part> = []
    private var numbers: [Part: Int] = [:]
    /// The part that will be asked for next, as runs before did.
    private var next = 0
    /// Of all parts, one behind the other, and where each part's begin.
    private var ranges: ContiguousArray<PriceRange> = []
    private var lasts: ContiguousArray<Tick> = []
    private var starts: ContiguousArray<(range: Int, last: Int)> = [(0, 0)]
    /// By part, the latest last.
    private var walks: ContiguousArray<ContiguousArray<Walk>> = []
    /// How many did not have to be walked again.
    public private(set) var recalled: UInt64 = 0

    /// Of one part.
    private static let walksMax = 4

    public init() {}

    /// A run begins.
    public func begin() { next = 0 }

    public func forget() {
        (parts, numbers, next, ranges, lasts, starts, walks) = ([], [:], 0, [], [], [(0, 0)], [])
    }

    /// A part that was noted.
    func number(of part: Range<Int>, in stretch: StretchTable.Stretch) -> Int? {
        let key = Part(record: stretch.first + part.lowerBound, count: part.count)
        guard next < parts.count, parts[next] == key else {
            guard let number = numbers[key] else { return nil }
            next = number + 1
            return number
        }
        next += 1
        return next - 1
    }

    func tell(_ number: Int, _ ranges: inout ContiguousArray<PriceRange>, _ lasts: inout ContiguousArray<Tick>) {
        ranges.removeAll(keepingCapacity: true)
        lasts.removeAll(keepingCapacity: true)
        ranges.append(contentsOf: self.ranges[starts[number].range..<starts[number + 1].range])
        lasts.append(contentsOf: self.lasts[starts[number].last..<starts[number + 1].last])
    }

    func note(
        _ part: Range<Int>, in stretch: StretchTable.Stretch, _ ranges: ContiguousArray<PriceRange>,
        _ lasts: ContiguousArray<Tick>
    ) -> Int {
        let key = Part(record: stretch.first + part.lowerBound, count: part.count)
        self.ranges.append(contentsOf: ranges)
        self.lasts.append(contentsOf: lasts)
        starts.append((self.ranges.count, self.lasts.count))
        parts.append(key)
        walks.append([])
        numbers[key] = parts.count - 1
        next = parts.count
        return parts.count - 1
    }

    func recall(_ part: Int, _ print: Fingerprint) -> Walk? {
        guard let known = walks[part].first(where: { $0.print == print }) else { return nil }
        recalled += 1
        return known
    }

    func note(_ walk: Walk, of part: Int) {
        if walks[part].count == Self.walksMax { walks[part].removeFirst() }
        walks[part].append(walk)
    }

    /// Ticks of a part in which somebody may have moved, each with who, and with the last ones of other instruments before it.
    struct Walk {
        let print: Fingerprint
        private(set) var crossings: ContiguousArray<Tick> = []
        private(set) var quiet: ContiguousArray<Tick> = []
        private var accounts: ContiguousArray<AccountIndex> = []
        /// Where each crossing's accounts end, and the quiet ticks before it.
        private var ends: ContiguousArray<(account: Int, quiet: Int)> = []

        init(_ print: Fingerprint) { self.print = print }

        var count: Int { crossings.count }

        mutating func put(_ tick: Tick) { quiet.append(tick) }

        /// The next tick in which somebody may move.
        mutating func cross(_ tick: Tick, _ moved: ContiguousArray<AccountIndex>) {
            crossings.append(tick)
            accounts.append(contentsOf: moved)
            ends.append((accounts.count, quiet.count))
        }

        /// Which of `quiet` come next before a crossing.
        func quiet(before step: Int) -> Range<Int> { (step == 0 ? 0 : ends[step - 1].quiet)..<ends[step].quiet }

        func moved(at step: Int) -> ArraySlice<AccountIndex> {
            accounts[(step == 0 ? 0 : ends[step - 1].account)..<ends[step].account]
        }
    }
}
