public import Submission

/// The answer to asking about an intent, made sense of. Whatever is not plainly one of the contract's answers is
/// `unavailable`: a 404 from something between us and the venue must not pass for "never seen".
public struct StatusAnswer: Equatable, Sendable {
    public let reply: StatusReply
    /// With an ending only.
    public let figures: SettlementFigures?
    /// What was wrong with it, for the journal.
    public let fault: ProtocolError?

    public init(status: Int, body: [UInt8], about id: IntentID) {
        do throws(ProtocolError) {
            let (reply, figures) = try Self.read(status: status, body: body, about: id)
            self.init(reply: reply, figures: figures, fault: nil)
        } catch {
            self.init(reply: .unavailable, figures: nil, fault: error)
        }
    }

    private init(reply: StatusReply, figures: SettlementFigures?, fault: ProtocolError?) {
        self.reply = reply
        self.figures = figures
        self.fault = fault
    }

    private static func read(
        status: Int, body: [UInt8], about id: IntentID
    ) throws(ProtocolError) -> (StatusReply, SettlementFigures?) {
        switch status {
        case 200:
            let found = try LiquidationStatus(decoding: body)
            guard found.id == id else {
                throw ProtocolError(.outOfRange, field: "id", found: found.id.text, allowed: id.text)
            }
            guard case .ended(let ending, let figures) = found.standing else { return (.pending, nil) }
            return (.ended(ending), figures)
        case 404:
            let fault = try VenueFault(decoding: body)
            return (fault.code == VenueFault.unknownID ? .unknownID : .unavailable, nil)
        default:
            return (.unavailable, nil)
        }
    }
}
