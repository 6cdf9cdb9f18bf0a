import Domain
import Liquidity
import Units

// What a venue trades of a pair, whole. Everything is read and held against itself before anything of it is told.
extension FeedDecoder {
    mutating func decodeDepth(_ record: Int, into inputs: inout ContiguousArray<Input>) throws(RecordFault) {
        let market = try market(record)
        let asset = try definedReserve(record, in: market)
        let against = try other("against", record)
        guard asset != against else { throw fault(.badAsset, "against") }
        guard let name = document.name("venue", of: record) else { throw fault(.badVenue, "venue") }
        depthRows.removeAll(keepingCapacity: true)
        let form = try readForm(record)
        if let key = StatedDepth.fault(form, depthRows) { throw fault(.badDepth, key) }
        guard let venue = directory.internTradingVenue(name) else { throw fault(.tooManyVenues, "venue") }
        inputs.append(
            .depthBegins(
                DepthUpdate(asset: asset, against: against, venue: venue, form: form, rows: UInt16(depthRows.count))))
        for row in depthRows { inputs.append(.depthRow(row)) }
    }

    private mutating func readForm(_ record: Int) throws(RecordFault) -> DepthUpdate.Form {
        guard let field = document.field("model", of: record), document.kind(at: field) == .string else {
            throw fault(.badModel, "model")
        }
        let model = document.text(at: field)
        if model.equals("none") { return .none }
        if model.equals("pool") { return try readConstantProduct(record) }
        if model.equals("concentrated") { return .concentrated(try readConcentrated(record)) }
        if model.equals("book") { return try readBook(record) }
        throw fault(.badModel, "model")
    }

    private mutating func readConstantProduct(_ record: Int) throws(RecordFault) -> DepthUpdate.Form {
        let range = 1...FeedLimits.amountMax
        return .pool(
            asset: try depthAmount("asset_reserve", record, in: range),
            against: try depthAmount("against_reserve", record, in: range),
            fee: BasisPoints(UInt32(try depthAmount("fee_bps", record, in: 0...9_999))))
    }

    private mutating func readConcentrated(_ record: Int) throws(RecordFault) -> ConcentratedForm {
        guard let root = document.root("root_price", of: record) else { throw fault(.badNumber, "root_price") }
        let form = ConcentratedForm(
            rootPrice: root, tick: try tick("tick", record),
            liquidity: try depthAmount("liquidity", record, in: 0...FeedLimits.amountMax), feePips: try pips(record),
            spacing: Int32(try depthAmount("spacing", record, in: 1...FeedLimits.spacingMax)),
            assetIsToken0: try depthAmount("asset_token", record, in: 0...1) == 0)
        try forEachRow("ticks", of: record, max: DepthUpdate.ticksMax) { (decoder, row) throws(RecordFault) in
            guard let field = decoder.document.field("net", of: row), let net = decoder.document.signed(at: field)
            else { throw decoder.fault(.badNumber, "net") }
            return .tick(try decoder.tick("tick", row), net: net)
        }
        return form
    }

    private mutating func readBook(_ record: Int) throws(RecordFault) -> DepthUpdate.Form {
        let fee = try pips(record)
        try forEachRow("bids", of: record, max: DepthUpdate.levelsMax) { (decoder, row) throws(RecordFault) in
            .bid(price: try decoder.level("price", row), size: try decoder.level("size", row))
        }
        try forEachRow("asks", of: record, max: DepthUpdate.levelsMax) { (decoder, row) throws(RecordFault) in
            .ask(price: try decoder.level("price", row), size: try decoder.level("size", row))
        }
        return .book(feePips: fee)
    }

    /// Adds a row for each object of a list, which has a bound.
    private mutating func forEachRow(
        _ name: StaticString, of record: Int, max: Int,
        _ read: (inout FeedDecoder, Int) throws(RecordFault) -> DepthRow
    ) throws(RecordFault) {
        guard let list = document.field(name, of: record), document.kind(at: list) == .array,
            document.childCount(at: list) <= max
        else { throw fault(.badDepth, name) }
        var row = list + 1
        while row < document.next(after: list) {
            guard document.kind(at: row) == .object else { throw fault(.badDepth, name) }
            depthRows.append(try read(&self, row))
            row = document.next(after: row)
        }
    }

    private mutating func tick(_ name: StaticString, _ record: Int) throws(RecordFault) -> Int32 {
        guard let field = document.field(name, of: record), let value = document.signed(at: field),
            value.magnitude <= UInt128(TickMath.most)
        else { throw fault(.badNumber, name) }
        return Int32(value)
    }

    private mutating func pips(_ record: Int) throws(RecordFault) -> UInt32 {
        UInt32(try depthAmount("fee_pips", record, in: 0...UInt128(Pips.whole - 1)))
    }

    private mutating func level(_ name: StaticString, _ row: Int) throws(RecordFault) -> UInt128 {
        try depthAmount(name, row, in: 1...FeedLimits.amountMax)
    }

    private mutating func depthAmount(
        _ name: StaticString, _ record: Int, in range: ClosedRange<UInt128>
    ) throws(RecordFault) -> UInt128 {
        guard let value = document.amount(name, of: record, in: range) else { throw fault(.badNumber, name) }
        return value
    }

    /// Notes which key it was.
    private mutating func fault(_ fault: RecordFault, _ key: StaticString) -> RecordFault {
        faultyKey = key
        return fault
    }
}

extension JSONDocument {
    /// A root of a price, plain or as decimal digits.
    fileprivate func root(_ name: StaticString, of object: Int) -> UInt256? {
        guard let position = field(name, of: object) else { return nil }
        guard kind(at: position) == .string else { return amount(at: position).map { UInt256($0) } }
        let digits = text(at: position)
        guard digits.count <= FeedLimits.rootDigitsMax else { return nil }
        guard digits.count > Self.lowDigits else { return Self.decimal(digits).map { UInt256($0) } }
        let head = UnsafeRawBufferPointer(rebasing: digits.dropLast(Self.lowDigits))
        let tail = UnsafeRawBufferPointer(rebasing: digits.suffix(Self.lowDigits))
        guard let high = Self.decimal(head), let low = Self.decimal(tail) else { return nil }
        return UInt256(high).multiplied(by: Self.lowScale)?.adding(UInt256(low))
    }

    private static let lowDigits = 19
    private static let lowScale = UInt256(10_000_000_000_000_000_000 as UInt128)
}
