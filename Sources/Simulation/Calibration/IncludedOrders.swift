import Domain
import Fees
import TapeContent
import Units

/// Of the blocks that an order could have been in, by where its tip lay in each, those that it was in: from a run's own tape.
///
/// An order could be in the blocks that were published after the venue's first answer to it had come, up to the one that it was in or its
/// deadline, where its cap let it in. Blocks before that count neither way, so that slow answers do not change the share.
struct IncludedOrders {
    /// Blocks after an order's deadline, after which nobody will tell how it ended.
    private static let patienceBlocks: UInt64 = 256

    private struct Order {
        var market: String
        var feeCap, priorityFee: GasPrice
        var deadline: UInt64
        var answeredAt: Int64?
        var blocks: [(number: UInt64, rank: TipRank)] = []
        var ending: Ending?
    }

    private struct Ending {
        var block: UInt64
        var isIncluded: Bool
    }

    private var open: [UInt64: Order] = [:]
    private var gas: [MarketIndex: GasUpdate] = [:]
    /// By rank: blocks that orders could have been in, and those that they were in.
    private(set) var found: [TipRank: (all: UInt64, in: UInt64)] = [:]

    mutating func take(_ update: GasUpdate) { gas[update.market] = update }

    /// A block of the market with this name.
    mutating func take(_ block: BlockUpdate, of market: String, publishedAt: Int64) {
        for (ordinal, var order) in open where order.market == market {
            if let answeredAt = order.answeredAt, answeredAt <= publishedAt, block.number.height <= order.deadline,
                let gas = gas[block.market],
                let tip = GasPrice.tip(priorityFee: order.priorityFee, feeCap: order.feeCap, over: gas.baseFee)
            {
                order.blocks.append((block.number.height, TipRank(tip, gas)))
            }
            open[ordinal] = order
            if let ending = order.ending, ending.block <= block.number.height {
                close(ordinal, order, ending)
            } else if block.number.height > order.deadline.addingReportingOverflow(Self.patienceBlocks).partialValue {
                open[ordinal] = nil
            }
        }
    }

    mutating func take(_ kind: TapeKind, _ line: OrderLine) {
        switch kind {
        case .decisions:
            guard let market = line.market, let cap = line.fee_cap.flatMap(UInt64.init),
                let tip = line.priority_fee.flatMap(UInt64.init), let deadline = line.deadline
            else { return }
            open[line.ordinal] = Order(
                market: market, feeCap: GasPrice(weiPerGas: cap), priorityFee: GasPrice(weiPerGas: tip),
                deadline: deadline)
        case .responses where line.isAnswer && open[line.ordinal]?.answeredAt == nil:
            open[line.ordinal]?.answeredAt = line.at_ns
        case .outcomes: end(line)
        default: break
        }
    }

    /// The venue may tell of a block before the feed does: then the order waits for it.
    private mutating func end(_ line: OrderLine) {
        guard var order = open[line.ordinal], let block = line.block else { return }
        switch line.ending {
        case "settled", "outbid", "reverted": order.ending = Ending(block: block, isIncluded: true)
        case "expired": order.ending = Ending(block: order.deadline, isIncluded: false)
        default:
            open[line.ordinal] = nil
            return
        }
        open[line.ordinal] = order
        if let ending = order.ending, let last = order.blocks.last, last.number >= ending.block {
            close(line.ordinal, order, ending)
        }
    }

    private mutating func close(_ ordinal: UInt64, _ order: Order, _ ending: Ending) {
        open[ordinal] = nil
        for block in order.blocks where block.number <= ending.block {
            let isIn: UInt64 = ending.isIncluded && block.number == ending.block ? 1 : 0
            let before = found[block.rank] ?? (0, 0)
            found[block.rank] = (before.all + 1, before.in + isIn)
        }
    }
}
