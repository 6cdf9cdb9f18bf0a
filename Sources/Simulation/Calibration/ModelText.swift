/// Models as a file: TOML that `bailiff paper --models` reads, with where every number comes from in comments.
public struct ModelText {
    private let models: CalibratedModels
    private let sources: [Source]
    private let seed: UInt64

    public struct Source: Encodable, Sendable {
        public let file: String
        public let title: String
        public let sha256: String

        public init(file: String, title: String, sha256: String) {
            (self.file, self.title, self.sha256) = (file, title, sha256)
        }
    }

    public init(_ models: CalibratedModels, sources: [Source], seed: UInt64) {
        (self.models, self.sources, self.seed) = (models, sources, seed)
    }

    public var text: String {
        var lines = [
            "# Models fitted by `bailiff tape calibrate`, for `bailiff paper --models`; docs/calibration.md says what they mean.",
            "# Intervals are 95 %; of distributions every sixteenth is given, from the least to the greatest seen.",
        ]
        lines += sources.map { "# \(Self.plain($0.title)): sha256 \($0.sha256)" }
        lines += ["# seed \(seed)", "", "format = 1"]
        var section = ""
        for key in ModelKey.allCases {
            let parts = key.rawValue.split(separator: ".")
            if section != parts[0] {
                section = String(parts[0])
                lines += ["", "[\(section)]"]
            }
            lines += block(key, name: String(parts[1]))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func block(_ key: ModelKey, name: String) -> [String] {
        let head = "# \(name), \(key.unit): \(key.meaning)."
        guard let figure = models[key] else {
            return ["\(head) Not known: \(Self.plain(models.unknown[key] ?? "nothing was read"))"]
        }
        return [
            head, "\(name) = \(Self.value(figure.centre))", "\(name)_low = \(Self.value(figure.low))",
            "\(name)_high = \(Self.value(figure.high))", "\(name)_samples = \(figure.samples)",
            "\(name)_from = \"\(Self.plain(figure.from))\"",
        ]
    }

    private static func value(_ numbers: [Int64]) -> String {
        numbers.count == 1 ? "\(numbers[0])" : "[\(numbers.map(String.init).joined(separator: ", "))]"
    }

    /// A tape's title may hold anything: what would end a comment or a string is left out, and so is what is too long.
    private static func plain(_ text: String) -> String {
        let kept = text.unicodeScalars.filter { scalar in
            scalar.value >= 32 && scalar.value != 127 && scalar != "\"" && scalar != "\\"
        }
        return String(String.UnicodeScalarView(kept.prefix(fromMax)))
    }

    /// Characters of a source's name.
    public static let fromMax = 400
}
