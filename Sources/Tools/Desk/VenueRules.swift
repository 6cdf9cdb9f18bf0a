import Aave
package import Margin

/// Every venue's rules, by the names under which a market definition asks for them. A new venue is two lines here.
package enum VenueRules {
    private static let table: [(name: String, rules: any MarginRules)] =
        zip(AaveRules.names, AaveRules.all).map { ($0, $1) }
        + [("attested", AttestedRules())]

    package static let names: [String] = table.map(\.name)
    /// In the order of `names`.
    package static let all: [any MarginRules] = table.map(\.rules)
}
