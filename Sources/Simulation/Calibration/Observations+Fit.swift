import Units

/// From observations to figures.
extension Observations {
    /// Fewer observations than this say nothing about sixteenths.
    public static let samplesMin = 30
    /// Fewer blocks than this say nothing about a chance.
    public static let blocksMin: UInt64 = 10

    public mutating func fit() -> CalibratedModels {
        var models = CalibratedModels()
        takeAuctions()
        for key in ModelKey.allCases {
            // Every figure has its own draws: a source more of one leaves the others' intervals as they are.
            let number = UInt64(ModelKey.allCases.firstIndex(of: key) ?? 0)
            var random = SeededGenerator(seed: SeededGenerator(seed: seed ^ number << 40).first)
            switch key {
            case .inclusionHigh, .inclusionMedian, .inclusionLow: fitShare(key, &models)
            case .rivalCount: fitCount(&models, &random)
            default: fitQuantiles(key, &models, &random)
            }
        }
        return models
    }

    /// What an auction gave back of what there was to gain, at the nearest price of ether; more than all of it counts as all.
    private mutating func takeAuctions() {
        ether.sort()
        let from = sources[.rivalTipShare]?.joined(separator: ", ") ?? ""
        for auction in auctions {
            guard auction.incentiveDollars > 0 else {
                counts.auctionsWithoutIncentive += 1
                continue
            }
            guard let price = ether.price(at: auction.at) else {
                counts.auctionsWithoutPrice += 1
                continue
            }
            let share = auction.recapturedEther * price / auction.incentiveDollars
            if share > 1 { counts.auctionsAboveIncentive += 1 }
            add(Int64((min(share, 1) * 10_000).rounded()), to: .rivalTipShare, from: from)
        }
        auctions = []
    }

    private func fitQuantiles(_ key: ModelKey, _ models: inout CalibratedModels, _ random: inout SeededGenerator) {
        guard let found = samples[key] else { return models.leaveOut(key, because: absence(of: key)) }
        guard found.kept.count >= Self.samplesMin else {
            return models.leaveOut(
                key, because: "\(found.count) observations; \(Self.samplesMin) are needed\(exclusions(of: key))")
        }
        let knots = Bootstrap.quantiles(found.kept, &random)
        models.set(
            key,
            ModelFigure(
                centre: knots.centre, low: knots.low, high: knots.high, samples: found.count, from: from(key)))
    }

    private func fitShare(_ key: ModelKey, _ models: inout CalibratedModels) {
        guard let found = trials[key] else { return models.leaveOut(key, because: absence(of: key)) }
        guard found.all >= Self.blocksMin, let interval = WilsonInterval(found.in, of: found.all) else {
            return models.leaveOut(key, because: "\(found.all) blocks; \(Self.blocksMin) are needed")
        }
        func points(_ share: Double) -> [Int64] { [Int64((share * 10_000).rounded())] }
        models.set(
            key,
            ModelFigure(
                centre: points(interval.share), low: points(interval.low), high: points(interval.high),
                samples: found.all, from: from(key)))
    }

    private func fitCount(_ models: inout CalibratedModels, _ random: inout SeededGenerator) {
        guard rivals.wins >= UInt64(Self.samplesMin), let found = rivals.fit(&random) else {
            let why = rivals.wins == 0 ? absence(of: .rivalCount) : "\(rivals.wins) liquidations by named winners"
            return models.leaveOut(.rivalCount, because: why)
        }
        models.set(
            .rivalCount,
            ModelFigure(
                centre: [found.centre], low: [found.low], high: [found.high], samples: rivals.wins,
                from: from(.rivalCount)))
    }

    private func from(_ key: ModelKey) -> String { sources[key]?.joined(separator: ", ") ?? "" }

    private func exclusions(of key: ModelKey) -> String {
        guard key == .rivalTipShare, counts.auctionsWithoutPrice > 0 else { return "" }
        return "; \(counts.auctionsWithoutPrice) auctions have no price of ether within 14 days on the tapes given"
    }

    private func absence(of key: ModelKey) -> String {
        switch key {
        case .feedLatency: "no frame was received later than it was published"
        case .orderLatency: "no log says when an order was sent and when it arrived, and no tape when a venue answered"
        case .inclusionHigh, .inclusionMedian, .inclusionLow: "no log tells of orders with such a tip"
        case .baseFeeChange, .priorityMedian, .priorityHigh: "no tape has records of gas"
        case .rivalCount: "no source names who won"
        case .rivalTipShare:
            counts.auctionsWithoutPrice > 0
                ? "\(counts.auctionsWithoutPrice) auctions, and no price of ether within 14 days on the tapes given"
                : "no source says what winners paid"
        case .rivalLatency: "no source says when an account crossed and when the winner's order came"
        }
    }
}

extension SeededGenerator {
    /// The first number, to begin another one with.
    fileprivate var first: UInt64 {
        var copy = self
        return copy.next()
    }
}
