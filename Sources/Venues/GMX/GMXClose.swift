public import Units

/// A full close by force (`DecreasePositionCollateralUtils.processCollateral`): costs are paid out of the collateral in the
/// venue's order, until nothing is left; what is then unpaid the pool bears.
///
/// Example: 100 tokens at 2 with 50 of funding, 30 of losses and 40 of fees leave 40 tokens; with 200 of losses the funding is
/// paid, 75 tokens go to the loss, and the rest of it and all fees stay unpaid. Every cost is rounded up to whole token units.
public struct GMXClose: Equatable, Sendable {
    /// What is left to the owner, in the collateral's smallest units.
    public let remaining: UInt256
    /// Paid of each cost, in the collateral's smallest units.
    public let paid: GMXCosts
    /// Of all costs, in dollars of 30 decimals.
    public let unpaid: UInt256

    public var isInsolvent: Bool { !unpaid.isZero }

    /// - Parameters:
    ///   - collateral: with what a gain adds, in smallest units; `price` the least of one of them, 30 decimals.
    public init?(collateral: UInt256, price: UInt256, costs: GMXCosts) {
        guard !price.isZero else { return nil }
        var left = collateral
        var paid = GMXCosts()
        var unpaid = UInt256.zero
        for position in 0..<GMXCosts.count {
            let due = costs[position]
            // Once one cost could not be paid, those behind it are not: the close stops there.
            let wanted = unpaid.isZero ? due.dividedRoundingUp(by: price) : .zero
            let part = min(wanted, left)
            left -= part
            paid[position] = part
            guard !unpaid.isZero || part < wanted else { continue }
            guard let covered = part.multiplied(by: price), let sum = unpaid.adding(due.subtracting(covered) ?? .zero)
            else { return nil }
            unpaid = sum
        }
        (remaining, self.paid, self.unpaid) = (left, paid, unpaid)
    }
}

/// Costs of a close in the order in which they are paid.
public struct GMXCosts: Equatable, Sendable {
    public var funding = UInt256.zero
    public var loss = UInt256.zero
    /// Of the position, of borrowing and of the liquidation itself.
    public var fees = UInt256.zero
    public var impact = UInt256.zero
    public var impactDifference = UInt256.zero

    public init(
        funding: UInt256 = .zero, loss: UInt256 = .zero, fees: UInt256 = .zero, impact: UInt256 = .zero,
        impactDifference: UInt256 = .zero
    ) {
        (self.funding, self.loss, self.fees) = (funding, loss, fees)
        (self.impact, self.impactDifference) = (impact, impactDifference)
    }

    static let count = 5

    /// By the order of payment.
    subscript(position: Int) -> UInt256 {
        get {
            switch position {
            case 0: funding
            case 1: loss
            case 2: fees
            case 3: impact
            default: impactDifference
            }
        }
        set {
            switch position {
            case 0: funding = newValue
            case 1: loss = newValue
            case 2: fees = newValue
            case 3: impact = newValue
            default: impactDifference = newValue
            }
        }
    }

    /// `getLiquidationFees`: a share of the size, in tokens rounded up.
    public static func liquidationFee(size: UInt256, factor: UInt256, price: UInt256) -> UInt256? {
        guard !price.isZero else { return nil }
        return size.multiplied(by: factor, dividedRoundingDownBy: GMXTerms.one)?.dividedRoundingUp(by: price)
    }
}
