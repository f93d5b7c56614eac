import Testing

@testable import App

@Suite struct StartingMemoryTests {
    @Test(
        arguments: [
            ("55d0-66e0 r-xp 00001000 fe:00 42                 /opt/connect-portal/connect-portal", 0x55d0..<0x66e0),
            ("55d0-66e0 r-xp 00001000 fe:00 42                 /opt/connect portal/connect-portal", 0x55d0..<0x66e0),
            ("55d0-66e0 r--p 00001000 fe:00 42                 /opt/connect-portal/connect-portal", nil),
            ("55d0-66e0 rw-p 00001000 fe:00 42                 /opt/connect-portal/connect-portal", nil),
            ("55d0-66e0 r-xp 00000000 00:00 0                  [vdso]", nil),
            ("55d0-66e0 r-xp 00000000 00:00 0", nil),
            ("66e0-55d0 r-xp 00001000 fe:00 42                 /opt/connect-portal/connect-portal", nil),
        ] as [(String, Range<Int>?)]
    )
    func findsCodeOfFiles(line: String, expected: Range<Int>?) {
        #expect(StartingMemory.code(line) == expected.map { UInt($0.lowerBound)..<UInt($0.upperBound) })
    }
}
