import Strategy
import Testing

@Suite struct StrategyParametersTests {
    @Test func `every default lies in its range and every row writes what it reads`() {
        for row in StrategyParameters.table {
            var parameters = StrategyParameters()
            #expect(row.range.contains(row.read(parameters)), "\(row.name)")
            for value in [row.range.lowerBound, row.range.upperBound] {
                row.write(&parameters, value)
                #expect(row.read(parameters) == value, "\(row.name)")
            }
        }
    }
}
