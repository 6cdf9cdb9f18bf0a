/// The triggers of one factor in one direction: an indexed 4-ary min-heap of keys over two columns.
///
/// Keys are probes: a trigger above the factor is its value, one below it is the value negated, so that in both
/// directions "the top is at most the probe" means "reached". Each entry is a leg; the leg's row tells
/// where it stands, so that it can be taken out from the middle.
///
/// Invariant: key[i] ≥ key[(i − 1) / 4], and the row of leg[i] says i. Cost: O(log₄ n) to add and remove, one comparison
/// to find that nothing is reached. Never larger than the number of legs on its factor.
struct TriggerHeap: ~Copyable {
    private var keys = Column<Double>()
    private var legs = Column<UInt32>()

    var count: Int { keys.count }
    var residentBytes: Int { keys.residentBytes + legs.residentBytes }

    func leg(at position: Int) -> UInt32 { legs[position] }
    func key(at position: Int) -> Double { keys[position] }

    /// Whether the first trigger is reached.
    func isReached(by probe: Double) -> Bool { keys.count > 0 && keys[0] <= probe }

    mutating func insert(_ leg: UInt32, key: Double, _ positions: inout Column<LegRow>) {
        keys.append(key)
        legs.append(leg)
        siftUp(keys.count - 1, key, leg, &positions)
    }

    mutating func remove(at position: Int, _ positions: inout Column<LegRow>) {
        let key = keys.removeLast()
        let leg = legs.removeLast()
        guard position < keys.count else { return }
        if position > 0 && key < keys[(position - 1) / 4] {
            siftUp(position, key, leg, &positions)
        } else {
            siftDown(position, key, leg, &positions)
        }
    }

    /// Moves a trigger to another key: cheaper than out and in again, since it seldom goes far.
    mutating func update(at position: Int, key: Double, _ positions: inout Column<LegRow>) {
        let leg = legs[position]
        if position > 0 && key < keys[(position - 1) / 4] {
            siftUp(position, key, leg, &positions)
        } else {
            siftDown(position, key, leg, &positions)
        }
    }

    private mutating func siftUp(_ start: Int, _ key: Double, _ leg: UInt32, _ positions: inout Column<LegRow>) {
        var hole = start
        while hole > 0 {
            let parent = (hole - 1) / 4
            guard key < keys[parent] else { break }
            move(from: parent, to: hole, &positions)
            hole = parent
        }
        place(key, leg, at: hole, &positions)
    }

    private mutating func siftDown(_ start: Int, _ key: Double, _ leg: UInt32, _ positions: inout Column<LegRow>) {
        var hole = start
        while true {
            let first = 4 * hole + 1
            guard first < keys.count else { break }
            var least = first
            for child in first + 1..<max(first + 1, min(first + 4, keys.count)) where keys[child] < keys[least] {
                least = child
            }
            guard keys[least] < key else { break }
            move(from: least, to: hole, &positions)
            hole = least
        }
        place(key, leg, at: hole, &positions)
    }

    private mutating func move(from source: Int, to target: Int, _ positions: inout Column<LegRow>) {
        place(keys[source], legs[source], at: target, &positions)
    }

    private mutating func place(_ key: Double, _ leg: UInt32, at position: Int, _ positions: inout Column<LegRow>) {
        keys[position] = key
        legs[position] = leg
        positions[Int(leg)].position = UInt32(position)
    }
}
