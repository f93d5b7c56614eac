/// A type with something secret in it: printed, dumped, interpolated or mirrored, a value shows only of what type it is.
///
/// A type with words of its own keeps them, and they are all that is shown.
public protocol Concealed: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {}

extension Concealed {
    public var description: String { "\(Self.self)(•••)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
