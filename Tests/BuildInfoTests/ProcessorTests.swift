import CBuildInfo
import CBuildTarget
import Foundation
import Testing

/// If these fail, a program that was built for a newer processor crashes on an illegal instruction, or
/// one that would run is refused.
@Suite struct ProcessorTests {
  private func missing(builtFor: UInt32, present: UInt32) -> String? {
    var text = [CChar](repeating: 0, count: 512)
    guard elise_missing_text(builtFor, present, &text, text.count) != 0 else { return nil }
    return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  @Test(
    "A processor with all instruction sets, or more, is accepted",
    arguments: [(0, 0), (0, 255), (0b1111, 0b1111), (0b1111, 0xff)] as [(UInt32, UInt32)])
  func accepted(builtFor: UInt32, present: UInt32) {
    #expect(missing(builtFor: builtFor, present: present) == nil)
  }

  @Test(
    "The missing instruction sets are named, with a remedy",
    arguments: [
      (0xff, 0x0f, "avx512f, avx512dq, avx512bw, avx512vl"), (0x0f, 0b0011, "fma, avx2"),
      (0x0f, 0xf7, "avx2"),
      (0xff, 0, "sse4.2, avx, fma, avx2, avx512f, avx512dq, avx512bw, avx512vl"),
    ] as [(UInt32, UInt32, String)])
  func refused(builtFor: UInt32, present: UInt32, names: String) {
    let text = missing(builtFor: builtFor, present: present) ?? ""
    #expect(text.contains("got a processor without \(names);"))
    #expect(text.contains("ELISE_CPU"))
    #expect(text.hasSuffix("\n"))
  }

  #if arch(x86_64)
    @Test("The instruction sets found are those that the system lists")
    func agreesWithTheSystem() throws {
      let information = try String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)
      let line = try #require(information.split(separator: "\n").first { $0.hasPrefix("flags") })
      let flags = Set(line.split(separator: " "))
      let names = ["sse4_2", "avx", "fma", "avx2", "avx512f", "avx512dq", "avx512bw", "avx512vl"]
      for (bit, name) in names.enumerated() {
        #expect(
          elise_processor_has() >> UInt32(bit) & 1 == (flags.contains(name[...]) ? 1 : 0), "\(name)"
        )
      }
    }
  #else
    @Test("No instruction sets of x86 are required on another processor")
    func requiresNothing() {
      #expect(elise_built_for == 0)
    }
  #endif
}
