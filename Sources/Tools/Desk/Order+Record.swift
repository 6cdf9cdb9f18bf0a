import Domain
public import Submission
import Units

extension Order {
    /// What makes this the same chance seen again.
    public func opportunity(of liquidator: String) -> Opportunity {
        Opportunity(
            market: market, account: account, version: intent.accountVersion, debtAsset: debt,
            collateralAsset: collateral, liquidator: liquidator)
    }

    /// The journal's record of it, with the bytes as they go out.
    public func record(_ id: IntentID, _ opportunity: Opportunity, _ request: RequestBytes) -> IntentRecord {
        IntentRecord(
            id: id, opportunity: opportunity, ordinal: intent.ordinal, request: request, deadline: intent.deadline,
            repay: intent.figures.repay, expectedProfit: intent.figures.netProfit, gasCost: intent.figures.gasCost,
            triggeredAt: intent.triggeredAt, decidedAt: decidedAt)
    }
}
