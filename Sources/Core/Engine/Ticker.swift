import Domain
import Units

/// What a price tick needs of its reserve, and no more: the rest of the reserve stays out of the hot path.
struct Ticker {
    /// Factor value for a price of one base unit.
    var supplyPerPrice = 0.0
    var borrowPerPrice = 0.0
    /// Between these the scale stays what it is; outside, and before the first price, everything is anchored anew.
    var lowest = Double.infinity
    var highest = 0.0
    /// The streams that have priced it, a bit each.
    var streams: UInt64 = 0
    var isDefined = false
}
