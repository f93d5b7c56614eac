internal import CPostgres
internal import Foundation

extension PostgresConnection: SQLConnection {
    func run(_ sql: String, _ values: [SQLValue], eachRow: (SQLRow) throws -> Bool) throws -> Int {
        let name = try prepare(sql)
        let result = try PostgresParameters(values).withPointers { count, pointers, lengths, formats in
            try answer(PQsendQueryPrepared(handle, name, count, pointers, lengths, formats, PostgresResult.binary))
        }
        for row in 0..<result.rowCount {
            guard try eachRow(SQLRow(columns: PostgresRow(result: result, row: row))) else { break }
        }
        return result.changedRows
    }

    /// PostgreSQL's words: BYTEA for BLOB, and text that is compared byte by byte, as SQLite does.
    func define(_ statement: String) throws {
        var sql = statement.replacing("BLOB", with: "BYTEA")
        if sql.hasPrefix("CREATE TABLE") { sql = sql.replacing(" TEXT", with: #" TEXT COLLATE "C""#) }
        if let rule = AppendOnly(statement) { sql = Self.triggers(of: rule) }
        try command(sql)
    }

    private static func triggers(of rule: AppendOnly) -> String {
        """
        CREATE FUNCTION \(rule.table)IsKept() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'DELETE' THEN
                IF OLD.at < COALESCE((SELECT CAST(value AS BIGINT) FROM setting WHERE name = '\(rule.setting)'), 0) THEN
                    RETURN OLD;
                END IF;
            END IF;
            RAISE EXCEPTION '\(rule.table) is append-only';
        END $$;
        CREATE TRIGGER \(rule.table)IsKept BEFORE UPDATE OR DELETE ON \(rule.table)
            FOR EACH ROW EXECUTE FUNCTION \(rule.table)IsKept();
        CREATE TRIGGER \(rule.table)IsNotEmptied BEFORE TRUNCATE ON \(rule.table)
            FOR EACH STATEMENT EXECUTE FUNCTION \(rule.table)IsKept()
        """
    }

    /// Runs statements without values and tells what the server says it did, such as `COMMIT`.
    @discardableResult
    func command(_ sql: String) throws -> String { try answer(PQsendQuery(handle, sql)).tag }

    /// The name under which the server knows a statement; a bounded number are kept.
    private func prepare(_ sql: String) throws -> String {
        if let name = prepared[sql] { return name }
        if prepared.count >= 200 {
            try command("DEALLOCATE ALL")
            prepared = [:]
        }
        let name = "s\(prepared.count)"
        _ = try answer(PQsendPrepare(handle, name, Self.numbered(sql), 0, nil))
        prepared[sql] = name
        return name
    }

    /// The statement with `$1`, `$2`, … for `?` outside of quotes.
    static func numbered(_ sql: String) -> String {
        var text = ""
        var count = 0
        var isQuoted = false
        for character in sql {
            if character == "'" { isQuoted.toggle() }
            if character == "?", !isQuoted {
                count += 1
                text += "$\(count)"
            } else {
                text.append(character)
            }
        }
        return text
    }

    /// Waits for everything that the server answers to what was sent, and returns its first result.
    private func answer(_ isSent: Int32) throws -> PostgresResult {
        guard isSent == 1 else { throw lost() }
        let deadline = Date(timeIntervalSinceNow: patience)
        var first: PostgresResult?
        while true {
            while PQisBusy(handle) == 1 { try receive(by: deadline) }
            guard let next = PQgetResult(handle) else { break }
            let result = PostgresResult(next)
            first = first ?? result
        }
        guard let first else { throw lost() }
        if let error = first.error(message: String(cString: PQerrorMessage(handle))) { throw error }
        return first
    }

    /// Reads what has arrived, or waits for something to; a server that stays silent is given up.
    private func receive(by deadline: Date) throws {
        var descriptor = pollfd(fd: PQsocket(handle), events: Int16(POLLIN), revents: 0)
        let wait = max(0, min(deadline.timeIntervalSinceNow, 3600))
        let count = poll(&descriptor, 1, Int32(wait * 1000))
        if count < 0, errno == EINTR { return }
        if count == 0 { shutdown(PQsocket(handle), Int32(SHUT_RDWR)) }
        guard PQconsumeInput(handle) == 1, count != 0 else { throw lost() }
    }

    private func lost() -> StorageError {
        let reason = Self.oneLine(String(cString: PQerrorMessage(handle)))
        return .unavailable(reason.isEmpty ? "the database server does not answer" : reason)
    }
}
