/// Says whether a signature over a message is by somebody whom we trust for that market. This is the one function that a new
/// kind of proof has to offer: it may as well check a proof of margin in zero knowledge.
public typealias AttestationVerifier = @Sendable (_ market: String, _ message: [UInt8], _ proof: [UInt8]) -> Bool

/// What an attested account shows: not its positions, only where it can be liquidated, under a signature.
public struct Attestation: Equatable, Sendable {
    public enum Condition: String, Equatable, Sendable {
        /// Can be liquidated while the price is at the level or below, or at it or above.
        case below, above
        /// Can be liquidated whatever the price.
        case now
    }

    public var market: String
    public var account: String
    public var version: UInt64
    public var asset: String
    public var condition: Condition
    public var level: UInt128

    public init(
        market: String, account: String, version: UInt64, asset: String, condition: Condition, level: UInt128
    ) {
        self.market = market
        self.account = account
        self.version = version
        self.asset = asset
        self.condition = condition
        self.level = level
    }

    /// The rules whose accounts are attested.
    static let rulesName: StaticString = "attested"

    /// The bytes that are signed: one field a line, so that no two attestations share a message.
    public var message: [UInt8] {
        let lines = ["bailiff-attestation-1", market, account, "\(version)", asset, condition.rawValue, "\(level)"]
        return Array(lines.joined(separator: "\n").utf8)
    }
}
