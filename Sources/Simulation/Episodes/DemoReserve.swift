import Domain
import MarginEngine
import Units

/// The assets of the generated market, with parameters like those of January 2021.
struct DemoReserve: Sendable {
    var name: String
    var decimals: UInt8
    var threshold: UInt32
    var bonus: UInt32
    /// Dollars for one token at the start.
    var dollars: Double
    /// How far it falls when ether falls by one: 0 for a dollar token.
    var beta: Double
    /// Size of its own noise, per minute.
    var noise: Double

    static let all = [
        DemoReserve(
            name: "WETH", decimals: 18, threshold: 8_250, bonus: 10_500, dollars: 1_255, beta: 1, noise: 0.0016),
        DemoReserve(name: "DAI", decimals: 18, threshold: 8_000, bonus: 10_500, dollars: 1, beta: 0, noise: 0.0002),
        DemoReserve(name: "USDC", decimals: 6, threshold: 8_500, bonus: 10_500, dollars: 1, beta: 0, noise: 0.0002),
        DemoReserve(name: "USDT", decimals: 6, threshold: 0, bonus: 0, dollars: 1, beta: 0, noise: 0.0003),
        DemoReserve(
            name: "WBTC", decimals: 8, threshold: 7_500, bonus: 10_750, dollars: 38_200, beta: 0.75, noise: 0.001),
        DemoReserve(
            name: "LINK", decimals: 18, threshold: 7_500, bonus: 11_000, dollars: 16.9, beta: 1.1, noise: 0.0016),
        DemoReserve(name: "UNI", decimals: 18, threshold: 7_000, bonus: 11_000, dollars: 6.4, beta: 1.15, noise: 0.002),
        DemoReserve(
            name: "AAVE", decimals: 18, threshold: 7_000, bonus: 10_750, dollars: 118, beta: 1.05, noise: 0.002),
    ]

    static let native = ReserveIndex(0)
    static let cash = ReserveIndex(1)

    static var episodeReserves: [EpisodeReserve] {
        all.enumerated().map { position, asset in
            EpisodeReserve(
                name: asset.name,
                definition: ReserveDefinition(
                    reserve: ReserveIndex(position), market: MarketIndex(0), decimals: asset.decimals,
                    liquidationThreshold: BasisPoints(asset.threshold), liquidationBonus: BasisPoints(asset.bonus),
                    protocolFee: .zero, scalePartsPerMillion: ReserveScale.partsPerMillion(asset.name)))
        }
    }
}
