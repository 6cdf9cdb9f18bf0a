import Configuration
import Desk
import Domain
import FeedProtocol
import Testing

@Suite struct ProceedsNamesTests {
    @Test func `an asset that its market does not have is named with its key and those that there are`() {
        var configuration = BotConfiguration()
        configuration.proceeds.assets = [
            BotConfiguration.AssetChoice(market: "aave-v2", asset: "WETH", use: .depth),
            BotConfiguration.AssetChoice(market: "aave-v2", asset: "WETHH", use: .depth),
        ]
        #expect(configuration.misfit([]) == nil)
        #expect(
            configuration.misfit([(position: 1, assets: ["USDC", "WETH"])])
                == "proceeds.assets[1].asset: found \"WETHH\"; allowed: an asset of aave-v2: USDC, WETH")
        #expect(configuration.namedUses.map(\.asset) == ["WETH", "WETHH"])
    }
}
