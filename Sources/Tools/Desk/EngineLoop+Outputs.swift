import BiddingModel
import Configuration
import Console
import Domain
import Engine
import Forecast
import FeedProtocol
import Opportunities
import Units
import Winning

extension EngineLoop {
    /// Names what the engine decided at a moment and hands it to the desk, then to the tape.
    mutating func publishOutputs(at moment: Moment) {
        for output in outputs {
            switch output {
            case .submit(let intent):
                post(.order(order(for: intent)))
            case .crossed(let account, let moment):
                post(.crossed(market: marketName(account), account: accountName(account), at: moment))
            case .refused(let account, let refusal):
                let market = marketName(account)
                post(.refused(market: market, account: accountName(account), refusal, at: Clock.wall))
            case .ask(let question): ask(question)
            case .trading(let change): post(.trading(change))
            case .recovered, .ignored: break
            }
        }
        if tape != nil { for output in outputs { record(output, at: moment) } }
        outputs.removeAll(keepingCapacity: true)
        if !abandoned.isEmpty { releaseAbandoned() }
    }

    private mutating func releaseAbandoned() {
        let lost = abandoned
        abandoned.removeAll(keepingCapacity: true)
        for outcome in lost {
            let now = clock.next()
            tell(.outcome(outcome), at: now)
            // The end of a bid decides no other one: this comes to an end.
            publishOutputs(at: now)
        }
    }

    private func order(for intent: Intent) -> Order {
        let directory = decoder.directory
        return Order(
            intent: intent, market: directory.name(of: intent.market), account: directory.name(of: intent.account),
            collateral: directory.name(of: intent.collateral), debt: directory.name(of: intent.debt),
            decidedAt: Clock.wall)
    }

    /// Puts a question to the model's thread; one that it cannot take is answered at once.
    private mutating func ask(_ question: Question) {
        let directory = decoder.directory
        let figures = question.figures
        let text = ModelQuestion(
            id: question.id, market: directory.name(of: question.market), account: directory.name(of: question.account),
            collateral: directory.name(of: question.collateral), debt: directory.name(of: question.debt),
            repayMax: question.repayMax, repay: figures.repay, seize: figures.seize, proceeds: figures.proceeds,
            repayCost: figures.repayCost, gasCost: figures.gasCost, priorityFee: question.priorityFee.weiPerGas,
            baseFee: question.baseFee.weiPerGas, netProfit: figures.netProfit.units, block: question.block.height,
            within: configuration.model.answerMax, timeToLive: configuration.model.timeToLive)
        guard questions?.post(text) != true else { return }
        if !inbox.post(.advice(Advice(id: question.id, .absent))) { status.update { $0.mailboxOverflows += 1 } }
    }

    func accountName(_ account: AccountIndex) -> String { decoder.directory.name(of: account) }
    func marketName(_ account: AccountIndex) -> String {
        decoder.directory.name(of: decoder.directory.market(of: account))
    }

    /// The desk's box is far larger than what may be open at once; an overflow is counted and shown as an alarm.
    mutating func post(_ message: DeskMessage) {
        if desk.post(message) { return }
        status.update { $0.mailboxOverflows += 1 }
        if case .order(let order) = message { abandon(order) }
    }

    /// An order that could not be handed over never left: its money is released.
    private mutating func abandon(_ order: Order) {
        let nothing = IntentOutcome(
            ordinal: order.intent.ordinal, ending: .rejected, repaid: 0, seized: 0, cash: .zero, gasPaid: 0,
            block: BlockNumber(0))
        abandoned.append(nothing)
        status.book(nothing)
    }

    /// Copies the counters for the screen.
    mutating func show() {
        let counters = engine.counters
        let feed = decoder.counters
        let open = engine.openIntents
        let likeliest = engine.likeliest(Self.likeliestShown).map { chance in
            LikelyCrossing(
                market: decoder.directory.name(of: decoder.directory.market(of: chance.account)),
                account: decoder.directory.name(of: chance.account), probability: chance.probability)
        }
        let accounts = decoder.directory.accountCount
        let trading = engine.tradingState
        let gas = learnedGas
        let winOutcomes = engine.winning?.outcomes ?? 0
        let opportunities = engine.opportunities.summary
        let decimals = engine.cashDecimals(in: MarketIndex(0)) ?? 0
        status.update {
            $0.engine = counters
            $0.accounts = accounts
            $0.decimals = decimals
            $0.openIntents = open
            $0.trading = trading
            $0.gas = gas
            $0.winOutcomes = winOutcomes
            $0.opportunities = opportunities
            $0.likeliest = likeliest
            $0.frames = feed.received
            $0.missing = feed.missing
            $0.faulty = feed.faulty
            $0.duplicates = feed.duplicate
            $0.recordFaults = feed.recordFaults.total
        }
    }

    private var learnedGas: [LearnedGasLine] {
        (0..<decoder.directory.marketCount).flatMap { position in
            GasAction.allCases.compactMap { action in
                engine.learnedGas(of: action, in: MarketIndex(position)).map {
                    LearnedGasLine(
                        market: decoder.directory.name(of: MarketIndex(position)), action: "\(action)", gas: $0.count)
                }
            }
        }
    }

    private static let likeliestShown = 5
}
