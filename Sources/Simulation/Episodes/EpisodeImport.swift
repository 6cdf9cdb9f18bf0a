import Domain
package import MarginEngine
import Units

/// An episode made of the recorded crash of January 2021: real prices, gas, depth and liquidations, around accounts that are
/// back-derived from the liquidations, in a crowd of safe ones from a seed.
///
/// The same files and options give the same episode. What is not recorded is in `report.assumptions`.
package struct EpisodeImport: Sendable {
    package struct Options: Sendable {
        package var seed: UInt64
        package var safeAccounts: Int

        package init(seed: UInt64 = 1, safeAccounts: Int = 5_000) {
            self.seed = seed
            self.safeAccounts = safeAccounts
        }

        package static let safeAccountsMax = 1_000_000
    }

    package let episode: Episode
    package let report: ImportReport

    /// `directory` holds the five files by their names, compressed; see `RecordedSources`.
    package init(directory: String, options: Options = Options()) throws(SourceFault) {
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
