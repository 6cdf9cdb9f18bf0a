import Domain
import Foundation
public import MarginEngine
import Units

/// An episode in a directory: `episode.json` and `events.csv`. What is written is read back equal, integer for integer.
///
/// A row of events: moment in nanoseconds, kind, subject and up to three values; `1610323200000000000,price,DAI,812345000000000,,`.
/// An account's legs are one value: `WETH:c:1000;DAI:d:500`, c for collateral and d for debt.
public enum EpisodeFile {
    static let manifestName = "episode.json"
    static let eventsName = "events.csv"
    static let columns = ["moment_ns", "event", "subject", "first", "second", "third"]

    /// Writes both files, creating the directory; the manifest last, so that a reader finds a whole episode or none.
    public static func write(_ episode: Episode, to directory: String) throws(SourceFault) {
        var text: [UInt8] = []
        text.reserveCapacity(episode.events.count * 64)
        text += (columns.joined(separator: ",") + "\n").utf8
        for timed in episode.events {
            text += (row(timed, episode.reserves) + "\n").utf8
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        do {
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
            let folder = URL(fileURLWithPath: directory, isDirectory: true)
            try Data(text).write(to: folder.appendingPathComponent(eventsName), options: .atomic)
            try encoder.encode(EpisodeManifest(episode))
                .write(to: folder.appendingPathComponent(manifestName), options: .atomic)
        } catch {
            throw SourceFault(.cannotWrite, file: directory, found: error.localizedDescription)
        }
    }

    private static func row(_ timed: TimedEvent, _ reserves: [EpisodeReserve]) -> String {
        let moment = String(timed.moment.nanoseconds)
        switch timed.event {
        case .price(let reserve, let price):
            return "\(moment),price,\(reserves[reserve.position].name),\(price.baseUnits),,"
        case .pool(let reserve, let pool):
            let name = reserves[reserve.position].name
            return "\(moment),pool,\(name),\(pool.assetReserve),\(pool.cashReserve),\(pool.fee.count)"
        case .gas(let baseFee, let median, let high):
            return "\(moment),gas,,\(baseFee.weiPerGas),\(median.weiPerGas),\(high.weiPerGas)"
        case .account(let account):
            precondition(isName(account.name), "Condition: an account's name is letters, digits and . _ - #")
            return "\(moment),account,\(account.name),\(account.fate.rawValue),\(legs(account, reserves)),"
        }
    }

    private static func legs(_ account: EpisodeAccount, _ reserves: [EpisodeReserve]) -> String {
        account.legs.map { leg in
            let side = leg.factor.side == .collateral ? "c" : "d"
            return "\(reserves[leg.factor.reserve.position].name):\(side):\(leg.amount)"
        }.joined(separator: ";")
    }

    /// Whether a name can stand in a row as it is.
    static func isName(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.count <= 64
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"),
                    UInt8(ascii: "#"):
                    true
                default: false
                }
            }
    }
}
