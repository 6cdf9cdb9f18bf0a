import Console
import Desk
import Domain
import Journal
import Signing
import Submission
import Units
import VenueProtocol

extension SubmissionWorker {
    /// Orders first: what can wait is only noted.
    mutating func receive(_ messages: [DeskMessage]) throws {
        try decide(messages.compactMap { if case .order(let order) = $0 { order } else { nil } })
        for message in messages {
            switch message {
            case .order: break
            case .crossed(let market, let account, let at):
                crossings.append(Crossing(market: market, account: account, at: at))
            case .refused(let market, let account, let reason, let at):
                refusals.append(RefusalTally(market: market, account: account, reason: reason, count: 1, at: at))
            case .block(let number): try advance(to: number)
            case .trading(let change): try journal.record(change)
            }
        }
    }

    /// Durable, then sent: one commit for all that a tick decided, then all their bytes.
    private mutating func decide(_ orders: [Order]) throws {
        guard !orders.isEmpty else { return }
        var decided: [(record: IntentRecord, order: Order)] = []
        for order in orders { decided.append((try record(order), order)) }
        if try !areDurable(decided.map(\.record)) {
            // One of them cannot be written: each for itself, so that the others are not lost with it.
            decided = try decided.filter { entry in
                let isDurable = try areDurable([entry.record])
                if !isDurable { release(entry.order.intent.ordinal) }
                return isDurable
            }
        }
        for (record, order) in decided {
            let token = admit(OpenIntent(record: record, machine: SubmissionMachine(), ordinal: order.intent.ordinal))
            try take(.durable, token)
            status.update { $0.tickToRequest.record(Clock.wall - order.intent.triggeredAt) }
        }
    }

    private func record(_ order: Order) throws(JournalError) -> IntentRecord {
        let opportunity = order.opportunity(of: signer.liquidator)
        let id = IntentID(opportunity, decision: try journal.decisions(on: opportunity))
        return order.record(id, opportunity, request(order, id))
    }

    /// Writes records in one transaction; `false` when an opportunity is taken already, or the disk is full: nothing of it
    /// was written, and nothing leaves.
    private func areDurable(_ records: [IntentRecord]) throws(JournalError) -> Bool {
        do {
            try journal.recordDecided(records)
            return true
        } catch {
            guard error.code == .opportunityTaken || error.isRetriable else { throw error }
            return false
        }
    }

    /// The engine gets its money back.
    private func release(_ ordinal: UInt64) {
        let nothing = IntentOutcome(
            ordinal: ordinal, ending: .rejected, repaid: 0, seized: 0, cash: .zero, gasPaid: 0, block: BlockNumber(0))
        status.book(nothing)
        _ = engine.post(.outcome(nothing))
    }

    private func request(_ order: Order, _ id: IntentID) -> RequestBytes {
        let intent = order.intent
        let body = LiquidationRequest(
            id: id, market: order.market, account: order.account, collateralAsset: order.collateral,
            debtAsset: order.debt, repay: intent.figures.repay, minimumMargin: intent.minimumMargin,
            funding: intent.funding, gasLimit: intent.gasLimit, feeCap: intent.feeCap,
            priorityFee: intent.priorityFee, deadline: intent.deadline
        ).encoded()
        let path = LiquidationRequest.path
        let headers = signer.headers(method: "POST", path: path, id: id, body: body, at: Clock.wall)
        return RequestBytes(path: path, headers: headers, body: body)
    }

    /// A new block: whoever's deadline it passes learns of it, once.
    private mutating func advance(to number: BlockNumber) throws {
        block = number
        status.update { $0.block = number }
        let late = open.filter { !$0.value.isPastDeadline && $0.value.record.deadline < number }.map(\.key).sorted()
        for token in late {
            open[token]?.isPastDeadline = true
            try take(.deadlinePassed, token)
        }
    }
}
