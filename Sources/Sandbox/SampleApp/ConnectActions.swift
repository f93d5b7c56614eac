import HTTPTypes
import Hummingbird
import NIOCore
import StrictJSON

/// What the cards' buttons do, on the sample app's backend.
extension SampleApp {
    /// For the script: mints a token and answers the address that the popup opens.
    func connectURL(_ request: Request) async throws -> Response {
        guard comesFromHere(request) else { return .json(["error": "wrong origin"], status: .forbidden) }
        let body = try await request.body.collect(upTo: FormParameters.bodyLimit)
        let name = (try? JSON.parse(Array(body.readableBytesView)))?["integrationName"]?.string
        guard let service = await service(name) else {
            return .json(["error": .string(Notice.notOffered.sentence)], status: .badRequest)
        }
        do throws(PortalProblem) {
            let minted = try await mint(service)
            return .json(["connectUrl": .string(minted.connectURL), "sessionId": .string(minted.sessionID)])
        } catch {
            let problem: JSON = ["error": .string(error.sentence), "code": .string(error.code)]
            return .json(problem, status: .init(code: error.status))
        }
    }

    /// For the script: what the popup asks this app to confirm.
    func confirm(_ request: Request) async throws -> Response {
        guard comesFromHere(request) else { return .json(["error": "wrong origin"], status: .forbidden) }
        let body = try await request.body.collect(upTo: FormParameters.bodyLimit)
        guard let json = try? JSON.parse(Array(body.readableBytesView)), let session = json["sessionId"]?.string,
            let handle = json["handle"]?.string
        else { return .json(["error": "sessionId and handle are missing"], status: .badRequest) }
        let isConfirmed = (try? await confirm(session, handle: handle)) ?? false
        return .json(["confirmed": .bool(isConfirmed)], status: isConfirmed ? .ok : .conflict)
    }

    /// Without a script, or by choice: the whole tab goes to the portal and comes back.
    func connect(_ request: Request) async throws -> Response {
        try await withService(request) { service, _ throws(PortalProblem) in
            Pages.redirect(to: try await mint(service).connectURL)
        }
    }

    /// Shows a link that works in any browser, once.
    func link(_ request: Request) async throws -> Response {
        try await withService(request) { service, _ throws(PortalProblem) in
            let minted = try await mint(service, comingBack: false)
            return await galleryPage(link: (service.name, minted.connectURL))
        }
    }

    /// Opens a link that was withdrawn, or one that has lost its end on the way.
    func deadLink(_ request: Request) async throws -> Response {
        try await withService(request) { service, form throws(PortalProblem) in
            let minted = try await mint(service)
            guard form["kind"] == "withdrawn" else { return Pages.redirect(to: String(minted.connectURL.dropLast(9))) }
            try await withdraw(minted.sessionID)
            return Pages.redirect(to: minted.connectURL)
        }
    }

    func personPage(_ request: Request) async throws -> Response {
        guard comesFromHere(request) else { return await refuseForm() }
        let offersAll = try await FormParameters(body: request)["offer"] == "all"
        do throws(PortalProblem) {
            return Pages.redirect(to: try await personPageURL(offeringAll: offersAll))
        } catch {
            return await galleryPage(notice: Notice(isGood: false, sentence: error.sentence), status: .badGateway)
        }
    }

    func disconnect(_ request: Request) async throws -> Response {
        guard comesFromHere(request) else { return await refuseForm() }
        let form = try await FormParameters(body: request)
        let id = form["connectionId"]
        do throws(PortalProblem) {
            let own = try await connections().compactMap { $0["id"]?.string }
            if let id, own.contains(id) { try await delete(id) }
            return Pages.redirect(to: form["from"] == "catalog" ? "/demo/catalog" : "/demo")
        } catch {
            return await galleryPage(notice: Notice(isGood: false, sentence: error.sentence), status: .badGateway)
        }
    }

    /// Answers a form by `process`, for the integration that it names.
    private func withService(
        _ request: Request,
        _ process: (Service, FormParameters) async throws(PortalProblem) -> Response
    ) async throws -> Response {
        guard comesFromHere(request) else { return await refuseForm() }
        let form = try await FormParameters(body: request)
        guard let service = await service(form["integrationName"]) else {
            return await galleryPage(notice: .notOffered, status: .badRequest)
        }
        do throws(PortalProblem) { return try await process(service, form) } catch {
            return await galleryPage(notice: Notice(isGood: false, sentence: error.sentence), status: .badGateway)
        }
    }

    /// Exhibits are offered even while the portal does not say what it knows.
    private func service(_ name: String?) async -> Service? {
        guard let name else { return nil }
        return await services()[name] ?? gallery.exhibit(name).map { Service($0) }
    }

    /// Keeps other sites from pressing the buttons.
    private func comesFromHere(_ request: Request) -> Bool {
        if let sender = request.headers[.origin], sender != origin { return false }
        guard let field = HTTPField.Name("Sec-Fetch-Site"), let site = request.headers[field] else { return true }
        return site == "same-origin"
    }

    private func refuseForm() async -> Response {
        let notice = Notice(isGood: false, sentence: "Open this page at \(origin)/demo and try again.")
        return await galleryPage(notice: notice, status: .forbidden)
    }
}
