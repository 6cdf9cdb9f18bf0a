import Domain
public import Mechanisms
public import Units

/// `Dog.bark`: how much of an unsafe vault goes to auction.
///
/// Example: room for 1 130 with a penalty of 13 % and a rate of 1 takes 1 000 of a larger debt; where that would leave less
/// than `dust`, everything. What is left to the room may go below it by as much.
public struct MakerBark: Equatable, Sendable {
    /// Debt and collateral that go, 18 decimals.
    public let dart: UInt256
    public let dink: UInt256
    /// What the auction must raise: the debt with the penalty, 45 decimals.
    public let tab: UInt256

    /// - Parameters:
    ///   - room: under `Hole` and `hole`, 45 decimals; `dust` too; `chop` 18 decimals, `rate` 27.
    public static func bark(
        ink: UInt256, art: UInt256, rate: UInt256, terms: MakerTerms
    ) -> Result<MakerBark, LiquidationRevert> {
        guard !terms.room.isZero else { return .failure(.limitReached) }
        guard !rate.isZero, !terms.chop.isZero, !art.isZero, let scaled = terms.room.multiplied(by: MakerTerms.wad)
        else { return .failure(.arithmeticOverflow) }
        var dart = min(art, scaled.dividedRoundingDown(by: rate).dividedRoundingDown(by: terms.chop))
        if art > dart {
            guard let left = (art - dart).multiplied(by: rate) else { return .failure(.arithmeticOverflow) }
            if left < terms.dust {
                dart = art
            } else {
                guard let due = dart.multiplied(by: rate), due >= terms.dust else { return .failure(.mustNotLeaveDust) }
            }
        }
        guard let dink = ink.multiplied(by: dart)?.dividedRoundingDown(by: art), let due = dart.multiplied(by: rate),
            let tab = due.multiplied(by: terms.chop)?.dividedRoundingDown(by: MakerTerms.wad)
        else { return .failure(.arithmeticOverflow) }
        guard !dink.isZero else { return .failure(.amountIsZero) }
        return .success(MakerBark(dart: dart, dink: dink, tab: tab))
    }
}

/// An ilk's numbers for liquidation. The feed carries them with 18 decimals; here `room`, `dust` and `tip` have 45.
public struct MakerTerms: Equatable, Sendable {
    public var chop: UInt256
    public var dust: UInt256
    public var room: UInt256
    public var tip: UInt256
    public var chip: UInt256

    static let wad = UInt256(Wad.one.value)

    public init(chop: UInt256, dust: UInt256, room: UInt256, tip: UInt256 = .zero, chip: UInt256 = .zero) {
        (self.chop, self.dust, self.room, self.tip, self.chip) = (chop, dust, room, tip, chip)
    }

    /// `nil` while one of them was never sent.
    init?(_ ilk: ReserveIndex, _ reserves: borrowing ReserveTable) {
        guard let chop = Self.number(.auctionPenalty, ilk, reserves), let dust = Self.number(.debtFloor, ilk, reserves),
            let room = Self.number(.liquidationRoom, ilk, reserves), let tip = Self.number(.keeperTip, ilk, reserves),
            let chip = Self.number(.keeperChip, ilk, reserves)
        else { return nil }
        let ray = AuctionCurve.ray
        self.init(chop: chop, dust: dust * ray, room: room * ray, tip: tip * ray, chip: chip)
    }

    private static func number(
        _ parameter: MarginParameter, _ ilk: ReserveIndex, _ reserves: borrowing ReserveTable
    ) -> UInt256? {
        reserves.parameter(parameter, of: ilk).flatMap { UInt128(exactly: $0) }.map { UInt256($0) }
    }
}
