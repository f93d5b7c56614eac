import ArgumentParser
import Foundation

/// The program.
@main
struct ConnectPortal: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "connect-portal",
        abstract: "A self-hosted OAuth connect portal.",
        discussion: """
            Settings come from the environment, then from the file that PORTAL_CONFIG names; \
            `connect-portal help settings` lists them.
            """,
        subcommands: [
            ServeCommand.self, DemoCommand.self, DoctorCommand.self, APIKeyCommand.self, IntegrationsCommand.self,
            KeysCommand.self, RefreshesCommand.self, AuditCommand.self, MigrateCommand.self, BackupCommand.self,
            CopyCommand.self, HealthCommand.self, VersionCommand.self, SettingsCommand.self,
        ],
        defaultSubcommand: ServeCommand.self
    )

    static func main() async {
        MemoryPrivacy.begin(ProcessInfo.processInfo.environment)
        await main(nil)
    }
}
