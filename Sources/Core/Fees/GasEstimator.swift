public import Units

/// What an action's gas will be, learned from the receipts of the last 32: an upper quantile, between a floor and a ceiling.
///
/// Until eight have come the default is answered. A quantile and not a mean, since gas that does not suffice loses the bid
/// and the fee with it. No allocation: the receipts stand in a ring.
public struct GasEstimator: Sendable {
    public let bounds: ClosedRange<GasUnits>
    public let preset: GasUnits
    /// The share of receipts that the estimate covers.
    public let quantile: BasisPoints
    private var ring = InlineArray<32, UInt64>(repeating: 0)
    private var seen: UInt64 = 0

    public static let receiptsMax = 32
    public static let receiptsMin = 8

    public init(preset: GasUnits, bounds: ClosedRange<GasUnits>, quantile: BasisPoints = .basisPoints(9_000)) {
        precondition(bounds.contains(preset), "Condition: the default lies within the bounds")
        precondition(quantile > .zero && quantile <= .whole, "Condition: a quantile is a share")
        self.preset = preset
        self.bounds = bounds
        self.quantile = quantile
    }

    /// A receipt of the action came.
    public mutating func learn(_ used: GasUnits) {
        ring[Int(seen % UInt64(Self.receiptsMax))] = used.count
        seen += 1
    }

    public var estimate: GasUnits {
        let count = Int(min(seen, UInt64(Self.receiptsMax)))
        guard count >= Self.receiptsMin else { return preset }
        var sorted = ring
        for i in 1..<count {
            var place = i
            while place > 0, sorted[place - 1] > sorted[place] {
                sorted.swapAt(place - 1, place)
                place -= 1
            }
        }
        // The smallest that covers the share: ⌈count · quantile⌉ of them.
        let rank = (count * Int(quantile.count) + 9_999) / 10_000
        return min(max(GasUnits(sorted[rank - 1]), bounds.lowerBound), bounds.upperBound)
    }

    /// What a call that fails costs: all the gas that it used until then.
    public static func revertCost(used: GasUnits, at price: GasPrice) -> Wei { price * used }
}
