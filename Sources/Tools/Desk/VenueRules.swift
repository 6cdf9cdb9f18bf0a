import Aave
import CompoundV2
import CompoundV3
import Deribit
import Derive
import DYdX
import Drift
import Euler
import GMX
import Hyperliquid
import Liquity
import Maker
public import Margin
import Morpho
import Opyn
import Portfolio
import Perpetual
import Synthetix

/// Every venue's rules, by the names under which a market definition asks for them. A new venue is two lines here.
public enum VenueRules {
    private static let table: [(name: String, rules: any MarginRules)] =
        zip(AaveRules.names, AaveRules.all).map { ($0, $1) }
        + [
            ("compound-2", CompoundV2Rules()),
            ("compound-3", CompoundV3Rules()),
            ("morpho-blue", MorphoRules()),
            ("euler-2", EulerRules()),
            ("maker", MakerRules()),
            ("liquity-1", LiquityRules(.v1)),
            ("liquity-2", LiquityRules(.v2)),
            (DYdXRules.name, DYdXRules()),
            (SynthetixRules.name, SynthetixRules()),
            (GMXRules.name, GMXRules()),
            (HyperliquidRules.name, HyperliquidRules()),
            (DriftRules.name, DriftRules()),
            (PerpetualRules.name, PerpetualRules()),
            ("attested", AttestedRules()),
            ("span", PortfolioRules.span),
        ]
        + zip(DeriveRules.names, DeriveRules.all).map { ($0, $1) }
        + zip(OpynRules.names, OpynRules.all).map { ($0, $1) }
        + zip(DeribitRules.names, DeribitRules.all).map { ($0, $1) }

    public static let names: [String] = table.map(\.name)
    /// In the order of `names`.
    public static let all: [any MarginRules] = table.map(\.rules)
}
