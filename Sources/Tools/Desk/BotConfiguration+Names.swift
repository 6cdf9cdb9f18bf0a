public import Configuration
public import Engine
public import FeedProtocol

/// What configuration says of assets, by their names.
extension BotConfiguration {
    public var namedUses: [NamedUse] {
        proceeds.assets.map { NamedUse(market: $0.market, asset: $0.asset, use: $0.use) }
    }

    public var transactionSize: TransactionSize {
        var size = TransactionSize()
        size.zeroBytes = transaction.zeroBytes
        size.otherBytes = transaction.otherBytes
        size.compressed = transaction.compressed
        return size
    }

    /// The first asset that the feed does not have, with its key and what is allowed; `nil` when there is none.
    public func misfit(_ unknown: [(position: Int, assets: [String])]) -> String? {
        guard let first = unknown.first else { return nil }
        let choice = proceeds.assets[first.position]
        return
            "proceeds.assets[\(first.position)].asset: found \"\(choice.asset)\"; allowed: an asset of \(choice.market): "
            + first.assets.joined(separator: ", ")
    }
}
