import Console
package import Units

/// The engine's time: the time of day, never back and never twice the same. Whatever the engine is told has a moment of its own,
/// so that a tape's order of time is the order in which it was told.
package struct EngineClock {
    private var last = Moment.start

    package init() {}

    package mutating func next() -> Moment {
        last = max(Clock.wall, last + Interval(nanoseconds: 1))
        return last
    }
}
