/// A member that keeps a large structure where it is.
///
/// Without one the compiler copies such a structure whole (the engine's is 2.5 kB) wherever a method that leaves it alone is called
/// from one that changes it (Swift 6.3). What holds something of a type that is not known has to stay in memory, and so does
/// whatever holds it in turn. Holds nothing; 40 bytes.
public struct KeptInPlace: Sendable {
    private let nothing: (any Sendable)? = nil

    public init() {}
}
