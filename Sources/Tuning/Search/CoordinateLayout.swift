/// A point as the search draws it: before it is drawn back inside the borders and rounded.
struct Candidate: Hashable, Sendable {
    let vector: [Double]
    let choices: [Int]
}

/// Which parameter is which coordinate: positions in the space, in the order of the space within each kind.
struct CoordinateLayout: Hashable, Sendable {
    private(set) var continuous: [Int] = []
    private(set) var integers: [Int] = []
    private(set) var choices: [Int] = []
    var numbers: [Int] { continuous + integers }

    init(_ space: SearchSpace) {
        for (position, parameter) in space.parameters.enumerated() {
            switch parameter.kind {
            case .continuous: continuous.append(position)
            case .integer: integers.append(position)
            case .choice: choices.append(position)
            }
        }
    }

    /// The default, exactly.
    func start(_ mean: [Double], _ space: SearchSpace) -> Candidate {
        Candidate(vector: mean, choices: choices.map { Int(space.parameters[$0].defaultValue) })
    }

    func point(_ candidate: Candidate, _ space: SearchSpace) -> SpacePoint {
        var values = space.parameters.map(\.defaultValue)
        for (coordinate, position) in continuous.enumerated() {
            let parameter = space.parameters[position]
            let place = candidate.vector[coordinate]
            // The way to a place and back may lose the last bit; the default stays what it is.
            guard place != parameter.place(of: parameter.defaultValue) else { continue }
            values[position] = parameter.value(at: place)
        }
        for (number, position) in integers.enumerated() {
            values[position] = space.parameters[position].wholeNumber(near: candidate.vector[continuous.count + number])
        }
        for (number, position) in choices.enumerated() { values[position] = Double(candidate.choices[number]) }
        return SpacePoint(values)
    }
}
