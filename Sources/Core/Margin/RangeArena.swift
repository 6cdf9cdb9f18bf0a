/// Hands out ranges of columns that grow together: an account's rows are neighbours, and a range that an account has outgrown
/// goes to the next one of that size.
struct RangeArena: ~Copyable {
    /// Rows handed out so far, in use or free: how long the columns must be.
    private(set) var end = 0
    /// Starts of freed ranges, by capacity.
    private var free = Row<Column<UInt32>>()

    /// A range of so many rows; the columns must reach to `end` afterwards.
    mutating func take(_ wanted: Int) -> UInt32 {
        if wanted < free.count, free[wanted].count > 0 { return free[wanted].removeLast() }
        defer { end += wanted }
        return UInt32(end)
    }

    mutating func giveBack(_ start: UInt32, capacity: Int) {
        guard capacity > 0 else { return }
        while free.count <= capacity { free.append(Column<UInt32>()) }
        free[capacity].append(start)
    }
}
