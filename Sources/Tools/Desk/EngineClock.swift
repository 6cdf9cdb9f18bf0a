import Console
public import Units

/// The engine's time: the time of day, never back and never twice the same. Whatever the engine is told has a moment of its own,
/// so that a tape's order of time is the order in which it was told.
public struct EngineClock {
    private var last = Moment.start

    public init() {}

    public mutating func next() -> Moment {
        last = max(Clock.wall, last + Interval(nanoseconds: 1))
        return last
    }
}
