import Domain
import FeedProtocol
import Testing
import Units

@Suite struct FeedFuzzTests {
    static let fragments = [
        "\"", "{", "}", "[", "]", ",", ":", "-", "1e9", "null", "18446744073709551616", "\\u0000", "é", "\"account\"",
        "\"0\"",
    ]

    static let records = [
        FeedBench.market, FeedBench.reserve("WETH"), FeedBench.reserve("DAI"), #"{"type":"heartbeat"}"#,
        #"{"type":"price","market":"aave-v2","asset":"WETH","price":"1234"}"#,
        #"{"type":"indices","market":"aave-v2","asset":"WETH","supply_index":"1000000000000000000000000000","borrow_index":"1000000000000000000000000000"}"#,
        #"{"type":"pool","market":"aave-v2","asset":"WETH","asset_reserve":"5","cash_reserve":"6","fee_bps":30}"#,
        #"{"type":"account","market":"aave-v2","account":"0xabc","version":3,"positions":[{"asset":"WETH","collateral":"5"},{"asset":"USDC","debt":"7"}]}"#,
        #"{"type":"position","market":"aave-v2","account":"0xabc","version":4,"asset":"WETH","collateral":"1","debt":"2"}"#,
        #"{"type":"gas","market":"aave-v2","base_fee":"1","priority_fee_p50":"2","priority_fee_p90":"3"}"#,
        #"{"type":"block","market":"aave-v2","number":123,"timestamp_ns":4}"#,
        #"{"type":"funding","market":"aave-v2","asset":"WETH","cumulative":"-12"}"#,
        #"{"type":"quotes","market":"aave-v2","asset":"WETH","index":"5","oracle":"6","skew":-7}"#,
        #"{"type":"smile","market":"aave-v2","asset":"WETH","at_the_money":800000000,"skew":-1,"curvature":2,"rate":3}"#,
        #"{"type":"totals","market":"aave-v2","asset":"WETH","assets":"5","shares":"6"}"#,
        #"{"type":"parameters","market":"aave-v2","asset":"WETH","values":{"maintenance_margin":"5","skew_scale":7}}"#,
        #"{"type":"tiers","market":"aave-v2","asset":"WETH","tiers":[{"floor":"0","maintenance_margin":"5","deduction":"0"}]}"#,
        #"{"type":"lending","market":"aave-v2","asset":"WETH","collateral_factor":"5"}"#,
        #"{"type":"expiry","market":"aave-v2","asset":"WETH","underlying":"USDC","expiry_ns":9}"#,
        #"{"type":"option","market":"aave-v2","asset":"WETH","expiry":"USDC","strike":"5","kind":"call"}"#,
        #"{"type":"efficiency_mode","market":"aave-v2","category":1,"liquidation_threshold_bps":9500,"liquidation_bonus_bps":10100,"members":["WETH"]}"#,
        #"{"type":"account","market":"aave-v2","account":"0xdef","version":3,"category":1,"tags":["us"],"positions":[{"asset":"WETH","debt":"5","accrual":"-1","entry":-2}]}"#,
    ]

    /// A valid frame with a few records, damaged: in its records three times out of four, else anywhere.
    private func damagedFrame(sequence: UInt64, _ random: inout SeededGenerator) -> [UInt8] {
        let records = (0...random.below(3)).map { _ in Self.records[Int(random.below(UInt64(Self.records.count)))] }
        let text = records.joined(separator: ",")
        if random.below(4) > 0 {
            return FeedBench.body(
                String(decoding: mutate(Array(text.utf8), &random), as: UTF8.self), sequence: sequence)
        }
        return mutate(FeedBench.body(text, sequence: sequence, snapshot: "only"), &random)
    }

    private func mutate(_ frame: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
        var bytes = frame
        for _ in 0...random.below(2) where !bytes.isEmpty {
            let place = Int(random.below(UInt64(bytes.count)))
            switch random.below(5) {
            case 0: bytes[place] ^= 1 << UInt8(random.below(8))
            case 1: bytes.remove(at: place)
            case 2: bytes.removeLast(min(bytes.count, Int(random.below(16))))
            case 3:
                bytes.insert(
                    contentsOf: Self.fragments[Int(random.below(UInt64(Self.fragments.count)))].utf8, at: place)
            default: bytes[place] = UInt8(random.below(10)) + 48
            }
        }
        return bytes
    }

    /// The contract with the core: every head is followed by exactly its legs, and no leg stands alone.
    private func isWellFormed(_ inputs: ContiguousArray<Input>) -> Bool {
        var legs = 0
        for input in inputs {
            switch input {
            case .accountBegins(let update) where legs == 0: legs = Int(update.legs)
            case .accountLeg where legs > 0: legs -= 1
            case .accountBegins, .accountLeg: return false
            default: if legs > 0 { return false }
            }
        }
        return legs == 0
    }

    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func `five thousand damaged frames never trap, always balance, and give well-formed inputs`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var total = (
            received: 0 as UInt64, faulty: 0 as UInt64, applied: 0 as UInt64, recordFaults: 0 as UInt64,
            quarantines: 0 as UInt64
        )
        for _ in 0..<50 {
            // Anew every hundred frames: a damaged epoch makes all that follow replays.
            var bench = FeedBench.whole()
            for sequence in 2...101 as ClosedRange<UInt64> {
                let frame = damagedFrame(sequence: sequence, &random)
                bench.feed(body: frame)
                guard isWellFormed(bench.inputs), bench.decoder.counters.isBalanced else {
                    Issue.record("seed \(seed): \(String(decoding: frame, as: UTF8.self))")
                    return
                }
            }
            let counters = bench.decoder.counters
            total.received += counters.received - 1
            total.faulty += counters.faulty
            total.applied += counters.applied
            total.recordFaults += counters.recordFaults.total
            total.quarantines += counters.quarantines
        }
        #expect(total.received == 5_000)
        // The damage reached every depth: frames, records, accounts.
        #expect(total.faulty > 500 && total.applied > 500, "seed \(seed): \(total)")
        #expect(total.recordFaults > 100 && total.quarantines > 20, "seed \(seed): \(total)")
    }

    @Test func `every prefix of a frame is faulty`() {
        let frame = FeedBench.body(FeedBench.definitions, sequence: 1)
        var bench = FeedBench()
        for length in 0..<frame.count { bench.feed(body: Array(frame[..<length])) }
        #expect(bench.decoder.counters.faults[.notJSON] == UInt64(frame.count))
    }
}
