import CLinux
import Console
import Foundation
import Numerics

if Vectors.areWide && clinux_has_wide_vectors() == 0 {
    StandardStreams.note(
        "bailiff: this build needs a processor with AVX2 and FMA; build with BAILIFF_VECTORS=narrow for this one\n")
    exit(ExitCode.unavailable.rawValue)
}
StopSignal.listen()
exit(Dispatch.run(Array(CommandLine.arguments.dropFirst())).rawValue)
