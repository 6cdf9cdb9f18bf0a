public import Configuration
public import FeedProtocol
import Signing

/// Whose attestations are believed, market by market.
public enum Attestors {
    /// The first key that has the right form and is no key all the same; `nil` when all are good.
    public static func badKey(in attestors: [BotConfiguration.Attestor]) -> String? {
        attestors.first { AttestationKey($0.key) == nil }.map { "\($0.market):\($0.key)" }
    }

    /// Believes a signature by any of the market's keys. A key that is none is believed by nobody; `badKey` finds it before.
    public static func verifier(_ attestors: [BotConfiguration.Attestor]) -> AttestationVerifier {
        var keys: [String: [AttestationKey]] = [:]
        for attestor in attestors {
            if let key = AttestationKey(attestor.key) { keys[attestor.market, default: []].append(key) }
        }
        return { [keys] market, message, proof in
            keys[market, default: []].contains { $0.verifies(proof, of: message) }
        }
    }
}
