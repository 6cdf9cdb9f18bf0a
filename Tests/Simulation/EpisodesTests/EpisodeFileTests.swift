import Domain
import Foundation
import MarginEngine
import Testing
import Units

@testable import Episodes

struct EpisodeFileTests {
    private static let small = GeneratedEpisode.make(.init(seed: 3, accounts: 20, safeAccounts: 5, hours: 1))

    @Test func `an episode is read back equal`() throws {
        let directory = try ScratchDirectory()
        try EpisodeFile.write(Self.small, to: directory.path)
        expectEqual(try EpisodeFile.read(from: directory.path), Self.small)
    }

    @Test(.enabled(if: RecordedData.isPresent, "needs the recorded episodes: set BAILIFF_DATA"))
    func `the recorded January is read back equal and below 60 MB`() throws {
        let episode = try RecordedData.imported.get().episode
        let directory = try ScratchDirectory()
        try EpisodeFile.write(episode, to: directory.path)
        let attributes = try FileManager.default.attributesOfItem(atPath: "\(directory.path)/events.csv")
        let size = try #require(attributes[.size] as? Int)
        #expect((1_000_000..<60_000_000).contains(size))
        expectEqual(try EpisodeFile.read(from: directory.path), episode)
    }

    @Test(arguments: [
        ("price,DAI,", "price,XYZ,", SourceFault.Code.unknownWord, "subject"),
        ("price,DAI,", "prize,DAI,", .unknownWord, "event"),
        ("price,DAI,", "price,DAI,0.", .notANumber, "first"),
        ("price,DAI,", "price,DAI, ", .notANumber, "first"),
        ("price,DAI,", "price,DAI,-", .notANumber, "first"),
        ("1610323200000000000,account", "1610323199999999999,account", .timeGoesBackwards, "moment_ns"),
        (",open,", ",doomed,", .unknownWord, "first"),
        (":c:", ":x:", .unknownWord, "second"),
        (":c:", ":c:1.", .notANumber, "second"),
        ("account,demo-1,", "account,demo 1,", .unknownWord, "subject"),
    ])
    func `a row that is not as written is refused where it stands`(
        text: String, replacement: String, code: SourceFault.Code, column: String
    ) throws {
        let directory = try ScratchDirectory()
        try EpisodeFile.write(Self.small, to: directory.path)
        try directory.alter("events.csv", text, replacement)
        let found = try #require(fault { _ = try EpisodeFile.read(from: directory.path) })
        #expect(found.code == code)
        #expect(found.column == column)
        #expect(found.line >= 2)
        #expect(found.file.hasSuffix("events.csv"))
    }

    @Test(arguments: [
        ("\"format\" : 1", "\"format\" : 2", SourceFault.Code.outOfRange, "format"),
        ("\"cash\" : \"DAI\"", "\"cash\" : \"EUR\"", .outOfRange, "cash"),
        ("\"close_factor_bps\" : 5000", "\"close_factor_bps\" : 50000", .outOfRange, "close_factor_bps"),
        ("\"first_block\" : \"1000000\"", "\"first_block\" : \"1e6\"", .notANumber, "first_block"),
        ("\"liquidation_bonus_bps\" : 10500", "\"liquidation_bonus_bps\" : 500", .outOfRange, "reserves"),
        ("\"title\"", "\"titel\"", .notAManifest, ""),
    ])
    func `a manifest that is not as written is refused`(
        text: String, replacement: String, code: SourceFault.Code, column: String
    ) throws {
        let directory = try ScratchDirectory()
        try EpisodeFile.write(Self.small, to: directory.path)
        try directory.alter("episode.json", text, replacement)
        let found = try #require(fault { _ = try EpisodeFile.read(from: directory.path) })
        #expect(found.code == code)
        #expect(found.column == column)
    }

    @Test func `a file that lost its last row is noticed`() throws {
        let directory = try ScratchDirectory()
        try EpisodeFile.write(Self.small, to: directory.path)
        let path = "\(directory.path)/events.csv"
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
        try lines.dropLast().joined(separator: "\n").write(toFile: path, atomically: true, encoding: .utf8)
        #expect(fault { _ = try EpisodeFile.read(from: directory.path) }?.code == .rowCount)
    }

    private func expectEqual(_ a: Episode, _ b: Episode) {
        #expect(EpisodeManifest(a) == EpisodeManifest(b))
        // A whole comparison first: printing hundreds of thousands of events helps nobody.
        if a.events != b.events {
            let different = zip(a.events, b.events).first { $0 != $1 }
            Issue.record(
                "\(a.events.count) and \(b.events.count) events; first difference: \(String(describing: different))")
        }
    }
}
