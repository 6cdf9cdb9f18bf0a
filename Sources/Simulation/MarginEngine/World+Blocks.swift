package import Domain
import Submission
package import Units

/// What a block did.
package struct BlockResult: Equatable, Sendable {
    package var block: BlockUpdate
    package var baseFee: GasPrice
    /// The orders that ended in it, in order; the same rows stand in the ledger.
    package var endings: [SettledOrder]
}

extension World {
    /// Closes a block: the best payers execute first, each against what the ones before have left.
    ///
    /// An order whose cap is below the base fee waits, until its deadline is over.
    package mutating func closeBlock() -> BlockResult {
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
