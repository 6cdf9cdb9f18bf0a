import Console
import Domain
import Journal
import Signing
import Submission
import Units

/// Takes orders on paper: nothing is sent, because nothing in this module can send.
///
/// An order is filled in the block after the one it was decided in, at the figures it was decided with: no rivals, no delay.
/// That is the kindest assumption, and every summary says so. What the feed then shows of the account is left as it is.
public struct PaperDesk: OrderDesk {
    public let modeName = "PAPER"
    private let journalPath: String

    public init(journalPath: String) {
        self.journalPath = journalPath
    }

    private struct OpenOrder {
        var record: IntentRecord
        var order: Order
        var fillAfter: BlockNumber
    }

    public func run(
        orders: Mailbox<DeskMessage>, engine: Mailbox<EngineMessage>, status: BotStatus, until stop: StopFlag
    ) throws {
        let journal = try Journal(file: journalPath, mode: .paper)
        try closeLeftovers(journal)
        try TradingMemory.recall(journal, to: engine)
        _ = engine.post(.armed)
        var open: [OpenOrder] = []
        var block = BlockNumber(0)
        while !stop.isRaised {
            Wait.until(readable: orders.descriptor, milliseconds: 50)
            for message in orders.drain() {
                switch message {
                case .block(let number):
                    block = number
                    status.update { $0.block = number }
                case .order(let order):
                    let record = try record(order, journal)
                    try journal.recordDecided([record])
                    status.update { $0.tickToRequest.record(Clock.wall - order.intent.triggeredAt) }
                    open.append(OpenOrder(record: record, order: order, fillAfter: block))
                case .crossed(let market, let account, let at):
                    try journal.recordCrossings([Crossing(market: market, account: account, at: at)])
                case .trading(let change): try journal.record(change)
                case .refused(let market, let account, let reason, let at):
                    try journal.recordRefusals([
                        RefusalTally(market: market, account: account, reason: reason, count: 1, at: at)
                    ])
                }
            }
            let due = open.filter { $0.fillAfter < block }
            open.removeAll { $0.fillAfter < block }
            for fill in due { try settle(fill, in: block, journal, engine, status) }
        }
    }

    /// Paper orders of a run that ended: the world went on without them.
    private func closeLeftovers(_ journal: borrowing Journal) throws {
        for left in try journal.unfinished() {
            let step = Transition(
                left.record.id, from: left.state, to: .abandoned, cause: "paper run ended", sends: 0, at: Clock.wall)
            try journal.recordOutcome(step, .nothing)
        }
    }

    private func record(_ order: Order, _ journal: borrowing Journal) throws -> IntentRecord {
        let opportunity = order.opportunity(of: "paper")
        let id = IntentID(opportunity, decision: try journal.decisions(on: opportunity))
        return order.record(id, opportunity, RequestBytes(path: "", headers: [], body: []))
    }

    private func settle(
        _ open: OpenOrder, in block: BlockNumber, _ journal: borrowing Journal, _ engine: Mailbox<EngineMessage>,
        _ status: BotStatus
    ) throws {
        let figures = open.order.intent.figures
        let cash = open.order.intent.cash
        let settled = SettlementFigures(
            repaid: figures.repay, seized: figures.seize, cash: cash, gasPaid: figures.gasWei, block: block)
        let step = Transition(
            open.record.id, from: .maybeSent, to: .settled, cause: "paper fill", sends: 0, at: Clock.wall)
        try journal.recordOutcome(step, settled)
        let outcome = IntentOutcome(
            ordinal: open.order.intent.ordinal, ending: .settled, repaid: figures.repay, seized: figures.seize,
            cash: cash, gasPaid: figures.gasWei, block: block)
        status.book(outcome)
        _ = engine.post(.outcome(outcome))
    }
}
