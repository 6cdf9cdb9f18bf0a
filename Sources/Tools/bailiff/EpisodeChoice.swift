import Console
import Episodes
import MarginEngine

/// Which market is played: an imported one, or the embedded synthetic one.
enum EpisodeChoice {
    static func load(_ arguments: Arguments) throws -> Episode {
        if let directory = arguments.value("episode") { return try EpisodeFile.read(from: directory) }
        let seed = try arguments.number("seed", in: 0...Int(Int32.max), default: 1)
        let accounts = try arguments.number("accounts", in: 1...GeneratedEpisode.Options.accountsMax, default: 600)
        return GeneratedEpisode.make(GeneratedEpisode.Options(seed: UInt64(seed), accounts: accounts))
    }
}
