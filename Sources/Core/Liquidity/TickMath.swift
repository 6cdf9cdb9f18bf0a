public import Units

/// A price as Uniswap v3 counts it: 1.0001^tick of token 1 for one of token 0.
public typealias Tick = Int32

/// Between ticks and square roots of prices with 96 fractional bits, to the unit (`TickMath` of Uniswap v3).
public enum TickMath {
    public static let most: Tick = 887_272
    public static let least: Tick = -887_272
    /// The root at the least tick.
    public static let leastRoot = UInt256(4_295_128_739 as UInt128)
    /// The root at the greatest tick; a pool's price stays below it.
    public static let mostRoot = UInt256(high: 0xfffd_8963, low: 0xefd1_fc6a_5064_8849_5d95_1d52_6398_8d26)

    /// ⌈1.0001^(tick/2) · 2^96⌉ as the contract multiplies it out (`getSqrtRatioAtTick`).
    public static func root(at tick: Tick) -> UInt256 {
        precondition((least...most).contains(tick), "Condition: a tick is within its range")
        var bits = UInt32(tick.magnitude)
        // 2^128 itself has no place in 128 bits: `nil` stands for it.
        var ratio: UInt128?
        while bits != 0 {
            let factor = factors[bits.trailingZeroBitCount]
            ratio = ratio.map { $0.multipliedFullWidth(by: factor).high } ?? factor
            bits &= bits - 1
        }
        guard let ratio else { return UInt256(1 as UInt128).shiftedLeft(by: 96) }
        let upright = tick > 0 ? UInt256.max.dividedRoundingDown(by: UInt256(ratio)) : UInt256(ratio)
        let isExact = upright.low & 0xffff_ffff == 0
        return upright.shiftedRight(by: 32) + (isExact ? 0 : 1)
    }

    /// The greatest tick whose root is not above (`getTickAtSqrtRatio`).
    public static func tick(at root: UInt256) -> Tick {
        precondition(root >= leastRoot && root < mostRoot, "Condition: a root is within its range")
        let logarithm = Int256(binaryLogarithm(of: root)) * logarithmBase
        let low = floor(logarithm - 3_402_992_956_809_132_418_596_140_100_660_247_210)
        let high = floor(logarithm + Int256(291_339_464_771_989_622_907_027_621_153_398_088_495 as UInt128))
        return low == high || self.root(at: high) > root ? low : high
    }

    /// log2(root / 2^96) with 64 fractional bits, of which 14 are right: it is squared so often.
    private static func binaryLogarithm(of root: UInt256) -> Int128 {
        let bits = root.bitCount
        var mantissa = bits > 128 ? root.shiftedRight(by: bits - 128).low : root.shiftedLeft(by: 128 - bits).low
        var logarithm = Int128(bits - 1 - 96) << 64
        for place in 0..<14 {
            let square = mantissa.multipliedFullWidth(by: mantissa)
            let carries = square.high >> 127 == 1
            mantissa = carries ? square.high : square.high << 1 | square.low >> 127
            if carries { logarithm |= 1 << Int128(63 - place) }
        }
        return logarithm
    }

    /// ⌊value / 2^128⌋, which fits a tick.
    private static func floor(_ value: Int256) -> Tick {
        let whole = value.magnitude.high
        let isBelow = value.isNegative && value.magnitude.low != 0
        return value.isNegative ? -Tick(whole) - (isBelow ? 1 : 0) : Tick(whole)
    }

    /// 2^64 / log2(√1.0001), which turns a logarithm to base 2 into ticks with 128 fractional bits.
    private static let logarithmBase: Int256 = 255_738_958_999_603_826_347_141

    /// 2^128 / 1.0001^(2^i / 2).
    private static let factors: InlineArray<20, UInt128> = [
        0xfffc_b933_bd6f_ad37_aa2d_162d_1a59_4001, 0xfff9_7272_373d_4132_59a4_6990_580e_213a,
        0xfff2_e50f_5f65_6932_ef12_357c_f3c7_fdcc, 0xffe5_caca_7e10_e4e6_1c36_24ea_a094_1cd0,
        0xffcb_9843_d60f_6159_c9db_5883_5c92_6644, 0xff97_3b41_fa98_c081_472e_6896_dfb2_54c0,
        0xff2e_a164_66c9_6a38_43ec_78b3_26b5_2861, 0xfe5d_ee04_6a99_a2a8_11c4_61f1_969c_3053,
        0xfcbe_86c7_900a_88ae_dcff_c83b_479a_a3a4, 0xf987_a725_3ac4_1317_6f2b_074c_f781_5e54,
        0xf339_2b08_22b7_0005_940c_7a39_8e4b_70f3, 0xe715_9475_a2c2_9b74_43b2_9c7f_a6e8_89d9,
        0xd097_f3bd_fd20_22b8_845a_d8f7_92aa_5825, 0xa9f7_4646_2d87_0fdf_8a65_dc1f_90e0_61e5,
        0x70d8_69a1_56d2_a1b8_90bb_3df6_2baf_32f7, 0x31be_135f_97d0_8fd9_8123_1505_542f_cfa6,
        0x09aa_508b_5b7a_84e1_c677_de54_f3e9_9bc9, 0x005d_6af8_dedb_8119_6699_c329_225e_e604,
        0x0000_2216_e584_f5fa_1ea9_2604_1bed_fe98, 0x0000_0000_048a_1703_91f7_dc42_444e_8fa2,
    ]
}
