import Console
import Foundation

StopSignal.listen()
exit(Dispatch.run(Array(CommandLine.arguments.dropFirst())).rawValue)
