public import Calibration
import Units
import Winning

/// A preset with fitted numbers in place of those that were chosen.
extension PaperPreset {
    /// The default gets the centre of each figure, the adversarial preset the end of its interval that is worse for us, and the
    /// measured preset none: it is what the tape itself tells. What is not in the models stays as it was.
    public func calibrated(by models: CalibratedModels) -> PaperPreset {
        guard name != .measured else { return self }
        var preset = self
        for key in ModelKey.allCases {
            guard let figure = models[key] else { continue }
            preset.apply(key, figure)
        }
        return preset
    }

    /// A number of rivals that somebody asked for, whatever was fitted.
    public mutating func give(rivals count: UInt32) {
        rivals = count
        calibrated["rivals"] = nil
    }

    private mutating func apply(_ key: ModelKey, _ figure: ModelFigure) {
        let isHard = name == .adversarial
        let (up, down) = (isHard ? figure.high : figure.centre, isHard ? figure.low : figure.centre)
        switch key {
        case .feedLatency: feedLatency = Quantiles(knots: up)
        case .orderLatency:
            orderLatency = Quantiles(knots: up)
            // The fitted one holds the bot's own time already.
            decisionLatency = Quantiles(from: 0, to: 0)
            note("decision_latency", figure)
        case .inclusionHigh: inclusionHigh = .basisPoints(UInt32(down[0]))
        case .inclusionMedian: inclusionMedian = .basisPoints(UInt32(down[0]))
        case .inclusionLow: inclusionLow = .basisPoints(UInt32(down[0]))
        case .baseFeeChange:
            // The tape's own gas moves by itself; only the stress on top is fitted: a rise that one in sixteen exceeds.
            guard isHard else { return }
            let rise = min(max(up[Quantiles.steps - 1], 0), Self.riseMax)
            baseFeeFactor = .basisPoints(UInt32(10_000 + rise))
        case .priorityMedian, .priorityHigh: return
        case .rivalCount:
            let thousandths = isHard ? up[0] + 999 : up[0] + 500
            rivals = UInt32(min(max(thousandths / 1_000, 1), Int64(Self.rivalsMax)))
        case .rivalTipShare: rivalTipShare = Quantiles(knots: up.map { min($0, Self.tipShareMax) })
        case .rivalLatency: rivalLatency = Quantiles(knots: down)
        }
        if let setting = key.setting { note(setting, figure) }
    }

    private mutating func note(_ setting: String, _ figure: ModelFigure) {
        calibrated[setting] = "calibrated on \(figure.from): \(figure.samples) observations"
    }

    /// As dear as four times, and a strategy's largest share for a tip.
    private static let riseMax: Int64 = 30_000
    private static let tipShareMax: Int64 = 9_900
}
