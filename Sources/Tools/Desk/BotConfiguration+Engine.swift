public import Configuration
public import Engine
import FeedProtocol
import Units

extension BotConfiguration {
    /// What an engine of this configuration is created with, live, on paper, or to go through a run's tape again.
    public var engineSettings: EngineSettings {
        var settings = EngineSettings(rules: VenueRules.all)
        settings.excluded = FeedDecoder.excludedSegments(excludedTags.count)
        settings.parameters = strategy
        settings.limits = limits
        settings.use = proceeds.otherwise
        settings.transaction = transactionSize
        settings.winTable = winning.table
        // On paper every bid wins: there is nothing to learn from that.
        settings.winTableWeight = mode == .live && winning.learns ? winning.weight : nil
        if !model.command.isEmpty { settings.model = model.isBuiltInWithoutAnswer ? .orBuiltIn : .orNothing }
        settings.cash = .proceeds(capital)
        settings.gasMoney = gasMoney
        return settings
    }
}
