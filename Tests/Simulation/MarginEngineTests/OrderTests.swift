import Domain
import MarginEngine
import Mechanisms
import Submission
import Testing
import Units

struct OrderTests {
    @Test func `an order is taken once, and asked again tells where it stands`() throws {
        var fixture = WorldFixture()
        fixture.world.apply(price(weth, 1_800))
        let order = try fixture.order()
        #expect(fixture.world.submit(order, digest: [1]) == .accepted)
        #expect(fixture.world.submit(order, digest: [1]) == .known(.pending))
        #expect(fixture.world.submit(order, digest: [2]) == .conflict)
        _ = fixture.world.closeBlock()
        let figures = try fixture.figures(of: order)
        #expect(fixture.world.submit(order, digest: [1]) == .known(.ended(.settled, figures)))
        #expect(fixture.world.ledger.rows.count == 1)
    }

    @Test func `an id of somebody else is a conflict, and tells nothing`() throws {
        var fixture = WorldFixture()
        let mine = try fixture.order(id: 7)
        let other = try fixture.order(by: "bob", id: 7)
        #expect(fixture.world.submit(mine, digest: [1]) == .accepted)
        #expect(fixture.world.submit(other, digest: [1]) == .conflict)
        #expect(fixture.world.standing(of: other.id, for: other.liquidator) == nil)
    }

    @Test func `what cannot be executed is refused, and the refusal leaves no trace but a count`() throws {
        var fixture = WorldFixture()
        var order = try fixture.order()
        let good = order
        func refusal(_ change: (inout Order) -> Void) -> Admission {
            order = good
            change(&order)
            return fixture.world.submit(order, digest: [1])
        }
        #expect(refusal { $0.account = "nobody" } == .refused(.unknownAccount))
        #expect(refusal { $0.pair.debt = ReserveIndex(9) } == .refused(.unknownAsset))
        #expect(refusal { $0.deadline = BlockNumber(100) } == .refused(.deadlinePassed))
        #expect(refusal { $0.repay = 0 } == .refused(.amountIsZero))
        #expect(refusal { $0.gasLimit = GasUnits(99_999) } == .refused(.gasLimitOutOfRange))
        #expect(refusal { $0.priorityFee = GasPrice(weiPerGas: 200_000_000_000) } == .refused(.priorityFeeAboveCap))
        #expect(refusal { $0.feeCap = GasPrice(weiPerGas: 20_000_000_000_001) } == .refused(.gasMoneyExhausted))
        #expect(fixture.world.submit(good, digest: [1]) == .accepted)
        #expect(fixture.world.ledger.liquidators[0][.rejected] == 7)
    }

    @Test func `a deadline that has passed stays refused`() throws {
        var fixture = WorldFixture()
        let order = try fixture.order(deadline: 101)
        _ = fixture.world.closeBlock()
        for _ in 0..<3 {
            #expect(fixture.world.submit(order, digest: [1]) == .refused(.deadlinePassed))
            _ = fixture.world.closeBlock()
        }
    }

    @Test func `more orders than may wait are put off, not refused`() throws {
        var settings = WorldSettings()
        settings.insuranceFund = 0
        var fixture = WorldFixture(settings: settings)
        for _ in 0..<WorldSettings.pendingMax {
            let order = try fixture.order(cap: 1, tip: 0)
            #expect(fixture.world.submit(order, digest: []) == .accepted)
        }
        let last = try fixture.order(cap: 1, tip: 0, deadline: 120)
        #expect(fixture.world.submit(last, digest: []) == .busy)
        for _ in 0..<10 { _ = fixture.world.closeBlock() }
        #expect(fixture.world.submit(last, digest: []) == .accepted)
    }
}
