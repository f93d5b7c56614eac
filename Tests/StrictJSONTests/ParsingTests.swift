import StrictJSON
import Testing

@Suite struct ParsingTests {
    private static let accepted: [(String, JSON)] = [
        (#"{"a":1,"b":[true,false,null],"c":"x"}"#, ["a": 1, "b": [true, false, .null], "c": "x"]),
        ("  [ ]  ", []),
        ("\u{FEFF}{}", [:]),
        (#""\u00e9\ud83d\ude00\n\/""#, "é😀\n/"),
        ("-0.5e1", .double(-5)),
        ("9223372036854775807", .integer(.max)),
        ("9223372036854775808", .double(9_223_372_036_854_775_808)),
    ]

    @Test(arguments: accepted)
    func `accepts`(text: String, value: JSON) throws {
        #expect(try JSON.parse(text) == value)
    }

    @Test(arguments: [
        ("", JSONError.unexpectedEnd),
        ("{", .unexpectedEnd),
        (#"{"a":1,"a":2}"#, .duplicateName("a")),
        (#"{"a":1,"\u0061":2}"#, .duplicateName("a")),
        ("{} {}", .trailingBytes(offset: 3)),
        ("01", .trailingBytes(offset: 1)),
        ("1e999", .invalidNumber(offset: 0)),
        ("-", .invalidNumber(offset: 0)),
        (#""\ud800""#, .invalidEscape(offset: 1)),
        (#""\x""#, .invalidEscape(offset: 1)),
        ("\"a\nb\"", .unexpectedByte(offset: 2)),
        ("[1,]", .unexpectedByte(offset: 3)),
        ("nul", .unexpectedEnd),
        (String(repeating: "[", count: 33), .tooDeep(limit: 32)),
    ])
    func `refuses`(text: String, error: JSONError) {
        #expect(throws: error) { try JSON.parse(text) }
    }

    @Test func `refuses bytes that are not UTF-8`() {
        #expect(throws: JSONError.invalidUTF8(offset: 1)) { try JSON.parse([0x22, 0xFF, 0x22]) }
    }

    @Test(arguments: [
        #"{"text":"\"\\\n\u0001é","n":-1,"d":1.5,"list":[{}],"no":null}"#
    ])
    func `what is written reads back the same`(text: String) throws {
        let value = try JSON.parse(text)
        #expect(try JSON.parse(value.bytes) == value)
    }

    @Test func `a path walks through objects`() throws {
        let value = try JSON.parse(#"{"a":{"b":{"c":"deep"}},"n":3600.0}"#)
        #expect(value.value(at: "a.b.c") == "deep")
        #expect(value.value(at: "a.x.c") == nil)
        let list = try JSON.parse(Array(#"[{"id": "first"}, {"id": "second"}]"#.utf8))
        #expect(list.value(at: "1.id") == "second")
        for path in ["2.id", "-1.id", "x.id", "1.0"] { #expect(list.value(at: path) == nil, "\(path)") }
        #expect(value["n"]?.integer == 3600)
    }
}
