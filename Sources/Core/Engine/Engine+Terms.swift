import Domain
import Margin
import Units

/// What instruments are, and what is streamed of them beside prices.
extension Engine {
    mutating func define(_ input: Input, from stream: StreamIndex, _ outputs: inout ContiguousArray<Output>) {
        ceilings.forget()
        switch input {
        case .lendingTerms(let reserve, let terms):
            with(reserve, stream, &outputs) { $0.set(reserve, terms: .lending(terms)) }
        case .expiryTerms(let reserve, let terms):
            with(reserve, stream, &outputs) { $0.set(reserve, terms: .expiry(terms)) }
        case .optionTerms(let reserve, let terms):
            with(reserve, stream, &outputs) { $0.set(reserve, terms: .option(terms)) }
        case .parameter(let reserve, let parameter, let value):
            let before = reserves.parameter(parameter, of: reserve)
            with(reserve, stream, &outputs) { $0.set(reserve, parameter, to: value) }
            if parameter.steersThreshold, before != value {
                refreshThreshold(of: reserve)
                judgeTouched(&outputs)
            }
        case .tier(let reserve, let position, let tier):
            var isInOrder = true
            with(reserve, stream, &outputs) { isInOrder = $0.set(reserve, tier: tier, at: Int(position)) }
            if !isInOrder { ignore(.outOfOrder, &outputs) }
        case .efficiencyMode(let index, let terms):
            guard market(index) != nil else { return ignore(.unknownMarket, &outputs) }
            note(stream, feeds: index)
            watch.set(terms, in: index)
            judgeTouched(&outputs)
        case .efficiencyMember(let index, let category, let reserve, let isMember):
            guard market(index) != nil else { return ignore(.unknownMarket, &outputs) }
            guard watch.set(reserve, isMember: isMember, ofCategory: category, in: index) else {
                return ignore(.outOfOrder, &outputs)
            }
            judgeTouched(&outputs)
        default: preconditionFailure("Invariant: the step sends only definitions here")
        }
    }

    mutating func move(_ input: Input, from stream: StreamIndex, _ outputs: inout ContiguousArray<Output>) {
        switch input {
        case .totals(let reserve, let totals):
            with(reserve, stream, &outputs) { $0.update(reserve) { $0.totals = totals } }
        case .funding(let reserve, let cumulative):
            with(reserve, stream, &outputs) { $0.update(reserve) { $0.cumulativeFunding = cumulative } }
        case .quotes(let reserve, let quotes):
            with(reserve, stream, &outputs) { $0.update(reserve) { $0.quotes = quotes } }
        case .smile(let reserve, let smile):
            with(reserve, stream, &outputs) { $0.update(reserve) { $0.smile = smile } }
        default: preconditionFailure("Invariant: the step sends only what moves an instrument here")
        }
    }

    private mutating func with(
        _ reserve: ReserveIndex, _ stream: StreamIndex, _ outputs: inout ContiguousArray<Output>,
        _ change: (inout MarginWatch) -> Void
    ) {
        guard watch.isDefined(reserve), let market = reserves.row(reserve)?.market else {
            return ignore(.unknownReserve, &outputs)
        }
        note(stream, feeds: market)
        change(&watch)
        judgeTouched(&outputs)
    }
}
