import Configuration
import LiveDesk
import Testing

@Suite struct LiveAuthorizationTests {
    @Test(arguments: [false, true], [BotConfiguration.Mode.paper, .live])
    func `live is allowed only when flag, mode and key agree`(flag: Bool, mode: BotConfiguration.Mode) {
        for key in [false, true] {
            var configuration = BotConfiguration()
            configuration.mode = mode
            configuration.isLiveEnabled = key
            let isAllowed = LiveAuthorization(flag: flag, configuration) != nil
            #expect(isAllowed == (flag && key && mode == .live), "flag \(flag), key \(key), mode \(mode)")
        }
    }
}
