/// What an account must keep: to open more, or to stay open. Maintenance decides liquidation.
public enum Requirement: UInt8, Sendable, CaseIterable {
    case initial, maintenance
}

/// How a venue asks for margin on a book.
public enum PortfolioModel: Sendable {
    case isolated(IsolatedMargin)
    case scan(ScanMargin)

    /// Signed: what is left above the requirement. `nil` when the venue's numbers do not cover what is held.
    public func margin<Q: Quantity>(_ requirement: Requirement, of book: PortfolioBook<Q>) -> Q? {
        switch self {
        case .isolated(let model): model.margin(requirement, of: book)
        case .scan(let model): model.assessment(requirement, of: book).margin
        }
    }

    /// The same together with what is had: scenarios bring the marks along.
    func assessment<Q: Quantity>(_ requirement: Requirement, of book: PortfolioBook<Q>) -> Assessment<Q>? {
        switch self {
        case .isolated(let model):
            model.margin(requirement, of: book).map { Assessment(equity: book.equity, margin: $0) }
        case .scan(let model): model.assessment(requirement, of: book)
        }
    }
}

/// What an account would fetch at the marks, and what of it is left above the requirement.
struct Assessment<Q: Quantity> {
    let equity: Q
    let margin: Q
}
