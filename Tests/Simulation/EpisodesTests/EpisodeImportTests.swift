import Domain
import Margin
import MarginEngine
import Testing
import Units

@testable import Episodes

/// Against the recorded January of 2021.
@Suite(.enabled(if: RecordedData.isPresent, "needs the recorded episodes: set BAILIFF_DATA"))
struct EpisodeImportTests {
    /// 250 rows, counted independently with a decimal calculator over the file: 191 seize what their prices and the parameter
    /// file's bonus say, within 2.5 %. The other 59 do not: GUSD, CRV, ZRX and ENJ rows carry a print that the seizure contradicts by
    /// half or more, and YFI rows seized 15 % and some WBTC rows 10 % more than was repaid, where the file says 10 and 7.5 %.
    @Test func `191 of the 250 recorded liquidations are usable, and each of the others has its reason`() throws {
        let report = try RecordedData.imported.get().report
        #expect(report.total == 250)
        #expect(report.usable == 191)
        #expect(report.unusable.mapValues(\.count) == [.bonusMismatch: 59])
        #expect(report.unusable[.bonusMismatch]?.prefix(5) == [3, 16, 19, 33, 37])
        #expect(!report.assumptions.isEmpty)
    }

    @Test func `accounts are named for users, and a second event of a user has a number`() throws {
        let accounts = try RecordedData.imported.get().episode.accounts.filter { $0.fate == .recorded }
        #expect(accounts.count == 191)
        #expect(Set(accounts.map(\.name)).count == 191)
        #expect(accounts.contains { $0.name == "0x85d2cc6e3c3fd8bd6ac259f8eea25698bd6e8704#2" })
    }

    @Test func `every recorded account is healthy from its opening to its event and crosses with it`() throws {
        let imported = try RecordedData.imported.get()
        let events = try RecordedLiquidation.all(
            CSVTable(
                path: "\(RecordedData.directory)/aave_v2_liquidations.csv.gz", columns: RecordedLiquidation.columns))
        let unusable = Set(imported.report.unusable.values.flatMap { $0 })
        let moments = events.filter { !unusable.contains($0.line) }.map { ($0.user, $0.moment) }
        var replay = EdgeReplay(imported.episode, events: moments)
        replay.run()
        #expect(replay.crossed == 191)
        #expect(replay.faults == [])
        // Each account with a life before its event was judged at least once in it.
        #expect(replay.judged > 191)
    }
}

extension Episode {
    var accounts: [EpisodeAccount] {
        events.compactMap { if case .account(let account) = $0.event { account } else { nil } }
    }
}

/// Plays the prices of an episode in order, and judges every recorded account at every price moment by the exact rules. An account
/// is judged again only where its pair of prices is not at least as kind as one it was found healthy at.
struct EdgeReplay {
    private struct Open {
        var name: String
        var due: Moment
        var legs: [Leg]
        var kindest: (collateral: UInt128, debt: UInt128)?
    }

    private let episode: Episode
    private var due: [String: Moment] = [:]
    private var open: [Open] = []
    private var judge: Judge
    private var prices: [UInt128]
    private(set) var crossed = 0
    private(set) var judged = 0
    private(set) var faults: [String] = []

    init(_ episode: Episode, events: [(String, Moment)]) {
        self.episode = episode
        judge = Judge(episode.reserves)
        prices = [UInt128](repeating: 0, count: episode.reserves.count)
        var counts: [String: Int] = [:]
        for (user, moment) in events {
            counts[user, default: 0] += 1
            due[counts[user] == 1 ? user : "\(user)#\(counts[user] ?? 0)"] = moment
        }
    }

    mutating func run() {
        for (index, timed) in episode.events.enumerated() {
            switch timed.event {
            case .account(let account) where account.fate == .recorded:
                open.append(Open(name: account.name, due: due[account.name] ?? episode.start, legs: account.legs))
            case .price(let reserve, let price):
                judge.set(reserve, price)
                prices[reserve.position] = price.baseUnits
            default: break
            }
            let isLast = index + 1 == episode.events.count || episode.events[index + 1].moment != timed.moment
            if isLast { settle(timed.moment) }
        }
        faults += open.map { "\($0.name) never crossed" }
    }

    private mutating func settle(_ moment: Moment) {
        for position in open.indices.reversed() {
            let account = open[position]
            let now = (
                collateral: prices[account.legs[0].factor.reserve.position],
                debt: prices[account.legs[1].factor.reserve.position]
            )
            if moment < account.due, let kind = account.kindest, now.collateral >= kind.collateral,
                now.debt <= kind.debt
            {
                continue
            }
            judged += 1
            let isLiquidatable = judge.health(of: account.legs)?.isLiquidatable
            if moment < account.due {
                open[position].kindest = now
                if isLiquidatable != false { faults.append("\(account.name) below the edge at \(moment.nanoseconds)") }
            } else {
                if isLiquidatable == true { crossed += 1 } else { faults.append("\(account.name) did not cross") }
                open.remove(at: position)
            }
        }
    }
}
