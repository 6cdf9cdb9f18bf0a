import Domain
import Mechanisms
import Submission
import Units

extension World {
    /// Takes an order in, once. The digest stands for its bytes: the same id with another digest is a conflict.
    public mutating func submit(_ order: Order, digest: [UInt8]) -> Admission {
        if let known = orders[order.id] {
            let isSame = known.digest == digest && known.order.liquidator == order.liquidator
            return isSame ? .known(known.standing) : .conflict
        }
        if let refusal = refusal(of: order) {
            ledger.liquidators[order.liquidator.position].count(.rejected)
            return .refused(refusal)
        }
        guard let account = roster[order.account] else { return .refused(.unknownAccount) }
        guard orders.pending.count < WorldSettings.pendingMax, orders.count < WorldSettings.ordersMax else {
            return .busy
        }
        happenings += 1
        orders.accept(
            OrderBook.Entry(
                order: order, account: account, digest: digest, arrival: happenings, standing: .pending))
        return .accepted
    }

    private func refusal(of order: Order) -> OrderRefusal? {
        if roster[order.account] == nil { return .unknownAccount }
        for reserve in [order.pair.collateral, order.pair.debt] where reserve.position >= reserveCount {
            return .unknownAsset
        }
        if order.deadline <= block.number { return .deadlinePassed }
        if order.repay == 0 { return .amountIsZero }
        guard (settings.gasLimitMin...WorldSettings.gasLimitMax).contains(order.gasLimit) else {
            return .gasLimitOutOfRange
        }
        if order.priorityFee > order.feeCap { return .priorityFeeAboveCap }
        if ledger[order.liquidator].gasMoney < order.feeCap * order.gasLimit { return .gasMoneyExhausted }
        return nil
    }
}
