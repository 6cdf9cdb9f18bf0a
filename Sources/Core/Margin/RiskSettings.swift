/// How the risk heap is sized.
public struct RiskSettings: Equatable, Sendable {
    /// Accounts further away than this are never hot, in scales.
    public var hotDistanceMax: Double = 3
    /// Above so many hot accounts the hot distance shrinks; below an eighth of it, it grows again.
    public var hotMax: Int = 12
    /// A trigger is planted at least this far away, in scales; nearer accounts are hot instead.
    public static let radiusMin = 1e-6
    /// The least radius as a share of the hot distance. Without it an account at the border would turn hot and cold with
    /// every tick.
    public static let hysteresis = 0.25

    public init() {}
}
