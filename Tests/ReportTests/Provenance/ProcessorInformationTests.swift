import Testing

@testable import Report

/// If these fail, nobody can tell on which processors two tables must be equal to the last bit.
@Suite struct ProcessorInformationTests {
  @Test func readsWhatX86Says() {
    let information = ProcessorInformation(
      parsing: """
        processor\t: 0
        vendor_id\t: GenuineIntel
        model\t\t: 85
        model name\t: Intel(R) Xeon(R) CPU @ 2.00GHz: 8 cores
        flags\t\t: fpu avx512f sse4_2 fma avx avx2 sse
        bugs\t\t: spectre_v1

        processor\t: 1
        model name\t: another
        flags\t\t: fpu

        """)
    #expect(information.name == "Intel(R) Xeon(R) CPU @ 2.00GHz: 8 cores")
    #expect(information.extensions == ["sse4_2", "avx", "fma", "avx2", "avx512f"])
  }

  @Test func readsWhatARMSays() {
    let information = ProcessorInformation(
      parsing: """
        processor\t: 0
        BogoMIPS\t: 50.00
        Features\t: fp asimd evtstrm aes sve
        CPU implementer\t: 0x41
        CPU architecture: 8

        """)
    #expect(information.name == "unknown")
    #expect(information.extensions == ["asimd", "sve"])
  }

  @Test(arguments: ["", "\n\n", ":", "flags", "no colon here\nflags :\n"])
  func unknownFormsAreUnknown(text: String) {
    let information = ProcessorInformation(parsing: text)
    #expect(information.name == "unknown")
    #expect(information.extensions.isEmpty)
  }
}
