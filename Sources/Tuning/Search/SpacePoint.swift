/// A value for every parameter of a space, in the order of its parameters.
///
/// Whole numbers and positions of choices are exact. Two points are equal when all their values are; that is what a table
/// of results is keyed by. Example: `space.defaultPoint[2]`.
public struct SpacePoint: Hashable, Sendable {
    public let values: [Double]

    public init(_ values: [Double]) {
        self.values = values
    }

    public var count: Int { values.count }
    public subscript(position: Int) -> Double { values[position] }

    /// The same point with another value at one position.
    public func with(_ value: Double, at position: Int) -> SpacePoint {
        var changed = values
        changed[position] = value
        return SpacePoint(changed)
    }
}
