import Domain
import Submission
import Testing
import Units
import VenueProtocol

@Suite struct LiquidationRequestTests {
    static let golden = #"""
        {"id":"00000000000000000000000000000a1b","market":"aave-v2","account":"0xabc","collateral_asset":"WETH","debt_asset":"USDC","repay":"340282366920938463463374607431768211455","minimum_margin":"45","funding":"flash_loan","gas_limit":500000,"fee_cap":"18446744073709551615","priority_fee":"2","deadline_block":123}
        """#

    static let request = LiquidationRequest(
        id: IntentID(bits: 0xa1b), market: "aave-v2", account: "0xabc", collateralAsset: "WETH", debtAsset: "USDC",
        repay: .max, minimumMargin: Cash(units: 45), funding: .flashLoan, gasLimit: GasUnits(500_000),
        feeCap: GasPrice(weiPerGas: .max), priorityFee: GasPrice(weiPerGas: 2), deadline: BlockNumber(123))

    @Test func `a request has the bytes of the contract, and reads back`() throws {
        #expect(String(decoding: Self.request.encoded(), as: UTF8.self) == Self.golden)
        #expect(try LiquidationRequest(decoding: Array(Self.golden.utf8)) == Self.request)
    }

    @Test(arguments: ["quo\"te", "back\\slash", "line\nbreak", "nul\u{0}", "emoji \u{1F9FE}", "é"])
    func `any name goes there and back`(name: String) throws {
        var request = Self.request
        request.account = name
        #expect(try LiquidationRequest(decoding: request.encoded()) == request)
    }

    struct Wrong: Sendable, CustomTestStringConvertible {
        let found: String, put: String, code: ProtocolError.Code, field: String
        var testDescription: String { "\(found) -> \(put)" }
    }

    @Test(arguments: [
        Wrong(
            found: #""repay":"340282366920938463463374607431768211455""#,
            put: #""repay":"340282366920938463463374607431768211456""#, code: .outOfRange, field: "repay"),
        Wrong(
            found: #""minimum_margin":"45""#, put: #""minimum_margin":45"#, code: .wrongType, field: "minimum_margin"),
        Wrong(
            found: #""minimum_margin":"45""#, put: #""minimum_margin":"+45""#, code: .outOfRange,
            field: "minimum_margin"),
        Wrong(
            found: #""minimum_margin":"45""#, put: #""minimum_margin":"-0""#, code: .outOfRange, field: "minimum_margin"
        ),
        Wrong(
            found: #""minimum_margin":"45""#, put: #""minimum_margin":"""#, code: .outOfRange, field: "minimum_margin"),
        Wrong(
            found: #""minimum_margin":"45""#, put: #""minimum_margin":"4.5""#, code: .outOfRange,
            field: "minimum_margin"),
        Wrong(found: #""minimum_margin":"45","#, put: "", code: .missing, field: "minimum_margin"),
        Wrong(found: "flash_loan", put: "wishes", code: .outOfRange, field: "funding"),
        Wrong(found: "500000", put: "500000.5", code: .wrongType, field: "gas_limit"),
        Wrong(found: "500000", put: "-1", code: .wrongType, field: "gas_limit"),
        Wrong(found: "500000", put: "true", code: .wrongType, field: "gas_limit"),
        Wrong(found: "500000", put: "null", code: .wrongType, field: "gas_limit"),
        Wrong(found: "500000", put: "\"500000\"", code: .wrongType, field: "gas_limit"),
        Wrong(found: "0a1b", put: "0A1B", code: .outOfRange, field: "id"),
        Wrong(found: "\"aave-v2\"", put: "\"\"", code: .outOfRange, field: "market"),
        Wrong(found: "{", put: #"{"more":1,"#, code: .unknownField, field: "more"),
        Wrong(found: "{", put: #"{"market":"x","#, code: .repeated, field: "market"),
        Wrong(found: "\"45\"", put: "[45]", code: .wrongType, field: ""),
        Wrong(found: "}", put: "", code: .notJSON, field: ""),
    ])
    func `a wrong field is refused by its name`(wrong: Wrong) throws {
        let range = try #require(Self.golden.firstRange(of: wrong.found))
        let text = Self.golden.replacingCharacters(in: range, with: wrong.put)
        let error = #expect(throws: ProtocolError.self) { try LiquidationRequest(decoding: Array(text.utf8)) }
        #expect(error?.code == wrong.code && error?.field == wrong.field, "\(String(describing: error))")
        #expect(error?.allowed.isEmpty == false)
    }

    /// Cut anywhere or with any byte changed, a message is refused or read, but never traps.
    @Test(arguments: 0..<50)
    func `a damaged message is an error or a request, never the end of us`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            var bytes = Array(Self.golden.utf8)
            for _ in 0...generator.below(3) {
                bytes[generator.within(0...(bytes.count - 1))] = UInt8(truncatingIfNeeded: generator.next())
            }
            bytes.removeLast(generator.below(2) == 0 ? 0 : generator.within(0...bytes.count))
            do throws(ProtocolError) {
                let request = try LiquidationRequest(decoding: bytes)
                let again = try LiquidationRequest(decoding: request.encoded())
                #expect(again == request, "seed \(seed)")
            } catch {
                #expect(!error.allowed.isEmpty, "seed \(seed)")
            }
        }
    }

    @Test func `what is no object, or too long, is refused whole`() {
        for text in ["", "[]", "1", "null", "\"x\"", String(repeating: " ", count: LiquidationRequest.bytesMax + 1)] {
            let error = #expect(throws: ProtocolError.self) { try LiquidationRequest(decoding: Array(text.utf8)) }
            #expect(error?.field == "", "\(text.prefix(9))")
        }
    }
}

extension String {
    fileprivate func replacingCharacters(in range: Range<String.Index>, with text: String) -> String {
        String(self[..<range.lowerBound]) + text + String(self[range.upperBound...])
    }
}
