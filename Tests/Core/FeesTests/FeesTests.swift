import Fees
import Testing
import Units

@Suite struct FeesTests {
    /// The test table of EIP-1559 in geth (`TestCalcBaseFee`) and its worked ratio: a full block adds an eighth.
    @Test(
        arguments: [
            (20_000_000, 10_000_000, 1_000_000_000), (20_000_000, 9_000_000, 987_500_000),
            (20_000_000, 11_000_000, 1_012_500_000), (20_000_000, 20_000_000, 1_125_000_000),
            (20_000_000, 0, 875_000_000),
        ] as [(UInt64, UInt64, UInt64)])
    func `the base fee follows the gas used`(limit: UInt64, used: UInt64, next: UInt64) {
        let found = BaseFeeRule.ethereum.next(
            after: GasPrice(weiPerGas: 1_000_000_000), used: GasUnits(used), limit: GasUnits(limit))
        #expect(found.weiPerGas == next)
    }

    @Test func `small base fees rise by one at least, may stall, and do not fall below the least`() {
        let limit = GasUnits(30_000_000)
        let next = { (rule: BaseFeeRule, fee: UInt64, used: UInt64) in
            rule.next(after: GasPrice(weiPerGas: fee), used: GasUnits(used), limit: limit).weiPerGas
        }
        #expect(next(.ethereum, 7, 15_000_001) == 8)
        #expect(next(.ethereum, 7, 0) == 7)
        #expect(next(.ethereum, 0, 30_000_000) == 1)
        #expect(next(BaseFeeRule(elasticity: 2, denominator: 8, least: GasPrice(weiPerGas: 95)), 100, 0) == 95)
    }

    @Test func `six full blocks about double the fee`() {
        let worst = BaseFeeRule.ethereum.worst(
            after: GasPrice(weiPerGas: 1_000_000_000), blocks: 6, limit: GasUnits(30_000_000))
        // 1.125^6 = 2.027286529541015625
        #expect((2_027_286_520...2_027_286_530).contains(worst.weiPerGas))
    }

    @Test func `bytes cost four or sixteen, and ten a token at least`() {
        let gas = IntrinsicGas([0, 1, 2, 0, 0].span)
        #expect(gas.gas == GasUnits(21_044) && gas.floor == GasUnits(21_110))
        #expect(gas.charged(execution: GasUnits(0)) == GasUnits(21_110))
        #expect(gas.charged(execution: GasUnits(1_000)) == GasUnits(22_044))
        let listed = IntrinsicGas(zeroBytes: 0, otherBytes: 0, accessAddresses: 2, accessKeys: 3)
        #expect(listed.gas == GasUnits(21_000 + 4_800 + 5_700))
    }

    /// The table of EIP-4844's reference (`TestCalcBlobFee` of geth, Cancun's fraction).
    @Test(arguments: [(0, 1), (2_314_057, 1), (2_314_058, 2), (10 * 1_024 * 1_024, 23)] as [(UInt64, UInt64)])
    func `the blob fee is the reference's`(excess: UInt64, fee: UInt64) {
        #expect(BlobSchedule.cancun.fee(excess: GasUnits(excess)) == Wei(fee))
    }

    @Test func `the excess of blobs falls to nothing, grows beyond the target, and has a reserve price later`() {
        let blob = BlobSchedule.gasPerBlob
        let next = { (schedule: BlobSchedule, excess: UInt64, used: UInt64, fee: UInt64) in
            schedule.excess(
                after: GasUnits(excess * blob), used: GasUnits(used * blob), baseFee: GasPrice(weiPerGas: fee)
            ).count
        }
        #expect(next(.cancun, 0, 2, 100) == 0)
        #expect(next(.cancun, 1, 6, 100) == 4 * blob)
        #expect(next(.firstBPO, 10, 9, 1) == 9 * blob)
        // Execution costs more than 16 times the blob's price: used · 5 / 15 is added, and nothing taken off.
        #expect(next(.firstBPO, 10, 9, 1_000) == 13 * blob)
    }

    /// op-geth's own figures (`rollup_cost_test.go`): an empty transaction of 30 bytes.
    @Test func `a rollup's data fee is op-geth's under every fork`() {
        let fee = RollupFee(
            baseFee: 1_000_000_000, blobBaseFee: 10_000_000, baseFeeScalar: 2, blobBaseFeeScalar: 3)
        #expect(fee.ecotone(zeroBytes: 0, otherBytes: 30) == 960_900)
        for length in [100, 150, 170] as [UInt64] { #expect(fee.fjord(fastLZLength: length) == 3_203_000) }
        for length in [171, 175, 200] as [UInt64] { #expect((fee.fjord(fastLZLength: length) ?? 0) > 3_203_000) }
        let solidity = RollupFee(
            baseFee: 2_000_000, blobBaseFee: 3_000_000, baseFeeScalar: 20, blobBaseFeeScalar: 15)
        #expect(solidity.fjord(fastLZLength: 235) == 105_484)
        let bedrock = { (isRegolith: Bool) in
            RollupFee.bedrock(
                zeroBytes: 0, otherBytes: 30, overhead: 50, scalar: 7_000_000, baseFee: 1_000_000_000,
                isRegolith: isRegolith)
        }
        #expect(bedrock(true) == 3_710_000_000_000 && bedrock(false) == 11_326_000_000_000)
        let (scalar, constant) = (UInt32(1_439_103_868), UInt64(1_256_417_826_609_331_460))
        #expect(
            RollupFee.isthmusOperator(gas: GasUnits(1_618), scalar: scalar, constant: constant)
                == 1_256_417_826_611_659_930)
        #expect(
            RollupFee.jovianOperator(gas: GasUnits(1_618), scalar: scalar, constant: constant)
                == 1_256_650_673_615_173_860)
    }

