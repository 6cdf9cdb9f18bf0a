import Domain
public import Units

/// What a world is created with, beside its episode.
public struct WorldSettings: Sendable {
    /// Cash that covers what liquidated accounts leave unpaid.
    public var insuranceFund: TokenAmount = 0
    public var rivals: [RivalProfile] = []
    /// Decides what rivals do; the same seed, the same world.
    public var seed: UInt64 = 1
    /// An order with less gas than this could not run to its end, and is refused.
    public var gasLimitMin = GasUnits(100_000)

    public init() {}

    /// Orders that may wait at once; past it a submitter is asked to come back.
    public static let pendingMax = 4_096
    /// Orders remembered, ended ones included, so that an id stays known for as long as the world lasts.
    public static let ordersMax = 1 << 20
    /// The most gas that a transaction may ask for (EIP-7825).
    public static let gasLimitMax = GasUnits(16_777_216)
    /// Accounts looked at after each block to let the risk heap grow back.
    static let rebalancePerBlock = 4_096
    /// What an executed liquidation uses, whatever limit it came with.
    public static let gasUsedBySuccess = GasUnits(450_000)
    /// What a call uses that fails after its checks.
    public static let gasUsedByFailure = GasUnits(300_000)
}

/// Who may send orders, and what money they come with.
public struct Liquidator: Equatable, Sendable {
    public var name: String
    public var cash: TokenAmount
    /// Pays for gas, and for nothing else.
    public var gasMoney: Wei

    public init(name: String, cash: TokenAmount, gasMoney: Wei) {
        self.name = name
        self.cash = cash
        self.gasMoney = gasMoney
    }
}

/// A liquidator of a world: the world's own numbering, those who were given first and then the rivals.
public struct LiquidatorIndex: Hashable, Comparable, Sendable {
    public let position: Int

    init(_ position: Int) { self.position = position }

    public static func < (a: LiquidatorIndex, b: LiquidatorIndex) -> Bool { a.position < b.position }
}
