/// Where to look next: a search that proposes a generation of points and is told what they were worth. More is better.
///
/// `ask` gives the points of the generation that is due, the same ones until `tell` ends it; an empty list says that there is
/// nothing left to try. `tell` takes the points of that generation in the order they were asked, all of them.
///
/// The state is a function of the sampler's seed and of what it was told. So a study that was killed is rebuilt by telling its
/// finished generations again; nothing else has to be stored. A generation cut short by the budget is asked and not told.
/// A sampler is a value of one thread.
public protocol Sampler {
    var space: SearchSpace { get }
    mutating func ask() -> [SpacePoint]
    mutating func tell(_ scored: [ScoredPoint])
}
