import Glibc
import Submission
import Units

/// A folder of its own for one test, removed with this value.
final class Folder: Sendable {
    let path: String

    init() {
        var template = Array("/tmp/bailiff-journal-XXXXXX".utf8CString)
        guard let made = mkdtemp(&template) else { preconditionFailure("Invariant: /tmp takes a folder") }
        path = String(cString: made)
    }

    deinit {
        for name in ["j.sqlite", "j.sqlite-wal", "j.sqlite-shm", "j.sqlite-journal", "acknowledged"] {
            unlink("\(path)/\(name)")
        }
        rmdir(path)
    }

    var journal: String { "\(path)/j.sqlite" }
}

/// A record that differs from the next in every field that can tell them apart.
func record(_ number: UInt64, id: UInt64? = nil, bodyCount: Int = 40) -> IntentRecord {
    IntentRecord(
        id: IntentID(bits: UInt128(id ?? number) << 64 | 7),
        opportunity: Opportunity(
            market: "aave-v2", account: "0x\(number)", version: number, debtAsset: "USDC",
            collateralAsset: "WETH", liquidator: "me"),
        ordinal: number,
        request: RequestBytes(
            path: "/v1/liquidations",
            headers: [RequestHeader("Idempotency-Key", "k: \(number)"), RequestHeader("X-Empty", "")],
            body: (0..<bodyCount).map { UInt8(truncatingIfNeeded: $0 &* 7) }),
        deadline: BlockNumber(number + 25), repay: TokenAmount.max - UInt128(number),
        expectedProfit: Cash(units: -170_141_183_460_469_231_731_687_303_715_884_105_000), gasCost: 3,
        triggeredAt: Moment(nanoseconds: 5), decidedAt: Moment(nanoseconds: Int64(number) + 10))
}
