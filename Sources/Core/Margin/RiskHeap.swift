import Domain

/// The accounts nearest to the edge, kept exact on every tick: an indexed 4-ary min-heap by distance.
///
/// It is small on purpose (`hotMax` accounts but for those that straddle the edge), because every tick of a factor looks
/// at each of its hot accounts.
struct RiskHeap: ~Copyable {
    private(set) var distances = Column<Double>()
    private(set) var accounts = Column<UInt32>()
    /// Account → position; only entries of hot accounts mean anything.
    private var positions = Column<UInt32>()

    var count: Int { accounts.count }
    var residentBytes: Int { distances.residentBytes + accounts.residentBytes + positions.residentBytes }

    mutating func reserve(accounts: Int) { positions.reserve(accounts) }

    mutating func include(_ account: AccountIndex) {
        let missing = account.position + 1 - positions.count
        if missing > 0 { positions.append(repeating: 0, count: missing) }
    }

    func distance(of account: UInt32) -> Double { distances[position(of: account)] }

    mutating func insert(_ account: UInt32, _ distance: Double) {
        distances.append(distance)
        accounts.append(account)
        settle(accounts.count - 1)
    }

    mutating func update(_ account: UInt32, _ distance: Double) {
        let position = position(of: account)
        distances[position] = distance
        positions[Int(account)] = UInt32(position)
        settle(position)
    }

    mutating func remove(_ account: UInt32) {
        let hole = position(of: account)
        let distance = distances.removeLast()
        let last = accounts.removeLast()
        guard hole < accounts.count else { return }
        distances[hole] = distance
        accounts[hole] = last
        settle(hole)
    }

    private func position(of account: UInt32) -> Int {
        let position = Int(positions[Int(account)])
        precondition(
            position < accounts.count && accounts[position] == account, "Invariant: a hot account is in the heap")
        return position
    }

    /// Moves an entry up or down to where it belongs.
    private mutating func settle(_ start: Int) {
        let distance = distances[start]
        let account = accounts[start]
        var hole = start
        while hole > 0, distance < distances[(hole - 1) / 4] {
            move(from: (hole - 1) / 4, to: hole)
            hole = (hole - 1) / 4
        }
        while hole >= start, let least = leastChild(of: hole), distances[least] < distance {
            move(from: least, to: hole)
            hole = least
        }
        place(account, distance, at: hole)
    }

    private func leastChild(of parent: Int) -> Int? {
        let first = 4 * parent + 1
        guard first < distances.count else { return nil }
        var least = first
        for child in first + 1..<max(first + 1, min(first + 4, distances.count))
        where distances[child] < distances[least] {
            least = child
        }
        return least
    }

    private mutating func move(from source: Int, to target: Int) {
        place(accounts[source], distances[source], at: target)
    }

    private mutating func place(_ account: UInt32, _ distance: Double, at position: Int) {
        accounts[position] = account
        distances[position] = distance
        positions[Int(account)] = UInt32(position)
    }
}
