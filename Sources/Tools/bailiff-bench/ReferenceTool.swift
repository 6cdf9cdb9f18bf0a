import Glibc
import Numerics
import Options

/// What `Tests/Reference` asks the release build: points on standard input, results on standard output, a line for a line.
/// Every number is sixteen hexadecimal digits, the bits of a double: text must not round.
///
/// | command | a line | the answer |
/// |---|---|---|
/// | `numerics-checksum` | – | the checksum; fails when it is not the golden one |
/// | `numerics` | function x | f(x) |
/// | `options` | model kind price strike volatility years rate carry | value delta gamma vega theta |
/// | `student` | degrees chance | the upper quantile |
/// | `portfolio` | – | what `PortfolioBench` prints |
/// | `portfolio-account` | – | what `PortfolioAccountBench` prints |
enum ReferenceTool {
    /// Whether the word was a command of this tool.
    static func run(_ command: String) -> Bool {
        switch command {
        case "numerics-checksum": checksum()
        case "numerics": answerLines(numerics)
        case "options": answerLines(options)
        case "student": answerLines(student)
        case "portfolio": PortfolioBench.run()
        case "portfolio-account": PortfolioAccountBench.run()
        default: return false
        }
        return true
    }

    private static func checksum() {
        let sum = NumericsChecksum.sweep()
        print(hexadecimal(sum))
        guard sum == NumericsChecksum.golden else { fail("the golden one is \(hexadecimal(NumericsChecksum.golden))") }
    }

    private static func answerLines(_ answer: ([Substring]) -> [Double]?) {
        while let line = readLine() {
            guard let results = answer(line.split(separator: " ")) else { fail("not a point: \(line)") }
            print(results.map { hexadecimal($0.bitPattern) }.joined(separator: " "))
        }
    }

    private static func numerics(_ words: [Substring]) -> [Double]? {
        guard words.count == 2, let x = double(words[1]) else { return nil }
        switch words[0] {
        case "exp": return [Elementary.exp(x)]
        case "log": return [Elementary.log(x)]
        case "log1p": return [Elementary.log1p(x)]
        case "density": return [Normal.density(x)]
        case "cumulative": return [Normal.cumulative(x)]
        case "mills": return [Normal.millsRatio(x)]
        case "inverse": return [Normal.inverseCumulative(x)]
        default: return nil
        }
    }

    private static func student(_ words: [Substring]) -> [Double]? {
        let numbers = words.compactMap(double)
        guard numbers.count == 2 else { return nil }
        return [StudentT(degrees: numbers[0]).upperQuantile(numbers[1])]
    }

    private static func options(_ words: [Substring]) -> [Double]? {
        let numbers = words.dropFirst(2).compactMap(double)
        guard words.count == 8, numbers.count == 6 else { return nil }
        let kind: OptionKind = words[1] == "call" ? .call : .put
        if words[0] == "black" {
            let pricer = BlackPricer(
                forward: numbers[0], strike: numbers[1], volatility: numbers[2], years: numbers[3], rate: numbers[4])
            return list(pricer.value(kind), pricer.greeks(kind))
        }
        let pricer = BlackScholesPricer(
            spot: numbers[0], strike: numbers[1], volatility: numbers[2], years: numbers[3], rate: numbers[4],
            carry: numbers[5])
        return list(pricer.value(kind), pricer.greeks(kind))
    }

    private static func list(_ value: Double, _ greeks: Greeks) -> [Double] {
        [value, greeks.delta, greeks.gamma, greeks.vega, greeks.theta]
    }

    private static func double(_ word: Substring) -> Double? {
        UInt64(word, radix: 16).map { Double(bitPattern: $0) }
    }

    private static func hexadecimal(_ bits: UInt64) -> String {
        let digits = String(bits, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    private static func fail(_ sentence: String) -> Never {
        let line = Array("bailiff-bench: \(sentence)\n".utf8)
        _ = write(STDERR_FILENO, line, line.count)
        exit(1)
    }
}