    /// op-geth's `TestFlzCompressLen`.
    @Test(
        arguments: [
            ("", 0), (String(repeating: "01", count: 1_000), 21), (String(repeating: "00", count: 1_000), 21),
            ("dd80808094095e7baea6a6c7c4c2dfeb977efac326af552d878080808080", 31), (FeesTests.call, 202),
        ] as [(String, UInt64)])
    func `FastLZ makes bytes as short as op-geth says`(hex: String, length: UInt64) {
        let digits = Array(hex)
        let bytes = stride(from: 0, to: digits.count, by: 2).map {
            UInt8(String(digits[$0...($0 + 1)]), radix: 16) ?? 0
        }
        #expect(FastLZ.length(of: bytes.span) == length)
    }

    @Test func `a flash loan costs what its lender takes`() {
        #expect(FlashLoanSource.aave(.basisPoints(5)).fee(on: 1_001_000) == 501)
        #expect(FlashLoanSource.aave(.basisPoints(5)).fee(on: 1_000) == 1)
        #expect(FlashLoanSource.aave(.basisPoints(5)).fee(on: 999) == 0)
        #expect(FlashLoanSource.aaveRoundingUp(.basisPoints(5)).fee(on: 1) == 1)
        #expect(FlashLoanSource.uniswapV3(feePips: 500).fee(on: 2_001) == 2)
        for free in [FlashLoanSource.balancer, .morpho, .maker] { #expect(free.fee(on: .max) == 0) }
        for amount in 1...5_000 as ClosedRange<TokenAmount> {
            let back = amount + FlashLoanSource.uniswapV2.fee(on: amount)
            #expect(back * 997 >= amount * 1_000 && (back - 1) * 997 < amount * 1_000)
        }
    }

    @Test func `a replacement offers a tenth more, and one at least`() {
        #expect(ReplacementFee.least(over: GasPrice(weiPerGas: 0)).weiPerGas == 1)
        #expect(ReplacementFee.least(over: GasPrice(weiPerGas: 9)).weiPerGas == 10)
        #expect(ReplacementFee.least(over: GasPrice(weiPerGas: 1_005)).weiPerGas == 1_105)
        #expect(ReplacementFee.leastWithBlobs(over: GasPrice(weiPerGas: 1_005)).weiPerGas == 2_010)
    }

    @Test func `Arbitrum charges its bytes as gas`() {
        let gas = ArbitrumFee.posterGas(
            compressedLength: 200, pricePerUnit: 1_000_000_007, paid: GasPrice(weiPerGas: 10_000_000))
        #expect(gas == GasUnits(320_000))
    }

    @Test func `gas is learned as an upper quantile, within its bounds`() {
        var gas = GasEstimator(preset: GasUnits(500_000), bounds: GasUnits(200_000)...GasUnits(900_000))
        for i in 0..<7 as Range<UInt64> { gas.learn(GasUnits(300_000 + i)) }
        #expect(gas.estimate == GasUnits(500_000))
        for i in 7..<10 as Range<UInt64> { gas.learn(GasUnits(300_000 + i)) }
        // Nine of ten are at most 300 008.
        #expect(gas.estimate == GasUnits(300_008))
        for _ in 0..<32 { gas.learn(GasUnits(100_000)) }
        #expect(gas.estimate == GasUnits(200_000))
        for _ in 0..<32 { gas.learn(GasUnits(1_000_000)) }
        #expect(gas.estimate == GasUnits(900_000))
        #expect(GasEstimator.revertCost(used: GasUnits(3), at: GasPrice(weiPerGas: 5)) == 15)
    }

    private static let call = [
        "02f901550a758302df1483be21b88304743f94f8",
        "0e51afb613d764fa61751affd3313c190a86bb870151bd62fd12adb8",
        "e41ef24f3f0000000000000000000000000000000000000000000000",
        "00000000000000006e000000000000000000000000af88d065e77c8c",
        "c2239327c5edb3a432268e5831000000000000000000000000000000",
        "000000000000000000000000000003c1e50000000000000000000000",
        "00000000000000000000000000000000000000000000000000000000",
        "000000000000000000000000000000000000000000000000a0000000",
        "00000000000000000000000000000000000000000000000000000000",
        "148c89ed219d02f1a5be012c689b4f5b731827bebe00000000000000",
        "0000000000c001a033fd89cb37c31b2cba46b6466e040c61fc9b2a36",
        "75a7f5f493ebd5ad77c497f8a07cdf65680e238392693019b4092f61",
        "0222e71b7cec06449cb922b93b6a12744e",
    ].joined()
}
