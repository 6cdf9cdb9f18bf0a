public import Units

/// Who may hold something.
public enum StressParty: Int, CaseIterable, Sendable {
    case accounts
    /// Suppliers' cash that is not lent.
    case vault
    case bot
    case fund
    case treasury
    case pools
    /// In auctions, and bids that stand.
    case auctions
    /// Absorbed, and not yet sold.
    case inventory
    /// Depositors of the stability pool.
    case depositors
    case backstop
    /// Gas.
    case burnt
    /// Everybody else: alone may have less than nothing.
    case outside
}

/// Every asset of every party. A unit leaves one only for another, so the sum of all never changes; what each party believes it
/// has is kept apart and compared (`StressWorld.audit`).
public struct StressBooks: Equatable, Sendable {
    /// Cash first, then the assets.
    private var rows = [[Int128]](
        repeating: [Int128](repeating: 0, count: StressAsset.allCases.count + 1), count: StressParty.allCases.count)

    public init() {}

    public func cash(_ party: StressParty) -> TokenAmount { TokenAmount(rows[party.rawValue][0]) }
    public func amount(_ asset: StressAsset, _ party: StressParty) -> TokenAmount {
        TokenAmount(rows[party.rawValue][asset.rawValue + 1])
    }

    public mutating func pay(_ amount: TokenAmount, from giver: StressParty, to taker: StressParty) {
        move(amount, 0, giver, taker)
    }

    public mutating func give(_ amount: TokenAmount, of asset: StressAsset, from: StressParty, to taker: StressParty) {
        move(amount, asset.rawValue + 1, from, taker)
    }

    private mutating func move(_ amount: TokenAmount, _ column: Int, _ giver: StressParty, _ taker: StressParty) {
        rows[giver.rawValue][column] -= Int128(amount)
        rows[taker.rawValue][column] += Int128(amount)
        precondition(
            giver == .outside || rows[giver.rawValue][column] >= 0, "Invariant: \(giver) gives what it has")
    }

    /// By column; zero, always.
    public var sums: [Int128] {
        rows[0].indices.map { column in rows.reduce(0) { $0 + $1[column] } }
    }
}
