/// Whoever takes orders from the engine: on paper, or to a venue.
///
/// Runs on its own thread; comes back when the flag is raised and nothing is left to wait for.
public protocol OrderDesk: Sendable {
    /// Shown on every screen.
    var modeName: String { get }

    func run(orders: Mailbox<DeskMessage>, engine: Mailbox<EngineMessage>, status: BotStatus, until stop: StopFlag)
        throws
}
