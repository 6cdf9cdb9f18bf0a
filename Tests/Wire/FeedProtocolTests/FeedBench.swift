import Domain
import FeedProtocol
import Units

/// A decoder with the frames it is fed, for tests.
struct FeedBench: ~Copyable {
    var decoder: FeedDecoder
    var inputs: ContiguousArray<Input> = []

    init(rules: [String] = ["aave-2"], limits: FeedLimits = FeedLimits()) {
        decoder = FeedDecoder(rules: rules, limits: limits)
    }

    /// Feeds one frame and keeps what it gave in `inputs`.
    @discardableResult
    mutating func feed(topic: String = "venue-1.prices", body: [UInt8]) -> FrameVerdict {
        inputs.removeAll(keepingCapacity: true)
        return decoder.decode(topic: Array(topic.utf8).span.bytes, body: body.span.bytes, into: &inputs)
    }

    @discardableResult
    mutating func feed(_ records: String, sequence: UInt64, snapshot: String? = nil, epoch: UInt64 = 1) -> FrameVerdict
    {
        feed(body: FeedBench.body(records, sequence: sequence, snapshot: snapshot, epoch: epoch))
    }

    static func body(_ records: String, sequence: UInt64, snapshot: String? = nil, epoch: UInt64 = 1) -> [UInt8] {
        let mark = snapshot.map { ",\"snapshot\":\"\($0)\"" } ?? ""
        let head =
            #"{"publisher":"venue-1","stream":"prices","epoch":\#(epoch),"sequence":\#(sequence),"published_ns":7"#
        return Array("\(head)\(mark),\"records\":[\(records)]}".utf8)
    }

    static let market =
        #"{"type":"market","market":"aave-v2","rules":"aave-2","close_factor_bps":5000,"cash":"USDC","native":"WETH","flash_loan_fee_bps":9}"#

    static func reserve(_ asset: String, _ changed: String = "") -> String {
        let rest =
            #""decimals":18,"liquidation_threshold_bps":8250,"liquidation_bonus_bps":10500,"protocol_fee_bps":0,"scale_ppm":2500}"#
        return #"{\#(changed)"type":"reserve","market":"aave-v2","asset":"\#(asset)","# + rest
    }

    static let definitions = [market, reserve("WETH"), reserve("USDC")].joined(separator: ",")

    /// A decoder whose one stream is whole at sequence 1 and knows a market with two assets.
    static func whole() -> FeedBench {
        var bench = FeedBench()
        bench.feed(definitions, sequence: 1, snapshot: "only")
        return bench
    }
}
