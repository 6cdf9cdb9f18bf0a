import Domain
import Submission
import Units

/// Every order that was accepted, by id; those that wait stand in order of arrival.
///
/// Invariant: between blocks, exactly the orders whose standing is `pending` wait.
struct OrderBook: Sendable {
    struct Entry: Sendable {
        var order: Order
        var account: AccountIndex
        /// Of the bytes that it came as: another order under its id is told from the same one again.
        var digest: [UInt8]
        /// Counts arrivals and seizures alike, so that it can be said what came first.
        var arrival: UInt64
        var standing: OrderStanding
    }

    private var entries: [IntentID: Entry] = [:]
    private(set) var pending: [IntentID] = []

    var count: Int { entries.count }

    subscript(id: IntentID) -> Entry? { entries[id] }

    mutating func accept(_ entry: Entry) {
        precondition(entries[entry.order.id] == nil, "Condition: an id is accepted once")
        entries[entry.order.id] = entry
        pending.append(entry.order.id)
    }

    mutating func end(_ id: IntentID, _ ending: IntentOutcome.Ending, _ figures: SettlementFigures) {
        precondition(entries[id]?.standing == .pending, "Condition: an order ends once")
        entries[id]?.standing = .ended(ending, figures)
    }

    /// Once a block, for all that ended in it: one by one would cost their number squared.
    mutating func forgetEnded() {
        pending.removeAll { entries[$0]?.standing != .pending }
    }

    /// Those that this base fee lets in, the best payers first and of equal ones the first to come.
    func executable(over baseFee: GasPrice) -> [Entry] {
        let ranked = waiting.compactMap { entry in entry.order.tip(over: baseFee).map { (entry, $0) } }
        return ranked.sorted { ($1.1, $0.0.arrival) < ($0.1, $1.0.arrival) }.map(\.0)
    }

    var waiting: [Entry] { pending.compactMap { entries[$0] }.filter { $0.standing == .pending } }
}
