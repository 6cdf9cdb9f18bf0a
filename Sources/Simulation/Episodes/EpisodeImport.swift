import Domain
public import MarginEngine
import Units

/// An episode made of the recorded crash of January 2021: real prices, gas, depth and liquidations, around accounts that are
/// back-derived from the liquidations, in a crowd of safe ones from a seed.
///
/// The same files and options give the same episode. What is not recorded is in `report.assumptions`.
public struct EpisodeImport: Sendable {
    public struct Options: Sendable {
        public var seed: UInt64
        public var safeAccounts: Int

        public init(seed: UInt64 = 1, safeAccounts: Int = 5_000) {
            self.seed = seed
            self.safeAccounts = safeAccounts
        }

        public static let safeAccountsMax = 1_000_000
    }

    public let episode: Episode
    public let report: ImportReport

    /// `directory` holds the five files by their names, compressed; see `RecordedSources`.
    public init(directory: String, options: Options = Options()) throws(SourceFault) {
        precondition(
            (0...Options.safeAccountsMax).contains(options.safeAccounts),
            "Condition: the number of safe accounts is within its bound")
        var build = try EpisodeAssembly(RecordedSources(directory: directory))
        build.placeRecordedAccounts()
        build.placeSafeAccounts(options)
        build.stateMarket()
        (episode, report) = build.finished()
    }
}
