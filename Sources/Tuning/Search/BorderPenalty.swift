import Numerics

/// What a vector outside the borders is worth less than its point on the border, in ranks.
///
/// Points are drawn back to the border before anyone evaluates them; without a penalty the mean would drift outside, where
/// nothing changes any more. The size follows Hansen et al., "A method for handling uncertainty in evolutionary optimization"
/// (2009): the distance squared against the distribution's own width, coordinate by coordinate. Counted in ranks and not in
/// scores, so that the search does not change when scores are scaled or bent.
struct BorderPenalty: Sendable {
    /// Coordinates that have borders; the rest are whole numbers, whose ends are cells without an end.
    let bounded: Int

    func ranks(_ vector: [Double], _ part: NormalPart) -> Double {
        guard bounded > 0 else { return 0 }
        let variances = part.mean.indices.map { part.deviation($0) * part.deviation($0) }
        let logarithms = variances.map(Elementary.log)
        let middle = logarithms.reduce(0, +) / Double(variances.count)
        // The quartiles of the ranks of a generation lie half the generation apart.
        let spread = Double(part.constants.weights.count) / 2
        let unit = 2 * spread / variances.reduce(0, +)
        return (0..<bounded).reduce(0) { sum, i in
            let out = vector[i] - min(max(vector[i], 0), 1)
            guard out != 0 else { return sum }
            return sum + unit * out * out / Elementary.exp(0.9 * (logarithms[i] - middle))
        }
    }
}
