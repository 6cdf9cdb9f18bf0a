import Aave
import Domain
import Engine
import Testing
import Units

@Suite struct AdviceTests {
    private func world(_ use: EngineSettings.ModelUse) -> LendingWorld {
        LendingWorld(rules: AaveRules.all) { $0.model = use }
    }

    private func asked(_ world: inout LendingWorld) throws -> Question {
        world.open(0, weth: 10, usdc: 16_000)
        world.price(1_900)
        let outputs = world.take()
        #expect(outputs.intents.isEmpty)
        return try #require(outputs.questions.first)
    }

    @Test func `a bid is put to the model first, and made as it says`() throws {
        var world = world(.orNothing)
        let question = try asked(&world)
        #expect(question.repayMax == 8_000_000_000 && question.figures.repay == 8_000_000_000)
        let fee = GasPrice(weiPerGas: 5)
        world.step(.advice(Advice(id: question.id, .bid(repay: 3_000_000_000, priorityFee: fee))))
        let intent = try #require(world.take().intents.first)
        #expect(intent.figures.repay == 3_000_000_000 && intent.priorityFee == fee)
    }

    @Test func `what a model leaves open is chosen here`() throws {
        var world = world(.orNothing)
        let question = try asked(&world)
        world.step(.advice(Advice(id: question.id, .bid(repay: nil, priorityFee: nil))))
        #expect(world.take().intents.first?.figures == question.figures)
    }

    @Test func `no bid is no bid, and the account is asked about again later`() throws {
        var world = world(.orBuiltIn)
        let question = try asked(&world)
        world.step(.advice(Advice(id: question.id, .noBid)))
        #expect(world.take().refusals == [.modelDeclined])
        world.block(2)
        #expect(world.take().questions.count == 1)
    }

    @Test(arguments: [0, 8_000_000_001, UInt64.max])
    func `a size that the venue would not take is refused, whatever the model says`(repay: UInt64) throws {
        var world = world(.orBuiltIn)
        let question = try asked(&world)
        world.step(.advice(Advice(id: question.id, .bid(repay: TokenAmount(repay), priorityFee: nil))))
        let outputs = world.take()
        #expect(outputs.intents.isEmpty && outputs.refusals == [.modelUnusable])
    }

    @Test func `a bid of a model that would lose money is refused like our own`() throws {
        var world = world(.orBuiltIn)
        let question = try asked(&world)
        world.step(
            .advice(
                Advice(id: question.id, .bid(repay: 1_000_000, priorityFee: GasPrice(weiPerGas: 1_000_000_000_000)))))
        #expect(world.take().intents.isEmpty)
    }

    @Test func `without an answer the built-in strategy bids, or nobody, as configured`() throws {
        var builtIn = world(.orBuiltIn)
        let first = try asked(&builtIn)
        builtIn.step(.advice(Advice(id: first.id, .absent)))
        #expect(builtIn.take().intents.count == 1)
        var nothing = world(.orNothing)
        let second = try asked(&nothing)
        nothing.step(.advice(Advice(id: second.id, .absent)))
        let outputs = nothing.take()
        #expect(outputs.intents.isEmpty && outputs.refusals == [.modelUnusable])
    }

    @Test func `an account is asked about once at a time, and an answer counts once`() throws {
        var world = world(.orNothing)
        let question = try asked(&world)
        world.price(1_890)
        world.block(2)
        #expect(world.take().questions.isEmpty)
        world.step(.advice(Advice(id: question.id, .bid(repay: nil, priorityFee: nil))))
        world.step(.advice(Advice(id: question.id, .bid(repay: nil, priorityFee: nil))))
        let outputs = world.take()
        #expect(outputs.intents.count == 1 && outputs.contains(.ignored(.unknownQuestion)))
    }

    @Test func `an answer about an account that has recovered does nothing`() throws {
        var world = world(.orBuiltIn)
        let question = try asked(&world)
        world.price(2_000)
        world.take()
        world.step(.advice(Advice(id: question.id, .bid(repay: nil, priorityFee: nil))))
        #expect(world.take().isEmpty)
    }
}
