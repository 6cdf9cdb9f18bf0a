/// How the risk heap is sized.
package struct RiskSettings: Equatable, Sendable {
    /// Accounts further away than this are never hot, in scales.
    package var hotDistanceMax: Double = 3
    /// Above so many hot accounts the hot distance shrinks; below an eighth of it, it grows again.
    package var hotMax: Int = 12
    /// A trigger is planted at least this far away, in scales; nearer accounts are hot instead.
    package static let radiusMin = 1e-6
    /// The least radius as a share of the hot distance. Without it an account at the border would turn hot and cold with
    /// every tick.
    package static let hysteresis = 0.25

    package init() {}
}
