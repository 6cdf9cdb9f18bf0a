/// Everything that waits on one factor. Each leg of an account that can be liquidated stands in exactly one of the
/// three queues of its factor.
struct FactorQueues: ~Copyable {
    /// The factor's latest value: excess units per unit of weight.
    var value: Double
    /// A typical move of the value, in its own unit. Held constant between changes, so that it is an input, not a drift.
    var scale: Double
    /// Within which the value stays, where the number is that of the index's box (`RiskIndex+Quiet`); else meaningless.
    var lowest = 0.0
    var highest = 0.0
    var boxNumber: UInt32 = 0
    /// Whether its value was set without a look at anybody.
    var isUnsettled = false
    /// Triggers below the value: they fire when it falls to them.
    var below = TriggerHeap()
    /// Triggers above the value: they fire when it rises to them.
    var above = TriggerHeap()
    /// Legs of hot accounts: looked at on every tick.
    var hot = Column<UInt32>()

    init(value: Double, scale: Double) {
        self.value = value
        self.scale = scale
    }

    var waiting: Int { below.count + above.count + hot.count }
    var residentBytes: Int { below.residentBytes + above.residentBytes + hot.residentBytes }
}
