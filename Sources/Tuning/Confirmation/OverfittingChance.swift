import Numerics

/// The probability of backtest overfitting by combinatorially symmetric cross-validation (Bailey, Borwein, López de Prado and Zhu,
/// "The probability of backtest overfitting", 2017): how often what is best on one half of the tapes is below the median on the
/// other half.
///
/// The tapes are cut into an even number of blocks, in their order; every way of taking half of the blocks is tried. A score is
/// a mean over tapes. Ties: the first of equals is chosen, and equals share a rank. About ½ says that choosing by score
/// is no better than chance; it says so too when all rows are equally good, so give it rows of every quality.
public struct OverfittingChance: Hashable, Sendable {
    public static let blocksMax = 16

    /// The share of splits in which the chosen row is at the median or below it on the other half.
    public let chance: Double
    /// The share of splits in which the chosen row is worse than the baseline on the other half.
    public let lossChance: Double
    public let splits: Int
    /// The mean of the logit of the chosen row's relative rank.
    public let meanLogit: Double

    /// `scores` has a row for every point and a column for every tape; the baseline is one of the rows.
    public init(_ scores: [[Double]], baseline: Int, blocks: Int = 10) {
        precondition(
            scores.count >= 2 && scores.indices.contains(baseline), "Condition: there is something to choose from")
        precondition(blocks >= 2 && blocks <= Self.blocksMax && blocks % 2 == 0, "Condition: blocks are even in number")
        precondition(scores[0].count >= blocks, "Condition: a block has a tape")
        let tapes = scores[0].count
        precondition(scores.allSatisfy { $0.count == tapes }, "Condition: every row was tried on every tape")
        let edges = (0...blocks).map { $0 * tapes / blocks }
        let sums = scores.map { row in (0..<blocks).map { b in row[edges[b]..<edges[b + 1]].reduce(0, +) } }
        let sizes = (0..<blocks).map { Double(edges[$0 + 1] - edges[$0]) }
        var (splits, overfitted, lost, logits) = (0, 0, 0, 0.0)
        for mask in 0..<(1 << blocks) where mask.nonzeroBitCount == blocks / 2 {
            let inside = Self.means(sums, sizes, mask)
            let outside = Self.means(sums, sizes, ~mask)
            let chosen = inside.indices.reduce(0) { inside[$1] > inside[$0] ? $1 : $0 }
            let rank = Self.relativeRank(chosen, outside)
            splits += 1
            overfitted += rank <= 0.5 ? 1 : 0
            lost += outside[chosen] < outside[baseline] ? 1 : 0
            logits += Elementary.log(rank / (1 - rank))
        }
        self.splits = splits
        chance = Double(overfitted) / Double(splits)
        lossChance = Double(lost) / Double(splits)
        meanLogit = logits / Double(splits)
    }

    private static func means(_ sums: [[Double]], _ sizes: [Double], _ mask: Int) -> [Double] {
        let blocks = sizes.indices.filter { mask >> $0 & 1 == 1 }
        let tapes = blocks.reduce(0) { $0 + sizes[$1] }
        return sums.map { row in blocks.reduce(0) { $0 + row[$1] } / tapes }
    }

    /// Between 0 and 1, the best nearest to 1: rank over one more than there are.
    private static func relativeRank(_ chosen: Int, _ scores: [Double]) -> Double {
        let below = scores.filter { $0 < scores[chosen] }.count
        let equal = scores.filter { $0 == scores[chosen] }.count
        return (Double(below) + Double(equal + 1) / 2) / Double(scores.count + 1)
    }
}
