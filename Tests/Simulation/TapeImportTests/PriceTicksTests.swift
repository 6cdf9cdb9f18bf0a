import Domain
import Episodes
import MarginEngine
import TapeImport
import Testing
import Units

/// Prices between an episode's own.
@Suite struct PriceTicksTests {
    private struct Sent: Equatable {
        var body: [UInt8]
        var at: Moment
    }

    private func frames(ticks perBlock: Int, seed: UInt64 = 1) throws -> [Sent] {
        let episode = GeneratedEpisode.make(
            GeneratedEpisode.Options(seed: 1, accounts: 3, safeAccounts: 2, hours: 1, recipe: .calm))
        var frames = EpisodeFrames(
            episode, ticks: PriceTicks(perBlock: perBlock, reserves: episode.reserves.count, seed: seed))
        var sent: [Sent] = []
        try frames.write { _, body, at, _ in sent.append(Sent(body: body, at: at)) }
        return sent
    }

    @Test func `as many frames more as asked for, in order of time, the same from the same seed`() throws {
        let (plain, busy) = (try frames(ticks: 0), try frames(ticks: 7))
        // An hour has 300 blocks after its first. Records of one moment share a frame.
        let more = busy.count - plain.count
        #expect(more > 1_700 && more <= 2_100, "\(more) more")
        #expect(zip(busy, busy.dropFirst()).allSatisfy { $0.at <= $1.at })
        #expect(try frames(ticks: 7) == busy)
        #expect(try frames(ticks: 7, seed: 2) != busy)
    }

    @Test(arguments: EpisodeRecipe.allCases)
    func `every recipe makes a day of its own shape`(recipe: EpisodeRecipe) {
        let episode = GeneratedEpisode.make(
            GeneratedEpisode.Options(seed: 3, accounts: 5, safeAccounts: 5, hours: 2, recipe: recipe))
        #expect(episode.isSynthetic && episode.title.contains("synthetic"))
        // In ether: what a dollar costs rises when ether falls.
        let dollars = episode.events.compactMap { event -> UInt128? in
            guard case .price(let reserve, let price) = event.event, reserve.position == 2 else { return nil }
            return price.baseUnits
        }
        let (first, least, most) = (dollars[0], dollars.min() ?? 0, dollars.max() ?? 0)
        switch recipe {
        case .crash: #expect(most * 100 > first * 130)
        case .grind: #expect(most * 100 > first * 118 && most * 100 < first * 130)
        case .depeg: #expect(least * 100 < first * 93 && most * 100 < first * 110)
        case .calm: #expect(most * 1_000 < first * 1_010 && least * 1_000 > first * 990)
        }
    }
}
