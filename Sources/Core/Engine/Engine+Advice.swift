import Domain
import Margin
import Mechanisms
import Strategy
import Units

/// Bids that an outside model has its say on. What it says is an input; nothing it says is believed: size and tip are
/// simulated here like our own.
extension Engine {
    mutating func ask(_ proposal: Proposal, _ outputs: inout ContiguousArray<Output>) {
        let (account, bid) = (proposal.account, proposal.bid)
        let id = nextQuestion
        nextQuestion += 1
        accounts.flags[account.position].insert(.asked)
        asked.append(
            OpenQuestion(id: id, account: account, version: accounts.versions[account.position], pair: bid.pair))
        outputs.append(
            .ask(
                Question(
                    id: id, market: proposal.market, account: account, collateral: bid.pair.collateral,
                    debt: bid.pair.debt, repayMax: bid.repayMax, figures: bid.figures,
                    priorityFee: bid.fees.priorityFee, baseFee: market(proposal.market)?.gas?.baseFee ?? .zero,
                    block: proposal.block)))
    }

    mutating func apply(_ advice: Advice, _ outputs: inout ContiguousArray<Output>) {
        guard let position = asked.firstIndex(where: { $0.id == advice.id }) else {
            return ignore(.unknownQuestion, &outputs)
        }
        let question = asked.remove(at: position)
        let account = question.account
        accounts.flags[account.position].remove(.asked)
        // Meanwhile it may have recovered, changed or closed; then there is nothing to decide here.
        guard isLiquidatable(account), accounts.versions[account.position] == question.version,
            var look = marketLook(in: accounts.markets[account.position])
        else { return }
        if let refusal = standingRefusal(accounts.flags[account.position], look) {
            return refuse(account, refusal, &outputs)
        }
        prepare(&look)
        switch advice.verdict {
        case .noBid: refuse(account, .modelDeclined, &outputs)
        case .absent where settings.model == .orNothing: refuse(account, .modelUnusable, &outputs)
        case .absent: propose(bid(on: account, look), account, &outputs)
        case .bid(let repay, let priorityFee):
            let terms = AdvisedTerms(question.pair, repay: repay, priorityFee: priorityFee)
            propose(bid(on: account, terms, look), account, &outputs)
        }
    }

    private mutating func propose(
        _ result: Result<Proposal, Refusal>, _ account: AccountIndex, _ outputs: inout ContiguousArray<Output>
    ) {
        switch result {
        case .failure(let refusal): refuse(account, refusal, &outputs)
        case .success(var proposal):
            proposal.isAdvised = true
            proposals.append(proposal)
        }
    }
}
