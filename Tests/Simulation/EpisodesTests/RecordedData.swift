import Foundation
import Testing

@testable import Episodes

/// The recorded episodes, which are not part of the repository: tests that need them are skipped where they are absent.
enum RecordedData {
    /// The environment's BAILIFF_DATA, or the folder beside the repository.
    static let root = ProcessInfo.processInfo.environment["BAILIFF_DATA"] ?? "../shared/data"
    static let directory = "\(root)/2021-01-eth-crash"

    static let isPresent = FileManager.default.fileExists(atPath: directory)

    /// Made once for all tests: it takes seconds.
    static let imported = Result { try EpisodeImport(directory: directory, options: .init(seed: 7, safeAccounts: 200)) }
}
