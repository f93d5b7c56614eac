internal import HTTPTypes
internal import Hummingbird

/// Browsers inside other apps, which some providers turn away, since such an app could read what is typed
/// (RFC 8252 §8.12).
enum EmbeddedBrowser {
    /// Parts of the `User-Agent` of apps that open links in themselves, and of Android's and iOS' web views.
    private static let marks = [
        "FBAN/", "FBAV/", "FB_IAB", "Instagram", "Line/", "MicroMessenger", "LinkedInApp", "Snapchat", "Pinterest/",
        "musical_ly", "BytedanceWebview", "TikTok", "KAKAOTALK", "; wv)",
    ]

    static func made(_ request: Request) -> Bool {
        guard let agent = request.headers[.userAgent] else { return false }
        if marks.contains(where: agent.contains) { return true }
        // A web view of iOS does not say that it is Safari.
        return agent.contains("AppleWebKit/") && agent.contains("(iP") && !agent.contains("Safari/")
    }
}
