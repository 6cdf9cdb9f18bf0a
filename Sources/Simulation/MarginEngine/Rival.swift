import Domain
public import Strategy
public import Units

/// How a scripted competitor behaves: the same simulation as ours, later, and not always there.
public struct RivalProfile: Sendable {
    public var liquidator: Liquidator
    /// Blocks from an account's fall to the rival's order, drawn anew for each fall.
    public var delayBlocks: ClosedRange<UInt64>
    /// The chance, in basis points, that it takes notice of a fall at all.
    public var presence: BasisPoints
    /// Its tip share, minimum profit and everything else that may be chosen.
    public var parameters: StrategyParameters

    public init(
        liquidator: Liquidator, delayBlocks: ClosedRange<UInt64> = 1...3, presence: BasisPoints = .whole,
        parameters: StrategyParameters = StrategyParameters()
    ) {
        self.liquidator = liquidator
        self.delayBlocks = delayBlocks
        self.presence = presence
        self.parameters = parameters
    }

    /// Accounts that one rival looks at in a block; the rest come in the next.
    static let looksPerBlock = 64
    /// Blocks until an account that was not worth it is looked at again.
    static let patienceBlocks: UInt64 = 5
}

/// A rival at work in a world.
struct Rival: Sendable {
    let profile: RivalProfile
    let liquidator: LiquidatorIndex
    let seed: UInt64
    /// Orders sent, from which their ids are made.
    var sent: UInt64 = 0
    /// The block from which on an account is looked at again.
    var nextLooks: [AccountIndex: BlockNumber] = [:]

    init(_ profile: RivalProfile, _ liquidator: LiquidatorIndex, seed: UInt64) {
        self.profile = profile
        self.liquidator = liquidator
        var generator = SeededGenerator(seed: seed ^ UInt64(liquidator.position) << 32)
        self.seed = generator.next()
    }

    /// When it acts on a fall; `nil` when it does not. Depends on the seed, the account and the fall alone, so that it does
    /// not matter in which order falls are looked at.
    func reaction(to account: AccountIndex, falling block: BlockNumber) -> BlockNumber? {
        var generator = SeededGenerator(seed: seed &+ UInt64(account.raw) << 20 ^ block.height)
        guard generator.below(10_000) < UInt64(profile.presence.count) else { return nil }
        let span = profile.delayBlocks.upperBound - profile.delayBlocks.lowerBound
        return block + profile.delayBlocks.lowerBound + generator.below(span + 1)
    }
}
