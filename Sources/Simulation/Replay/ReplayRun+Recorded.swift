public import Engine

extension ReplayRun {
    /// A run's tape gone through again: frames and what else the engine was told, by an engine made as the run's was, which is not
    /// armed before the tape says so. `settings.silenceMax` is `nil` here: silence is on the tape.
    public init(
        of venue: RecordedRun, _ settings: ReplaySettings, engine made: EngineSettings, log: DecisionLog = DecisionLog()
    ) {
        precondition(settings.silenceMax == nil, "Condition: silence is told by the tape")
        self.init(settings, venue: venue, log: log)
        engine = Engine(made)
    }
}
