import Integrations
import Storage
import StrictJSON

/// Who was connected, and which of their sites.
extension VocabularyCase {
    static let accounts = [
        VocabularyCase(.account, "request: {url: https://acme.example/userinfo}\nid: email") {
            $0.connection?.accountID == "ada@acme.example"
        },
        VocabularyCase(.account, "id: name") { $0.connection?.accountID == "Ada" },
        VocabularyCase(.account, "label: name") {
            $0.connection?.accountID == "m-1" && $0.connection?.accountLabel == "Ada"
        },
        VocabularyCase(.account, "fromIdToken: {id: sub, label: email}\nrequest:\nid:") {
            $0.connection?.accountID == "u-1" && $0.connection?.accountLabel == "u-1@acme.example"
        }.given(Level.identity),
        VocabularyCase(.account, "fromUserinfo: {id: sub, label: email}\nrequest:\nid:") {
            $0.connection?.accountID == "u-1" && $0.connection?.accountLabel == "ada@acme.example"
                && $0.request("/userinfo")?.header("Authorization") == "Bearer access-1"
        }.given(.oauth2, "userinfoUrl: https://acme.example/userinfo"),
        VocabularyCase(
            .account,
            "choices: {request: {url: https://acme.example/sites}, id: id, keepAs: site}"
        ) { $0.choices.map(\.id) == ["s-1", "s-2"] && $0.credentials["data"]?["site"] == "s-1" },
        VocabularyCase(.fromIdToken, "id: email") { $0.connection?.accountID == "u-1@acme.example" },
        VocabularyCase(.fromIdToken, "label: name") { $0.connection?.accountLabel == "Ada" },
        VocabularyCase(.fromUserinfo, "id: email") { $0.connection?.accountID == "ada@acme.example" },
        VocabularyCase(.fromUserinfo, "label: name") { $0.connection?.accountLabel == "Ada" },
    ]

    static let choices = [
        VocabularyCase(.choices, "request: {url: https://acme.example/fewer}") {
            $0.credentials["data"]?["site"] == "f-1"
        }.answering("/fewer", [["id": "f-1"]]),
        VocabularyCase(.choices, "items: values") { $0.credentials["data"]?["site"] == "w-1" }
            .given(.choices, "request: {url: https://acme.example/wrapped-sites}"),
        VocabularyCase(.choices, "id: key") { $0.choices.map(\.id) == ["k-1", "k-2"] },
        VocabularyCase(.choices, "label: name") { $0.choices.map(\.label) == ["North", "South"] },
        VocabularyCase(.choices, "keepAs: cloudId") { $0.credentials["data"]?["cloudId"] == "s-1" },
        VocabularyCase(.choices, "keep: {siteName: name}") {
            $0.credentials["data"] == ["site": "s-1", "siteName": "North"]
        },
        VocabularyCase(.choices, "only: {kind: closed}") {
            $0.choices.isEmpty && $0.credentials["data"]?["site"] == "s-2"
        },
    ]
}
