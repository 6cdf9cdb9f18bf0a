/// A figure that a file of models may have: one number, or as many as a distribution has knots.
public struct FigureKey: Sendable {
    /// With its section: `rivals.tip_share`.
    public let name: String
    public let count: Int
    public let range: ClosedRange<Int64>

    public init(name: String, count: Int, range: ClosedRange<Int64>) {
        (self.name, self.count, self.range) = (name, count, range)
    }
}

/// What a file says of a figure. Low ≤ centre ≤ high at every knot, and knots ascend.
public struct FigureValue: Equatable, Sendable {
    public let centre, low, high: [Int64]
    public let samples: UInt64
    public let from: String
}

/// A file of fitted figures, each under five keys: `name`, `name_low`, `name_high`, `name_samples` and `name_from`. A figure may
/// be missing as a whole; keys that are not among those given are refused.
public enum FigureFile {
    /// The values by the keys' names.
    public static func load(_ path: String, _ keys: [FigureKey]) throws(ConfigurationError) -> [String: FigureValue] {
        try decode(BotConfiguration.text(of: path), file: path, keys)
    }

    /// `file` is for messages only.
    public static func decode(
        _ text: String, file: String, _ keys: [FigureKey]
    ) throws(ConfigurationError) -> [String: FigureValue] {
        var reader = ConfigurationReader(try BotConfiguration.document(text, file: file))
        reader.needed("format", allowed: "1")
        _ = reader.integer("format", default: 1, in: 1...1)
        var figures: [String: FigureValue] = [:]
        for key in keys { figures[key.name] = reader.figure(key) }
        reader.reportUnknownKeys()
        guard reader.problems.isEmpty else {
            throw ConfigurationError(file: file, problems: reader.problems.sorted { $0.place < $1.place })
        }
        return figures
    }

    fileprivate static let parts = ["", "_low", "_high", "_samples", "_from"]
    fileprivate static let fromMax = 400
}

extension ConfigurationReader {
    /// `nil` where it is absent or wrong.
    fileprivate mutating func figure(_ key: FigureKey) -> FigureValue? {
        let names = FigureFile.parts.map { key.name + $0 }
        let isGiven = names.contains { self.isGiven($0) }
        if isGiven {
            for name in names { needed(name, allowed: "\(names.joined(separator: ", ")) together") }
        }
        let ends = names[..<3].map { numbers($0, key) }
        let samples = integer(names[3], default: 1, in: 1...Int64.max)
        let from = string(names[4], default: "", allowed: "at most \(FigureFile.fromMax) characters") {
            $0.unicodeScalars.count <= FigureFile.fromMax
        }
        guard isGiven, let centre = ends[0], let low = ends[1], let high = ends[2] else { return nil }
        for (name, knots) in zip(names, [centre, low, high]) where !Self.ascend(knots) {
            report(name, found: "a number below the one before", allowed: "numbers that ascend")
            return nil
        }
        guard zip(low, centre).allSatisfy({ $0 <= $1 }), zip(centre, high).allSatisfy({ $0 <= $1 }) else {
            report(key.name, found: "a number outside its interval", allowed: "\(names[1]) to \(names[2])")
            return nil
        }
        return FigureValue(centre: centre, low: low, high: high, samples: UInt64(samples), from: from)
    }

    private mutating func numbers(_ name: String, _ key: FigureKey) -> [Int64]? {
        guard key.count == 1 else { return integers(name, count: key.count, in: key.range) }
        let value = integer(name, default: key.range.lowerBound, in: key.range)
        return isGiven(name) ? [value] : nil
    }

    private static func ascend(_ knots: [Int64]) -> Bool {
        zip(knots, knots.dropFirst()).allSatisfy { $0 <= $1 }
    }
}
