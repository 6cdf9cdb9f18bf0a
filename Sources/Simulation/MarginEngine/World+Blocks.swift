public import Domain
import Submission
public import Units

/// What a block did.
public struct BlockResult: Equatable, Sendable {
    public var block: BlockUpdate
    public var baseFee: GasPrice
    /// The orders that ended in it, in order; the same rows stand in the ledger.
    public var endings: [SettledOrder]
}

extension World {
    /// Closes a block: the best payers execute first, each against what the ones before have left.
    ///
    /// An order whose cap is below the base fee waits, until its deadline is over.
    public mutating func closeBlock() -> BlockResult {
        letRivalsAct()
        beginBlock()
        let booked = ledger.rows.count
        for entry in orders.executable(over: gas.baseFee) { execute(entry) }
        for entry in orders.waiting where entry.order.deadline <= block.number {
            end(entry, .expired, .nothing(in: block.number))
        }
        orders.forgetEnded()
        forgetRisen()
        watch.rest()
        return BlockResult(block: block, baseFee: gas.baseFee, endings: Array(ledger.rows[booked...]))
    }

    private mutating func forgetRisen() {
        for account in falls.keys where !watch.liquidatable.contains(account) { falls[account] = nil }
    }
}
