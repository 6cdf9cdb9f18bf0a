import Domain
package import Units

/// What a world is created with, beside its episode.
package struct WorldSettings: Sendable {
    /// Cash that covers what liquidated accounts leave unpaid.
    package var insuranceFund: TokenAmount = 0
    package var rivals: [RivalProfile] = []
    /// Decides what rivals do; the same seed, the same world.
    package var seed: UInt64 = 1
    /// An order with less gas than this could not run to its end, and is refused.
    package var gasLimitMin = GasUnits(100_000)

    package init() {}

    /// Orders that may wait at once; past it a submitter is asked to come back.
    package static let pendingMax = 4_096
    /// Orders remembered, ended ones included, so that an id stays known for as long as the world lasts.
    package static let ordersMax = 1 << 20
    /// The most gas that a transaction may ask for (EIP-7825).
    package static let gasLimitMax = GasUnits(16_777_216)
    /// Accounts looked at after each block to let the risk heap grow back.
    static let rebalancePerBlock = 4_096
    /// What an executed liquidation uses, whatever limit it came with.
    package static let gasUsedBySuccess = GasUnits(450_000)
    /// What a call uses that fails after its checks.
    package static let gasUsedByFailure = GasUnits(300_000)
}

/// Who may send orders, and what money they come with.
package struct Liquidator: Equatable, Sendable {
    package var name: String
    package var cash: TokenAmount
    /// Pays for gas, and for nothing else.
    package var gasMoney: Wei

    package init(name: String, cash: TokenAmount, gasMoney: Wei) {
        self.name = name
        self.cash = cash
        self.gasMoney = gasMoney
    }
}

/// A liquidator of a world: the world's own numbering, those who were given first and then the rivals.
package struct LiquidatorIndex: Hashable, Comparable, Sendable {
    package let position: Int

    init(_ position: Int) { self.position = position }

    package static func < (a: LiquidatorIndex, b: LiquidatorIndex) -> Bool { a.position < b.position }
}
