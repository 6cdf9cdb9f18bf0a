import Domain
import Units

/// A collateral's liquidation LTV and how it comes down to it (`LTVConfig.getLTV`).
///
/// Example: from 9 000 to 8 000 over 1 000 s it is 8 500 when 500 s remain; at the end and after, 8 000.
struct EulerThreshold {
    let target: UInt64
    let initial: UInt64
    let end: Int64
    /// In seconds; zero when there is no ramp.
    let duration: UInt64

    /// `nil` when the instrument is not known.
    init?(_ vault: ReserveIndex, _ reserves: borrowing ReserveTable) {
        guard let row = reserves.row(vault) else { return nil }
        target = UInt64(row.liquidationThreshold.count)
        guard case .lending(let terms) = reserves.terms(of: vault), let ramp = terms.ramp else {
            (initial, end, duration) = (target, 0, 0)
            return
        }
        initial = UInt64(ramp.initial.count)
        end = ramp.end.seconds
        duration = UInt64(max(0, ramp.duration.nanoseconds / 1_000_000_000))
    }

    /// The LTV in basis points at a second.
    func points(at second: Int64) -> UInt64 {
        guard isMoving(at: second) else { return target }
        let remaining = UInt64(end - second)
        return min(initial, target + (initial - target) * remaining / duration)
    }

    func isMoving(at second: Int64) -> Bool { second < end && target < initial && duration > 0 }
}
