import Domain
import Fees
import Margin
import Mechanisms
import Strategy
import Units

/// A block of the tape: what is in it, in which order, and what it does.
extension PaperWorld {
    mutating func close(_ block: BlockUpdate, _ stream: StreamIndex) {
        guard let known = market(block.market) else { return tell(.block(block), from: stream) }
        markets[block.market.position]?.block = block.number
        counters.blocks += 1
        watch.setClock(of: block.market, to: block.timestamp)
        judgeTouched()
        letRivalsBid(in: known, block)
        if !orders.isEmpty { execute(block, known) }
        settlePools(of: block)
        _ = watch.rebalance(budget: Self.rebalancePerBlock)
        // What the block did is told before the block itself: a bot that acts on the block knows it.
        tell(.block(block), from: stream)
    }

    /// Accounts looked at after each block to let the risk heap grow back.
    private static let rebalancePerBlock = 4_096

    private mutating func execute(_ block: BlockUpdate, _ market: PaperMarket) {
        var ended: Set<Int> = []
        if let gas = trueGas(market) {
            countPricedOut(block, gas)
            var gasLeft = preset.blockGas.count
            for position in ranked(block, gas) {
                let order = orders[position]
                guard order.gasLimit.count <= gasLeft else { continue }
                guard isIncluded(order, gas, block) else {
                    orders[position].leftOut.count(rank(of: order, gas))
                    continue
                }
                guard let ending = executed(order, market, gas, block) else { continue }
                gasLeft -= gasUsed(order, ending.isSettled).count
                ended.insert(position)
                end(ending)
            }
        }
        for (position, order) in orders.enumerated()
        where order.market == block.market && order.deadline <= block.number && !ended.contains(position) {
            ended.insert(position)
            end(PaperEnding(order: order, kind: .expired, block: block.number, at: now))
        }
        guard !ended.isEmpty else { return }
        var left: ContiguousArray<PaperOrder> = []
        for (position, order) in orders.enumerated() where !ended.contains(position) { left.append(order) }
        orders = left
    }

    /// Positions of the orders that have arrived and that the base fee lets in: the best payers first, then the first to come.
    private func ranked(_ block: BlockUpdate, _ gas: GasUpdate) -> [Int] {
        var ranked: [(position: Int, tip: GasPrice)] = []
        for (position, order) in orders.enumerated() where order.market == block.market && order.arrival <= now {
            if let tip = order.tip(over: gas.baseFee) { ranked.append((position, tip)) }
        }
        return ranked.sorted { a, b in
            if a.tip != b.tip { return b.tip < a.tip }
            let (first, second) = (orders[a.position], orders[b.position])
            return first.arrival != second.arrival ? first.arrival < second.arrival : a.position < b.position
        }.map(\.position)
    }

    private mutating func countPricedOut(_ block: BlockUpdate, _ gas: GasUpdate) {
        for position in orders.indices
        where orders[position].market == block.market && orders[position].arrival <= now {
            if orders[position].tip(over: gas.baseFee) == nil { orders[position].pricedOut += 1 }
        }
    }

    private func isIncluded(_ order: PaperOrder, _ gas: GasUpdate, _ block: BlockUpdate) -> Bool {
        let key: UInt64
        switch order.party {
        case .recorded: return true
        case .ours: key = order.luck << 1
        case .rival: key = order.luck << 1 | 1
        }
        return random.happens(preset.inclusion(rank(of: order, gas)), .inclusion, key, block.number.height)
    }

    private func rank(of order: PaperOrder, _ gas: GasUpdate) -> TipRank {
        TipRank(order.tip(over: gas.baseFee) ?? .zero, gas)
    }

    private func gasUsed(_ order: PaperOrder, _ isSettled: Bool) -> GasUnits {
        let share = isSettled ? preset.gasOfSuccess : preset.gasOfFailure
        return GasUnits(UInt64(clamping: share.share(of: UInt128(order.gasLimit.count))))
    }

    /// `nil` when a builder leaves it out, because it would fail and need not be paid for.
    private mutating func executed(
        _ order: PaperOrder, _ market: PaperMarket, _ gas: GasUpdate, _ block: BlockUpdate
    ) -> PaperEnding? {
        var ending = PaperEnding(order: order, kind: .reverted, block: block.number, at: now)
        ending.rank = rank(of: order, gas)
        ending.crossedAt = accounts[order.account.position].crossedAt
        do throws(PaperFailure) {
            let done = try outcome(of: order, market)
            settle(done, order, market)
            ending.kind = done.amounts.repay < order.repay ? .settledInPart : .settled
            (ending.repaid, ending.seized, ending.cash) = (done.amounts.repay, done.amounts.seize, done.swaps.margin)
        } catch {
            ending.failure = error
            let account = accounts[order.account.position]
            let wasTaken = account.takes > 0 && account.takenBy != order.party && account.takenAt >= order.arrival
            ending.kind = error != .notLiquidatable ? .reverted : wasTaken ? .outbid : .late
            if order.party == .ours { counters.failures[error, default: 0] += 1 }
            if order.party == .recorded {
                counters.recordedFailed += 1
                return ending
            }
            guard preset.failuresCostGas else { return ending.kind == .outbid ? ending : nil }
        }
        let tip = order.tip(over: gas.baseFee) ?? .zero
        let used = gasUsed(order, ending.isSettled)
        ending.gasPaid = (gas.baseFee + tip) * used
        ending.tipPaid = tip * used
        (ending.baseOffered, ending.tipOffered) = (gas.baseFee * order.gasLimit, tip * order.gasLimit)
        return ending
    }
}
