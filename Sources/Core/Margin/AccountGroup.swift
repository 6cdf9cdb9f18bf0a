public import Domain
public import Units

/// An owner's accounts on several venues or chains, seen as one: the net margin, and each part's own health, since each is
/// liquidated by its own venue alone.
///
/// One part that cannot be trusted or judged makes the whole undecidable: a net margin without it would be wrong.
public struct GroupView: Equatable, Sendable {
    public var parts: [GroupPart]
    /// `nil` while any part is stale.
    public var net: NetMargin?

    public init(parts: [GroupPart]) {
        self.parts = parts
        net = parts.reduce(NetMargin()) { sum, part in
            guard let sum, part.isTrusted, let margin = part.margin else { return nil }
            return sum.adding(margin)
        }
    }

    public var isDecidable: Bool { net != nil }
}

/// One account of a group.
public struct GroupPart: Equatable, Sendable {
    public var account: AccountIndex
    public var market: MarketIndex
    /// Whether every stream of its market is whole and its last message could be trusted.
    public var isTrusted: Bool
    /// By its venue's own rules, in its market's base units; `nil` while a price is missing.
    public var health: AccountHealth?
    /// The same in whole cash tokens with 18 decimals, to add up; `nil` while the cash asset has no price.
    public var margin: NetMargin?

    /// `cashPrice` is the base units of one whole cash token. Cash tokens of different markets count as equal: a group is
    /// netted at par.
    public init(
        account: AccountIndex, market: MarketIndex, isTrusted: Bool, health: AccountHealth?, cashPrice: Price?
    ) {
        self.account = account
        self.market = market
        self.isTrusted = isTrusted
        self.health = health
        if let health, let cashPrice { margin = NetMargin(health, cashPrice: cashPrice) }
    }
}

/// What an owner has and owes, in whole cash tokens with 18 decimals: what is had rounded down, what is owed up.
public struct NetMargin: Equatable, Sendable {
    public var collateral = UInt256.zero
    public var debt = UInt256.zero

    public init() {}

    /// `nil` when the price is zero or a value does not fit.
    public init?(_ health: AccountHealth, cashPrice: Price) {
        let price = UInt256(cashPrice.baseUnits)
        guard !price.isZero,
            let collateral = health.collateral.multiplied(by: AccountHealth.one, dividedRoundingDownBy: price),
            let debt = health.debt.multiplied(by: AccountHealth.one, dividedRoundingUpBy: price)
        else { return nil }
        self.collateral = collateral
        self.debt = debt
    }

    /// `nil` when a sum does not fit.
    public func adding(_ other: NetMargin) -> NetMargin? {
        var sum = NetMargin()
        guard let collateral = collateral.adding(other.collateral), let debt = debt.adding(other.debt) else {
            return nil
        }
        sum.collateral = collateral
        sum.debt = debt
        return sum
    }

    public var isSolvent: Bool { collateral >= debt }
}
