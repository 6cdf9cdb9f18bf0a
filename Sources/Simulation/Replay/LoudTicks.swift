/// Ticks of a tape that had to be played by themselves in the run before: where nearly every run of the tape has to.
///
/// A hint and no more: a part between two of them is taken whole only where that is proved anew, and a tick that is played without
/// need changes nothing. Memory: 8 bytes a tick. One thread, one run at a time.
public final class LoudTicks {
    private var known: ContiguousArray<Int> = []
    private var found: ContiguousArray<Int> = []
    private var next = 0

    public init() {}

    /// A run begins: what was found in the last one is known.
    public func begin() {
        if !found.isEmpty { swap(&known, &found) }
        found.removeAll(keepingCapacity: true)
        next = 0
    }

    /// The first known tick in a range of records; asked in ascending order.
    func first(in records: Range<Int>) -> Int? {
        while next < known.count, known[next] < records.lowerBound { next += 1 }
        return next < known.count && known[next] < records.upperBound ? known[next] : nil
    }

    func note(_ record: Int) { found.append(record) }
}
