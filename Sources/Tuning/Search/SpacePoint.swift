/// A value for every parameter of a space, in the order of its parameters.
///
/// Whole numbers and positions of choices are exact. Two points are equal when all their values are; that is what a table
/// of results is keyed by. Example: `space.defaultPoint[2]`.
package struct SpacePoint: Hashable, Sendable {
    package let values: [Double]

    package init(_ values: [Double]) {
        self.values = values
    }

    package var count: Int { values.count }
    package subscript(position: Int) -> Double { values[position] }

    /// The same point with another value at one position.
    package func with(_ value: Double, at position: Int) -> SpacePoint {
        var changed = values
        changed[position] = value
        return SpacePoint(changed)
    }
}
