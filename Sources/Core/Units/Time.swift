/// An instant: nanoseconds since 1970, UTC. Time is an input; nothing in the core asks a clock.
///
/// | expression | result |
/// |---|---|
/// | `later - earlier` | `Interval` |
/// | `moment + span` | `Moment` |
package struct Moment: Hashable, Comparable, Sendable {
    package var nanoseconds: Int64

    @inlinable
    package init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    package static let start = Moment(nanoseconds: 0)

    @inlinable package static func < (a: Moment, b: Moment) -> Bool { a.nanoseconds < b.nanoseconds }
    @inlinable package static func - (a: Moment, b: Moment) -> Interval {
        Interval(nanoseconds: a.nanoseconds - b.nanoseconds)
    }
    @inlinable package static func + (a: Moment, b: Interval) -> Moment {
        Moment(nanoseconds: a.nanoseconds + b.nanoseconds)
    }
}

/// A length of time in nanoseconds.
package struct Interval: Hashable, Comparable, Sendable {
    package var nanoseconds: Int64

    @inlinable
    package init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    @inlinable package static func seconds(_ count: Int64) -> Interval {
        Interval(nanoseconds: count * 1_000_000_000)
    }
    @inlinable package static func milliseconds(_ count: Int64) -> Interval {
        Interval(nanoseconds: count * 1_000_000)
    }
    @inlinable package static func < (a: Interval, b: Interval) -> Bool { a.nanoseconds < b.nanoseconds }
}

/// The height of a block.
package struct BlockNumber: Hashable, Comparable, Sendable {
    package var height: UInt64

    @inlinable
    package init(_ height: UInt64) {
        self.height = height
    }

    @inlinable package static func < (a: BlockNumber, b: BlockNumber) -> Bool { a.height < b.height }
    @inlinable package static func + (a: BlockNumber, blocks: UInt64) -> BlockNumber {
        BlockNumber(a.height + blocks)
    }
}
