/// How a token answer is written.
public enum AnswerFormat: String, Sendable, CaseIterable { case json, form, formUnlessJSONIsAccepted }

/// How `expires_in` is told.
public enum ExpiresIn: String, Sendable, CaseIterable { case seconds, milliseconds, text, omitted }

/// How the granted scopes are told: as they were asked for, or otherwise.
public enum ScopeFormat: String, Sendable, CaseIterable { case asRequested, spaces, commas, list }
