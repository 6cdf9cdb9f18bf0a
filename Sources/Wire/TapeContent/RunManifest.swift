public import MCAP
public import Units

/// What made a tape: with it, somebody else can make the same run again. Metadata `bailiff.run` of every tape.
public struct RunManifest: Equatable, Sendable {
    public enum Origin: String, CaseIterable, Sendable {
        /// From live sockets.
        case recorded
        /// From files of another kind.
        case imported
        /// Cut or merged from tapes.
        case derived
    }

    public static let name = "bailiff.run"

    public var origin = Origin.recorded
    /// One line for people: what it is and where it comes from.
    public var title = ""
    public var startedAt = Moment.start
    /// SHA-256, in digits; empty where there is none.
    public var binary = ""
    public var configuration = ""
    public var parameters = ""
    /// Of the tapes or files it was made from.
    public var sources: [String] = []
    public var seed: UInt64?
    /// Counts from 0 over the files of one recording.
    public var part = 0
    /// A stream that said nothing for longer was not trusted; `nil` where silence means nothing.
    public var silenceMax: Interval?
    /// `paper` or `live` for a run's own tape; empty where no run stood beside the feed.
    public var mode = ""

    public init() {}

    public var metadata: MCAPMetadata {
        var values = [
            "format": "1", "origin": origin.rawValue, "title": title, "started_ns": "\(startedAt.nanoseconds)",
            "binary_sha256": binary, "configuration_sha256": configuration, "parameters_sha256": parameters,
            "sources_sha256": sources.joined(separator: " "), "part": "\(part)",
        ]
        values["seed"] = seed.map { "\($0)" }
        values["silence_ns_max"] = silenceMax.map { "\($0.nanoseconds)" }
        if !mode.isEmpty { values["mode"] = mode }
        return MCAPMetadata(name: Self.name, values: values)
    }

    /// `nil` for a file that is no tape of ours.
    public init?(_ file: MCAPFile) {
        guard let values = file.metadata.first(where: { $0.name == Self.name })?.values,
            let origin = values["origin"].flatMap(Origin.init)
        else { return nil }
        self.origin = origin
        title = values["title"] ?? ""
        startedAt = Moment(nanoseconds: values["started_ns"].flatMap(Int64.init) ?? 0)
        binary = values["binary_sha256"] ?? ""
        configuration = values["configuration_sha256"] ?? ""
        parameters = values["parameters_sha256"] ?? ""
        sources = (values["sources_sha256"] ?? "").split(separator: " ").map(String.init)
        seed = values["seed"].flatMap(UInt64.init)
        part = values["part"].flatMap(Int.init) ?? 0
        mode = values["mode"] ?? ""
        silenceMax = values["silence_ns_max"].flatMap(Int64.init).map(Interval.init(nanoseconds:))
    }
}
