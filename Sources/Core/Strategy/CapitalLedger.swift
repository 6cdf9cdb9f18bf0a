public import Domain
public import Units

/// Our own money: what there is, and what open bids hold of it, so that no two bids count on the same coin.
///
/// Invariant: reserved ≤ owned, for cash and for gas money, after every operation.
public struct CapitalLedger: Sendable {
    private var cash: Cash
    private var gasMoney: Wei
    private var reservations: ContiguousArray<Reservation> = []

    private struct Reservation {
        var ordinal: UInt64
        var cash: TokenAmount
        var gasMoney: Wei
    }

    public init(cash: Cash, gasMoney: Wei) {
        self.cash = cash
        self.gasMoney = gasMoney
    }

    public var openCount: Int { reservations.count }

    /// What is free.
    public var purse: Purse {
        var free = Purse(cash: cash, gasMoney: gasMoney)
        for reservation in reservations {
            free.cash += .cost(reservation.cash)
            free.gasMoney -= min(free.gasMoney, reservation.gasMoney)
        }
        return free
    }

    /// Holds what an intent may spend. The simulation has checked that it is free.
    public mutating func reserve(_ ordinal: UInt64, cash: TokenAmount, gasMoney: Wei) {
        let free = purse
        precondition(Cash.proceeds(cash) <= max(free.cash, .zero), "Condition: the cash to reserve is free")
        precondition(gasMoney <= free.gasMoney, "Condition: the gas money to reserve is free")
        reservations.append(Reservation(ordinal: ordinal, cash: cash, gasMoney: gasMoney))
    }

    /// Releases an intent's hold and books how it ended. Returns whether the intent was known.
    public mutating func settle(_ outcome: IntentOutcome) -> Bool {
        guard let position = reservations.firstIndex(where: { $0.ordinal == outcome.ordinal }) else { return false }
        reservations.remove(at: position)
        cash += outcome.cash
        // The venue cannot charge more than the reserved fee cap; should it, the purse is simply empty.
        gasMoney -= min(gasMoney, outcome.gasPaid)
        return true
    }
}
