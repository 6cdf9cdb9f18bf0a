/// The five files of a recorded crash, read and checked.
struct RecordedSources: Sendable {
    let minutes: MinuteSeries
    let gas: GasSeries
    let depth: DepthSeries
    let parameters: [String: ReserveParameters]
    let liquidations: [RecordedLiquidation]

    init(directory: String) throws(SourceFault) {
        minutes = try MinuteSeries(path: Self.path(directory, "ethusdt_perp_1m_bidask_liquidations"))
        gas = try GasSeries(
            CSVTable(path: Self.path(directory, "ethereum_gas_percentiles_10m"), columns: GasSeries.columns))
        depth = try DepthSeries(
            CSVTable(path: Self.path(directory, "uniswap_v2_dai_weth_reserves_10m"), columns: DepthSeries.columns))
        parameters = try ReserveParameters.all(
            CSVTable(path: Self.path(directory, "aave_v2_reserve_parameters"), columns: ReserveParameters.columns))
        liquidations = try RecordedLiquidation.all(
            CSVTable(path: Self.path(directory, "aave_v2_liquidations"), columns: RecordedLiquidation.columns))
    }

    private static func path(_ directory: String, _ name: String) -> String { "\(directory)/\(name).csv.gz" }
}
