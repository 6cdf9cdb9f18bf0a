import Units

/// How much of a Drift user may be liquidated now, and for what (`liquidate_perp`): as much as frees the missing margin, at first
/// only a part of it, and more with every slot.
///
/// Units: base 9 decimals, quote and prices 6, ratios 4, fees 6, shares of the shortage 4. Everything truncates.
public struct DriftLiquidation: Equatable, Sendable {
    /// Missing margin with its buffer, and what was freed since the user was flagged.
    public var shortage: UInt128
    public var alreadyFreed: UInt128
    /// Since the user was flagged.
    public var slotsElapsed: UInt64
    public var terms: DriftTerms

    public init(shortage: UInt128, alreadyFreed: UInt128 = 0, slotsElapsed: UInt64 = 0, terms: DriftTerms) {
        self.shortage = shortage
        self.alreadyFreed = alreadyFreed
        self.slotsElapsed = slotsElapsed
        self.terms = terms
    }

    /// `calculate_max_pct_to_liquidate`: the share of the shortage that may be freed now, of ten thousand.
    public var portion: UInt128 {
        guard shortage >= Self.wholeBelow else { return Self.whole }
        let over =
            terms.duration == 0
            ? Self.whole : UInt128(slotsElapsed) * Self.whole / UInt128(terms.duration) + terms.initialPortion
        let mostFreed = (shortage + alreadyFreed) * min(Self.whole, over) / Self.whole
        return (mostFreed > alreadyFreed ? mostFreed - alreadyFreed : 0) * Self.whole / shortage
    }

    /// `get_liquidation_fee`: grows with the slots once nobody was there for a while.
    public static func fee(base: UInt128, most: UInt128, slotsSinceActive: UInt64) -> UInt128 {
        slotsSinceActive < quietSlots ? base : min(most, base + UInt128(slotsSinceActive))
    }

    /// `calculate_perp_if_fee`: the insurance fund gets what is left of the margin, less a twentieth, up to its most.
    public func insuranceFee(_ position: DriftPosition) -> UInt128 {
        guard position.base > 0, position.price > 0 else { return 0 }
        let shortPerBase =
            UInt256(shortage * Self.baseUnit / position.base).multiplied(by: UInt256(Self.million))?
            .dividedRoundingDown(by: UInt256(position.price)).asUInt128 ?? .max
        let margin = position.marginRatio * 100
        let taken = terms.fee.addingReportingOverflow(shortPerBase)
        guard !taken.overflow, margin > taken.partialValue else { return 0 }
        return min(terms.insuranceFeeMost, (margin - taken.partialValue) * 19 / 20)
    }

    /// `calculate_base_asset_amount_to_cover_margin_shortage`; `nil` is everything.
    public func baseToCover(_ position: DriftPosition, insuranceFee: UInt128) -> UInt128? {
        let margin = position.marginRatio * 100
        guard margin > terms.fee, position.price > 0 else { return nil }
        let freed = position.price * (margin - terms.fee) / Self.million
        let lost = position.price * insuranceFee / Self.million
        guard freed > lost else { return nil }
        return shortage * Self.baseUnit / (freed - lost)
    }

    /// The size that may be taken over by somebody who would take `most`, in whole steps.
    public func base(_ position: DriftPosition, takerMost most: UInt128) -> UInt128 {
        let covering = baseToCover(position, insuranceFee: insuranceFee(position)) ?? position.base
        let allowed =
            UInt256(covering).multiplied(by: UInt256(portion), dividedRoundingDownBy: UInt256(Self.whole))
            .flatMap(\.asUInt128) ?? position.base
        let isSmall = position.worth <= Self.wholeBelow
        let wanted = min(
            min(position.base, most / position.step * position.step), max(allowed, isSmall ? position.base : 0))
        let stepped = wanted / position.step * position.step
        return min(position.base, stepped == wanted ? wanted : stepped + position.step)
    }

    /// What the taker pays for a long of so much, or gets for a short: the oracle's price less, or more, the fee.
    public func transferPrice(_ position: DriftPosition) -> UInt128 {
        position.price * (position.isLong ? Self.million - terms.fee : Self.million + terms.fee) / Self.million
    }

    static let whole: UInt128 = 10_000
    static let million: UInt128 = 1_000_000
    static let baseUnit: UInt128 = 1_000_000_000
    /// 50 in the quote asset.
    static let wholeBelow: UInt128 = 50_000_000
    private static let quietSlots: UInt64 = 1_500
}

/// A market's and the state's numbers.
public struct DriftTerms: Equatable, Sendable {
    /// Of the taker, and at most of the insurance fund, of a million.
    public var fee: UInt128
    public var insuranceFeeMost: UInt128
    /// Slots over which everything may be freed; the share at once, of ten thousand.
    public var duration: UInt64
    public var initialPortion: UInt128

    public init(fee: UInt128, insuranceFeeMost: UInt128, duration: UInt64, initialPortion: UInt128) {
        (self.fee, self.insuranceFeeMost) = (fee, insuranceFeeMost)
        (self.duration, self.initialPortion) = (duration, initialPortion)
    }
}

/// A position as a liquidation reads it; the price in the quote asset.
public struct DriftPosition: Equatable, Sendable {
    public var base: UInt128
    public var isLong: Bool
    public var price: UInt128
    public var marginRatio: UInt128
    public var step: UInt128

    public init(base: UInt128, isLong: Bool, price: UInt128, marginRatio: UInt128, step: UInt128 = 1) {
        precondition(step > 0, "Condition: a step is above zero")
        (self.base, self.isLong, self.price) = (base, isLong, price)
        (self.marginRatio, self.step) = (marginRatio, step)
    }

    public var worth: UInt128 {
        UInt256(base).multiplied(by: UInt256(price), dividedRoundingDownBy: UInt256(DriftLiquidation.baseUnit))?
            .asUInt128 ?? .max
    }
}
