import Domain
import Units

// An attested level counts only after its signature verified; until then the account is quarantined.
extension FeedDecoder {
    mutating func appendLevel(
        of record: Int, _ positions: Int, _ market: MarketIndex, _ version: UInt64,
        into inputs: inout ContiguousArray<Input>
    ) throws(QuarantineReason) {
        // Without a level there is nothing to attest: the account is closed.
        guard document.childCount(at: positions) > 0 else { return }
        guard document.childCount(at: positions) == 1, document.kind(at: positions + 1) == .object else {
            throw .malformed
        }
        let position = positions + 1
        let reserve = try namedReserve(position, in: market)
        guard let name = document.name("account", of: record), let condition = condition(of: position) else {
            throw .malformed
        }
        let level = condition == .now ? 0 : document.amount("level", of: position)
        guard let level else { throw .badAmount }
        let attestation = Attestation(
            market: directory.name(of: market), account: String(decoding: name, as: UTF8.self), version: version,
            asset: directory.name(of: reserve), condition: condition, level: level)
        guard let field = document.field("proof", of: record), document.kind(at: field) == .string,
            let proof = JSONDocument.bytes(hexadecimal: document.text(at: field)),
            verifier(attestation.market, attestation.message, proof)
        else { throw .badAttestation }
        switch condition {
        case .below: inputs.append(.accountLeg(Leg(reserve, .collateral, level)))
        case .above: inputs.append(.accountLeg(Leg(reserve, .debt, level)))
        case .now: inputs.append(.accountLeg(Leg(reserve, .entry, 1)))
        }
    }

    private func condition(of position: Int) -> Attestation.Condition? {
        guard let field = document.field("liquidation", of: position), document.kind(at: field) == .string else {
            return nil
        }
        return Attestation.Condition(rawValue: String(decoding: document.text(at: field), as: UTF8.self))
    }
}

extension JSONDocument {
    /// Bytes from pairs of lowercase hexadecimal digits; `nil` for anything else.
    static func bytes(hexadecimal text: UnsafeRawBufferPointer) -> [UInt8]? {
        guard text.count % 2 == 0, text.count <= FeedLimits.proofDigitsMax else { return nil }
        var bytes: [UInt8] = []
        for pair in 0..<text.count / 2 {
            guard let high = digit(text[2 * pair]), let low = digit(text[2 * pair + 1]) else { return nil }
            bytes.append(high << 4 | low)
        }
        return bytes
    }

    private static func digit(_ character: UInt8) -> UInt8? {
        switch character {
        case 0x30...0x39: character - 0x30
        case 0x61...0x66: character - 0x57
        default: nil
        }
    }
}
