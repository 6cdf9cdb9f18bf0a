/// What is acted on: an account in one version of its state, and the pair of assets. Whoever sees the same state computes
/// the same text, and at most one unfinished intent may carry it.
public struct Opportunity: Hashable, Sendable {
    public let market: String
    public let account: String
    /// The venue's count of changes of this account.
    public let version: UInt64
    public let debtAsset: String
    public let collateralAsset: String
    public let liquidator: String

    public init(
        market: String, account: String, version: UInt64, debtAsset: String, collateralAsset: String, liquidator: String
    ) {
        self.market = market
        self.account = account
        self.version = version
        self.debtAsset = debtAsset
        self.collateralAsset = collateralAsset
        self.liquidator = liquidator
    }

    /// One spelling: each part carries its length (a netstring), so that no name can imitate a separator.
    ///
    /// Example: `7:aave-v2,5:0xabc,1:3,4:USDC,4:WETH,2:me,`
    public var text: String {
        [market, account, String(version), debtAsset, collateralAsset, liquidator]
            .map { "\($0.utf8.count):\($0)," }.joined()
    }
}
