import Console
import Foundation
import Units

/// Where a demo keeps its journal, configuration, secret and ledger.
struct DemoFolder {
    private let path: String
    private let isTemporary: Bool

    init(keeping directory: String?) throws {
        isTemporary = directory == nil
        path = directory ?? NSTemporaryDirectory() + "bailiff-demo-\(getpid())"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        // A kept folder may hold an earlier run: its journal would be resumed against a venue that knows nothing of it.
        for leftover in [journal, journal + "-wal", journal + "-shm", ledger] {
            if FileManager.default.fileExists(atPath: leftover) { try FileManager.default.removeItem(atPath: leftover) }
        }
    }

    var journal: String { path + "/journal.sqlite" }
    var ledger: String { path + "/ledger.json" }
    var secret: String { path + "/venue.secret" }
    var configuration: String { path + "/bailiff.toml" }

    /// A secret for this run only, from the system's generator, readable by us alone.
    func writeSecret() throws {
        var generator = SystemRandomNumberGenerator()
        let text = (0..<4).map { _ in String(generator.next(), radix: 36) }.joined(separator: "-")
        if FileManager.default.fileExists(atPath: secret) { try FileManager.default.removeItem(atPath: secret) }
        let isWritten = FileManager.default.createFile(
            atPath: secret, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600])
        guard isWritten else { throw CommandFailure(code: .unavailable, message: "cannot write \(secret)") }
    }

    /// Live, but against a venue on loopback only. An imported market is played to see that nothing is missed, so there the
    /// profit limits are off: what the real market took at a loss is taken too.
    func writeConfiguration(feed: String, url: String, gasMoney: Wei, takesEverything: Bool) throws {
        let profit = takesEverything ? "minimum_profit_micros = -1000000000000\nminimum_return_bps = 0\n" : ""
        // Prices that fall between a decision and its block make bids revert, many in a row: here that is no reason to halt.
        let limits = takesEverything ? "[limits]\nconsecutive_failures_max = 0\nrevert_ratio_bps_max = 0\n" : ""
        let text = """
            mode = "live"
            [live]
            enabled = true
            [feed]
            endpoints = ["\(feed)"]
            silence_milliseconds_max = 5000
            [venue]
            url = "\(url)"
            liquidator = "bailiff"
            secret_file = "\(secret)"
            status_poll_milliseconds = 10
            [journal]
            path = "\(journal)"
            [capital]
            gas_money_wei = "\(gasMoney)"
            [strategy]
            open_intents_max = 512
            \(profit)\(limits)
            """
        try text.write(toFile: configuration, atomically: true, encoding: .utf8)
    }

    func removeIfTemporary() {
        guard isTemporary else { return }
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch {
            StandardStreams.note("demo: left \(path) behind: \(error)\n")
        }
    }
}
