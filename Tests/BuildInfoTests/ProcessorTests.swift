import CBuildInfo
import CBuildTarget
import Testing

/// If these fail, a program that was built on a better machine dies of an illegal instruction, or
/// one that would run is refused.
@Suite struct ProcessorTests {
  private func missing(builtFor: UInt32, present: UInt32) -> String? {
    var text = [CChar](repeating: 0, count: 512)
    guard elise_missing_text(builtFor, present, &text, text.count) != 0 else { return nil }
    return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  @Test(
    "A processor that has all or more is accepted",
    arguments: [(0, 0), (0, 255), (0b1111, 0b1111), (0b1111, 0xff)] as [(UInt32, UInt32)])
  func accepted(builtFor: UInt32, present: UInt32) {
    #expect(missing(builtFor: builtFor, present: present) == nil)
  }

  @Test(
    "What is missing is named, and how to mend it",
    arguments: [
      (0xff, 0x0f, "avx512f, avx512dq, avx512bw, avx512vl"), (0x0f, 0b0011, "fma, avx2"),
      (0x0f, 0xf7, "avx2"),
      (0xff, 0, "sse4.2, avx, fma, avx2, avx512f, avx512dq, avx512bw, avx512vl"),
    ] as [(UInt32, UInt32, String)])
  func refused(builtFor: UInt32, present: UInt32, names: String) {
    let text = missing(builtFor: builtFor, present: present) ?? ""
    #expect(text.contains("this one has no \(names);"))
    #expect(text.contains("ELISE_CPU"))
    #expect(text.hasSuffix("\n"))
  }

  @Test("These tests run, so this processor has what they were built for")
  func here() {
    #expect(elise_built_for & ~elise_processor_has() == 0)
    #if arch(x86_64)
      #expect(elise_processor_has() != 0)
    #else
      #expect(elise_built_for == 0)
    #endif
  }
}
