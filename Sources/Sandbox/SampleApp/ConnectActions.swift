import HTTPTypes
import Hummingbird
import NIOCore
import StrictJSON

/// What the buttons of the settings page do, on the sample app's backend.
extension SampleApp {
    /// For the script: mints a token and answers the address that the popup opens.
    func connectURL(_ request: Request) async throws -> Response {
        guard comesFromHere(request) else { return .json(["error": "wrong origin"], status: .forbidden) }
        let body = try await request.body.collect(upTo: FormParameters.bodyLimit)
        let integration = (try? JSON.parse(Array(body.readableBytesView)))?["integrationName"]?.string
        guard let integration, integrations.contains(integration) else {
            return .json(["error": "This integration is not offered here."], status: .badRequest)
        }
        do throws(PortalProblem) {
            let minted = try await mint(integration)
            return .json(["connectUrl": .string(minted.connectURL), "sessionId": .string(minted.sessionID)])
        } catch {
            let problem: JSON = ["error": .string(error.sentence), "code": .string(error.code)]
            return .json(problem, status: .init(code: error.status))
        }
    }

    /// Without a script, or by choice: the whole tab goes to the portal and comes back.
    func connect(_ request: Request) async throws -> Response {
        guard comesFromHere(request) else { return await refuseForm() }
        let form = try await FormParameters(body: request)
        guard let integration = form["integrationName"], integrations.contains(integration) else {
            let notice = Notice(isGood: false, sentence: "This integration is not offered here.")
            return await settingsPage(notice: notice, status: .badRequest)
        }
        do throws(PortalProblem) {
            return Pages.redirect(to: try await mint(integration).connectURL)
        } catch {
            return await settingsPage(notice: Notice(isGood: false, sentence: error.sentence), status: .badGateway)
        }
    }

    func disconnect(_ request: Request) async throws -> Response {
        guard comesFromHere(request) else { return await refuseForm() }
        let id = try await FormParameters(body: request)["connectionId"]
        do throws(PortalProblem) {
            let own = try await connections().compactMap { $0["id"]?.string }
            if let id, own.contains(id) { try await delete(id) }
            return Pages.redirect(to: "/demo")
        } catch {
            return await settingsPage(notice: Notice(isGood: false, sentence: error.sentence), status: .badGateway)
        }
    }

    /// Keeps other sites from pressing the buttons.
    private func comesFromHere(_ request: Request) -> Bool {
        if let sender = request.headers[.origin], sender != origin { return false }
        guard let field = HTTPField.Name("Sec-Fetch-Site"), let site = request.headers[field] else { return true }
        return site == "same-origin"
    }

    private func refuseForm() async -> Response {
        let notice = Notice(isGood: false, sentence: "Open this page at \(origin)/demo and try again.")
        return await settingsPage(notice: notice, status: .forbidden)
    }
}
