public import Domain
public import Units

/// Accounts that a leaf of a stretch could not clear, followed tick by tick: only their own prices are looked at, and of all accounts
/// only they need to be judged.
extension MarginWatch {
    /// Follows those that the last `narrow` remembered, from where prices stand now.
    public mutating func follow() {
        followed.removeAll()
        formless.removeAll()
        for i in 0..<index.closeSuspects.count {
            let account = AccountIndex(index.closeSuspects[i])
            if fillSideForm(of: account) {
                followed.add(account, sideForm, in: reserves)
            } else {
                formless.append(account.raw)
            }
        }
    }

    /// Whether all of them stay where they are with an instrument's next price. `judgeMoved` has to follow where they do not, once the
    /// price is put.
    public mutating func stays(_ reserve: ReserveIndex, at price: Price) -> Bool {
        let value = price.baseUnits.approximate
        followed.move(reserve, to: value)
        if formless.count > 0 {
            move(reserve, to: value)
            index.beginBox()
            widen(reserve, value, value)
            for i in 0..<formless.count where !index.keepsSide(formless[i]) {
                followed.noteMoved(AccountIndex(formless[i]))
            }
        }
        return followed.moved.isEmpty
    }

    /// What tells the suspects of the last `look`, as they and their prices stand, from others: with it, and with the same prices to
    /// come, `stays` has the same answers. `nil` where one of them has no form to go by.
    ///
    /// - Parameter factor: by which prices of an instrument are changed on their way here.
    public mutating func printOfSuspects(_ factor: (ReserveIndex) -> UInt64) -> Fingerprint? {
        var print = Fingerprint()
        for i in 0..<index.suspects.count {
            let account = AccountIndex(index.suspects[i])
            guard fillSideForm(of: account) else { return nil }
            print.add(UInt64(account.raw))
            sideForm.print(into: &print) { reserves.price(of: $0)?.baseUnits.approximate ?? 0 }
            for leg in sideForm.legs { print.add(factor(leg.reserve)) }
        }
        return print
    }

    /// Who may have changed sides with the price that was asked about last.
    public var moved: ContiguousArray<AccountIndex> { followed.moved }

    /// Takes it as asked, with this answer.
    public mutating func recall(_ moved: ArraySlice<AccountIndex>) { followed.recall(moved) }

    /// Looks at whoever did not stay; `touched` holds those that have to be judged.
    public mutating func lookAtMoved() {
        for i in followed.moved.indices { index.look(at: followed.moved[i]) }
        renewStale()
    }
}
