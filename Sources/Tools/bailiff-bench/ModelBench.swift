import BiddingModel
import Glibc
import Units

/// The round trip of a question to an outside model that echoes, through a real process and its pipes.
enum ModelBench {
    private static let rounds = 5_000

    static func run() {
        let settings = ModelSettings(command: ["/usr/bin/python3", "-u", "examples/models/echo.py"], mode: "bench")
        do {
            var session = try ModelSession(settings)
            let times = roundTrips(&session)
            guard times.count == rounds else { return print("model: no answers from examples/models/echo.py") }
            let sorted = times.sorted()
            report("model", "round trip of an echoing model, us, p50", sorted[rounds / 2] / 1_000, goal: "< 1 000")
            report("model", "the same, p99", sorted[rounds * 99 / 100] / 1_000, goal: "")
        } catch {
            print("model: \(error)")
        }
    }

    private static func roundTrips(_ session: inout ModelSession) -> [Double] {
        var times: [Double] = []
        let giveUp = moment + .seconds(60)
        while !session.isReadyForQuestions, moment < giveUp {
            _ = session.turn(at: moment)
            session.wait(alsoFor: nil, milliseconds: 10)
        }
        for id in 0..<rounds {
            let start = moment
            session.ask(question(UInt64(id)), at: start)
            var replies: [ModelReply] = []
            while replies.isEmpty, moment < giveUp {
                session.wait(alsoFor: nil, milliseconds: 1_000)
                replies = session.turn(at: moment)
            }
            guard case .bid? = replies.first?.answer else { return times }
            times.append(Double((moment - start).nanoseconds))
        }
        return times
    }

    private static var moment: Moment { Moment(nanoseconds: Stopwatch.now()) }

    private static func question(_ id: UInt64) -> ModelQuestion {
        ModelQuestion(
            id: id, market: "aave", account: "0xabc", collateral: "WETH", debt: "USDC", repayMax: 1_000_000_000,
            repay: 500_000_000, seize: 250_000_000_000_000_000, proceeds: 526_000_000, repayCost: 500_450_000,
            gasCost: 12_000_000, priorityFee: 1_000_000_000, baseFee: 20_000_000_000, netProfit: 13_550_000, block: 9,
            within: .seconds(5), timeToLive: .seconds(12))
    }
}
