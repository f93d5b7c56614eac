internal import Foundation

/// Free text in a header of a mail; whatever it holds, it stays within its field.
enum HeaderText {
    /// The value of a field such as Subject: as it is, or as encoded words (RFC 2047).
    static func unstructured(_ text: String, after name: String) -> String {
        isPlain(text) && name.utf8.count + 2 + text.utf8.count <= lineLength ? text : encodedWords(text)
    }

    /// A name in front of an address: a quoted string (RFC 5322 §3.2.4), or encoded words.
    static func phrase(_ text: String) -> String {
        let isQuotable = isPlain(text) && !text.contains { $0 == "\"" || $0 == "\\" }
        return isQuotable && text.utf8.count <= 60 ? "\"\(text)\"" : encodedWords(text)
    }

    /// RFC 5322 §2.1.1, without the line's end.
    private static let lineLength = 78

    /// Base64 makes 52 characters of them; with the rest of a word and a field's name they stay within the 76 of RFC 2047.
    private static let wordBytes = 39

    /// Whether nobody could take the text for anything else.
    private static func isPlain(_ text: String) -> Bool {
        text.utf8.allSatisfy { (0x20...0x7E).contains($0) } && !text.contains("=?") && !text.contains("  ")
            && text == text.trimmingCharacters(in: .whitespaces)
    }

    /// Each word holds whole characters (RFC 2047 §5), and a line of its own.
    private static func encodedWords(_ text: String) -> String {
        var words: [[UInt8]] = [[]]
        for scalar in text.unicodeScalars {
            let bytes = Array(String(scalar).utf8)
            if words[words.count - 1].count + bytes.count > wordBytes { words.append([]) }
            words[words.count - 1] += bytes
        }
        return words.map { "=?UTF-8?B?\(Data($0).base64EncodedString())?=" }.joined(separator: "\r\n ")
    }
}
