import Domain
import MarginEngine
import Submission
import Synchronization
import Units

/// The world behind a lock: the thread that plays changes it, the thread that serves puts orders in and asks.
///
/// Holds are short: a block, a batch of accounts, an order. Any thread.
final class SharedWorld: Sendable {
    private let world: Mutex<World>
    private let state = Mutex(VenueProgress.State.waiting)

    init(_ world: consuming sending World) {
        self.world = Mutex(world)
    }

    /// One hold for what belongs together.
    func withWorld<Result>(_ body: (inout World) -> sending Result) -> sending Result {
        world.withLock { world in body(&world) }
    }

    func enter(_ next: VenueProgress.State) { state.withLock { $0 = next } }

    func progress(messages: UInt64) -> VenueProgress {
        let state = state.withLock { $0 }
        return world.withLock { world in
            VenueProgress(
                state: state, block: world.block.number, moment: world.block.timestamp, accounts: world.accountCount,
                liquidatable: world.liquidatableCount, pending: world.pendingCount, messages: messages)
        }
    }

    var reserves: ReserveTable { world.withLock { $0.reserves } }
    var chain: (GasUpdate, BlockUpdate) { world.withLock { ($0.gas, $0.block) } }

    func states(from position: Int, count: Int) -> [AccountState] {
        world.withLock { world in
            let end = min(position + count, world.accountCount)
            return (position..<max(position, end)).map { world.state(of: AccountIndex($0)) }
        }
    }

    /// What has changed since it was last asked, as it is now.
    func changes() -> (WorldChanges, ReserveTable, [AccountState], GasUpdate) {
        world.withLock { world in
            let changes = world.takeChanges()
            let states = changes.accounts.sorted().map { world.state(of: $0) }
            return (changes, world.reserves, states, world.gas)
        }
    }
}
