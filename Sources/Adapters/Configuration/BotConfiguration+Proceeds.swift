import Domain
import Units

extension BotConfiguration.Proceeds {
    init(_ reader: inout ConfigurationReader) {
        self.init()
        otherwise = reader.value("proceeds.otherwise", default: otherwise, allowed: "\"pool\" or \"depth\"") { value in
            switch value {
            case .string("pool"): .pool
            case .string("depth"): .depth
            default: nil
            }
        }
        assets = reader.tables("proceeds.assets", countMax: Self.assetsMax, keys: Self.keys) { reader, path in
            BotConfiguration.AssetChoice(&reader, path)
        }
        for (position, choice) in assets.enumerated()
        where assets[..<position].contains(where: { $0.market == choice.market && $0.asset == choice.asset }) {
            reader.report(
                "proceeds.assets[\(position)]", found: "\(choice.asset) of \(choice.market) a second time",
                allowed: "each asset of a market once")
        }
    }

    /// The venue's contract has no word for it: a venue that sold what we count as kept would be counted twice.
    func refuseKeeping(_ reader: inout ConfigurationReader) {
        for (position, choice) in assets.enumerated() {
            guard case .keep = choice.use else { continue }
            reader.report(
                "proceeds.assets[\(position)].use", found: "\"keep\" while mode is \"live\"",
                allowed: "\"pool\" or \"depth\" with mode = \"live\"")
        }
    }

    static let assetsMax = 256
    static let keys = ["market", "asset", "use", "haircut_bps", "held_max", "held"]
}

extension BotConfiguration.AssetChoice {
    fileprivate init(_ reader: inout ConfigurationReader, _ path: String) {
        let name = { (reader: inout ConfigurationReader, key: String) in
            reader.needed("\(path).\(key)", allowed: ConfigurationText.nameAllowed)
            return reader.string(
                "\(path).\(key)", default: "", allowed: ConfigurationText.nameAllowed, where: ConfigurationText.isName)
        }
        let (market, asset) = (name(&reader, "market"), name(&reader, "asset"))
        let allowed = "\"pool\", \"depth\" or \"keep\""
        reader.needed("\(path).use", allowed: allowed)
        let use = reader.value("\(path).use", default: "pool", allowed: allowed) { value in
            guard case .string(let word) = value, ["pool", "depth", "keep"].contains(word) else { return nil }
            return word
        }
        let isKept = use == "keep"
        for key in ["haircut_bps", "held_max", "held"] where !isKept && reader.isGiven("\(path).\(key)") {
            reader.report("\(path).\(key)", found: "a key of what is kept", allowed: "only with use = \"keep\"")
        }
        if isKept { reader.needed("\(path).held_max", allowed: "a string of decimal digits, below 2^127") }
        let keeping = AssetUse.Keeping(
            haircut: BasisPoints(UInt32(reader.integer("\(path).haircut_bps", default: 100, in: 0...5_000))),
            heldMax: reader.amount("\(path).held_max", default: 0), held: reader.amount("\(path).held", default: 0))
        self.init(market: market, asset: asset, use: isKept ? .keep(keeping) : use == "depth" ? .depth : .pool)
    }
}

extension BotConfiguration.Transaction {
    init(_ reader: inout ConfigurationReader) {
        self.init()
        zeroBytes = UInt64(reader.integer("transaction.zero_bytes", default: Int64(zeroBytes), in: 0...131_072))
        otherBytes = UInt64(reader.integer("transaction.other_bytes", default: Int64(otherBytes), in: 0...131_072))
        compressed = UInt64(reader.integer("transaction.fastlz_bytes", default: Int64(compressed), in: 0...131_072))
    }
}
