internal import Hummingbird
internal import OAuth

extension Request {
    /// Takes a form only from a page of ours: the browser says so in `Origin`, and in `Sec-Fetch-Site` where it knows that.
    func checkSameOrigin(as own: WebAddress) throws(PageError) {
        let site = headers[.fetchSite]
        guard headers[.origin] == own.origin, site == nil || site == "same-origin" else { throw .foreignForm }
    }
}
