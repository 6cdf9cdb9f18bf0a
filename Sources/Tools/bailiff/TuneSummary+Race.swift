import Confirmation
import Search
import StrategySearch
import StudyFile

extension TuneSummary {
    /// Who was raced to the end.
    struct StandingFigures: Codable {
        var values: [Double]
        var mean: Double
        var gain: Double
        /// A fold, in the order of `aims`.
        var costs: [Double]
        var isDefault: Bool
        /// Of the study's objectives, among those raced to the end.
        var isOnFront: Bool
        /// Put to the confirmation.
        var isCandidate: Bool
        /// After the confirmation: the candidate where it is to be adopted, else the default.
        var isRecommended: Bool
    }

    /// A round of the race: on which folds of which tapes, and who left after it.
    struct RoundFigures: Codable {
        struct Share: Codable {
            var name: String
            var folds: Int
        }

        struct Runner: Codable {
            /// The first trial of the search with its parameters.
            var trial: Int
            var mean: Double?
            var isDropped: Bool
        }

        /// As the study file numbers them: tape · stretches + stretch.
        var folds: [Int]
        var tapes: [Share]
        /// Best first; the default, which always stays, is not among them.
        var runners: [Runner]
        var dropped: Int
    }

    static func standing(_ result: TuneResult, _ options: TuneOptions) -> [StandingFigures] {
        let base = options.space.space.defaultPoint
        let own = result.standing.first { $0.point == base }?.score ?? 0
        let folds = Array(0..<(options.training.count * options.windows))
        let recommended = result.verdict.decision == .adopt ? result.candidate : base
        // JSON has no infinity: who failed on a fold has no mean.
        let finite = result.standing.filter(\.score.isFinite)
        let front = Set(ParetoFront(finite).positions)
        return finite.enumerated().map { position, one in
            StandingFigures(
                values: one.point.values, mean: one.score, gain: one.score - own,
                costs: options.aims.indices.map { aim in
                    result.race.costs(one.point, over: folds, at: aim).reduce(0, +) / Double(folds.count)
                },
                isDefault: one.point == base, isOnFront: front.contains(position),
                isCandidate: one.point == result.candidate, isRecommended: one.point == recommended)
        }
    }

    static func rounds(_ result: TuneResult, _ tapes: [TapeFigures], windows: Int, _ file: StudyFile) -> [RoundFigures]
    {
        result.rounds.map { round in
            let shares = tapes.filter(\.isSearched).enumerated().map { position, tape in
                RoundFigures.Share(name: tape.name, folds: round.tapes.count { $0 / windows == position })
            }
            return RoundFigures(
                folds: round.tapes.sorted(), tapes: shares,
                runners: round.standing.enumerated().map { place, one in
                    RoundFigures.Runner(
                        trial: file.searched(one.point) ?? -1, mean: one.score.isFinite ? one.score : nil,
                        isDropped: place >= round.staying)
                }, dropped: round.standing.count - round.staying)
        }
    }
}

extension StudyFile {
    /// The first trial of the search at a point.
    func searched(_ point: SpacePoint) -> Int? {
        trials.first { $0.study == TuneRun.Part.search.rawValue && $0.point == point }?.id
    }
}
