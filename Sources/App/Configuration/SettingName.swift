/// Every setting, with its default and meaning: the one list that `help settings` prints.
enum SettingName: String, CaseIterable {
    case host = "PORTAL_HOST"
    case port = "PORTAL_PORT"
    case publicURL = "PORTAL_PUBLIC_URL"
    case databaseURL = "PORTAL_DATABASE_URL"
    case databasePool = "PORTAL_DATABASE_POOL"
    case encryptionKeys = "PORTAL_ENCRYPTION_KEYS"
    case integrationsDirectory = "PORTAL_INTEGRATIONS_DIR"
    case oauthApps = "PORTAL_OAUTH_APPS"
    case rateLimit = "PORTAL_RATE_LIMIT"
    case publicRateLimit = "PORTAL_PUBLIC_RATE_LIMIT"
    case trustedProxies = "PORTAL_TRUSTED_PROXIES"
    case maxAPIKeys = "PORTAL_MAX_API_KEYS"
    case maxWorkspaces = "PORTAL_MAX_WORKSPACES"
    case maxEndUsers = "PORTAL_MAX_END_USERS"
    case maxConnections = "PORTAL_MAX_CONNECTIONS"
    case privateTargets = "PORTAL_PRIVATE_TARGETS"
    case smtpURL = "PORTAL_SMTP_URL"
    case mailFrom = "PORTAL_MAIL_FROM"
    case appName = "PORTAL_APP_NAME"
    case templatesDirectory = "PORTAL_TEMPLATES_DIR"
    case publicDirectory = "PORTAL_PUBLIC_DIR"
    case logLevel = "PORTAL_LOG_LEVEL"
    case logFormat = "PORTAL_LOG_FORMAT"
    case configFile = "PORTAL_CONFIG"

    var standard: String {
        switch self {
        case .host: "127.0.0.1"
        case .port: "8080"
        case .publicURL: "http://localhost:<port>"
        case .databaseURL: "sqlite:data/portal.sqlite"
        case .databasePool: "10"
        case .encryptionKeys: "a 0600 key file beside the SQLite file"
        case .integrationsDirectory, .oauthApps, .configFile: "none"
        case .rateLimit: "600"
        case .publicRateLimit: "120"
        case .trustedProxies, .smtpURL, .mailFrom: "none"
        case .maxAPIKeys, .maxWorkspaces, .maxEndUsers, .maxConnections: "0"
        case .privateTargets: "none (demo: loopback)"
        case .appName: "Connect Portal (demo: Acme Notes)"
        case .templatesDirectory, .publicDirectory: "found beside the program or the package"
        case .logLevel: "info"
        case .logFormat: "text"
        }
    }

    var meaning: String {
        switch self {
        case .host: "the address to listen on"
        case .port: "the port to listen on"
        case .publicURL: "the one base of connectUrl, redirect URI and links; https unless it is this machine"
        case .databaseURL: "sqlite:PATH, or postgres://USER:PASSWORD@HOST:PORT/NAME with any parameter of libpq"
        case .databasePool: "connections to PostgreSQL at most"
        case .encryptionKeys: "id:base64[,id:base64…], 32 bytes each; the first seals, all open"
        case .integrationsDirectory: "a directory of your own integration definitions"
        case .oauthApps: "a YAML file of OAuth apps that serve every organization"
        case .rateLimit: "requests a minute per organization; 0 = unlimited"
        case .publicRateLimit: "requests a minute per client address without a key, and on pages; 0 = unlimited"
        case .trustedProxies: "CIDR,… whose X-Forwarded-For is believed"
        case .maxAPIKeys: "API keys per organization; 0 = unlimited"
        case .maxWorkspaces: "workspaces per organization; 0 = unlimited"
        case .maxEndUsers: "end users per organization; 0 = unlimited"
        case .maxConnections: "connections per organization; 0 = unlimited"
        case .privateTargets: "CIDR[:port],… that outbound calls may reach although private, and over plain http"
        case .smtpURL: "smtp://USER:PASSWORD@HOST:PORT with STARTTLS, or smtps://…: the mail server for invites"
        case .mailFrom: "whom invites come from, such as Acme Notes <connect@acme.example>"
        case .appName: "who asks for access, on the pages and in mails"
        case .templatesDirectory: "the pages' templates"
        case .publicDirectory: "the pages' styles and scripts"
        case .logLevel: "trace, debug, info, notice, warning, error or critical"
        case .logFormat: "text, or json for machines"
        case .configFile: "a file of NAME=value lines with any of these settings; the environment wins"
        }
    }

    var isSecret: Bool { [.encryptionKeys, .databaseURL, .smtpURL].contains(self) }
}
