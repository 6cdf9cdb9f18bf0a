import Domain
import Units

/// Fills every intent in the block after the one it was decided in, at the figures it was decided with: no rivals, no delay.
/// The kindest assumption, the same as that of `bailiff run` on paper; whoever prints a result of it says so.
struct PaperFills {
    private var open: [(intent: Intent, after: BlockNumber)] = []
    private var blocks: [BlockNumber] = []

    mutating func take(_ intent: Intent) {
        open.append((intent, block(of: intent.market)))
    }

    /// What is filled in a block of a market.
    mutating func fills(in update: BlockUpdate) -> [IntentOutcome] {
        while blocks.count <= update.market.position { blocks.append(BlockNumber(0)) }
        blocks[update.market.position] = update.number
        let due = open.filter { $0.intent.market == update.market && $0.after < update.number }
        guard !due.isEmpty else { return [] }
        open.removeAll { $0.intent.market == update.market && $0.after < update.number }
        return due.map { fill in
            let figures = fill.intent.figures
            return IntentOutcome(
                ordinal: fill.intent.ordinal, ending: .settled, repaid: figures.repay, seized: figures.seize,
                cash: fill.intent.cash, gasPaid: figures.gasWei,
                block: update.number)
        }
    }

    private func block(of market: MarketIndex) -> BlockNumber {
        market.position < blocks.count ? blocks[market.position] : BlockNumber(0)
    }
}
