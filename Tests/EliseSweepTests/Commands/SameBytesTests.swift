#if arch(x86_64)
  import Foundation
  import LinearAlgebra
  import TestSupport
  import Testing

  /// If these fail, the tables of a cluster with several types of processors depend on which node ran which
  /// trial, and `merge` refuses to join them.
  @Suite struct SameBytesTests {
    /// Whether this machine has the libraries with which the rows were recorded. Another version can
    /// change the last bits, for example of tanh.
    private static let hasRecordedLibraries =
      LAPACKLibrary.variant == nil && LAPACKLibrary.description.hasPrefix("OpenBLAS 0.3.21 ")
      && cLibrary == "glibc 2.36"

    private static let cLibrary: String = {
      var text = [UInt8](repeating: 0, count: 64)
      _ = text.withUnsafeMutableBytes {
        confstr(Int32(_CS_GNU_LIBC_VERSION), $0.bindMemory(to: CChar.self).baseAddress, 64)
      }
      return String(decoding: text.prefix { $0 != 0 }, as: UTF8.self)
    }()

    /// The variables with which a user selects kernels and their sizes.
    private static let unset: [String: String?] = [
      "OPENBLAS_CORETYPE": nil, "OPENBLAS_L2_SIZE": nil, "OPENBLAS_BLOCK_FACTOR": nil,
      "OPENBLAS_NUM_THREADS": nil,
    ]

    /// Runs the sweep and returns the rows of its trials.
    private func rows(
      _ environment: [String: String?], out: String, in folder: URL
    ) throws -> String {
      let outcome = try Program.run(
        ["run", Fixtures.url("sweeps/processors.yaml").path, "--out", out],
        environment: environment, in: folder)
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
      return try String(
        contentsOf: folder.appending(path: "\(out)/trials.csv"), encoding: .utf8)
    }

    /// The values of each row by column, so that new columns make no difference.
    private static func table(_ text: String) -> [[Substring: Substring]] {
      let rows = text.split(separator: "\n").map {
        $0.split(separator: ",", omittingEmptySubsequences: false)
      }
      return rows.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(rows[0], $0)) }
    }

    @Test(
      "Every processor computes the recorded rows of every model, precision and score",
      .enabled(if: hasRecordedLibraries, "recorded with OpenBLAS 0.3.21 and glibc 2.36"))
    func recorded() throws {
      try withTemporaryFolder { folder in
        let computed = Self.table(try rows(Self.unset, out: "out", in: folder))
        let recorded = Self.table(try Fixtures.text("sweeps/processors.csv"))
        #expect(computed.count == recorded.count)
        for (computed, recorded) in zip(computed, recorded) {
          for (column, value) in recorded where column != "trial" {
            #expect(computed[column] == value, "\(column) of \(recorded["model"] ?? "")")
          }
        }
      }
    }

    @Test(
      "The kernels that OpenBLAS would select for a processor do not matter, nor do its variables",
      .enabled(if: LAPACKLibrary.variant == nil, "another linear algebra library"))
    func kernels() throws {
      try withTemporaryFolder { folder in
        let here = try rows(Self.unset, out: "here", in: folder)
        let there = try rows(
          [
            "OPENBLAS_CORETYPE": "Prescott", "OPENBLAS_L2_SIZE": "64",
            "OPENBLAS_BLOCK_FACTOR": "30", "OPENBLAS_NUM_THREADS": "3",
          ], out: "there", in: folder)
        #expect(here == there)
        let verified = try Program.run(
          ["verify", "there", "--sample", "100"], environment: Self.unset, in: folder)
        #expect(verified.exitCode == 0, "\(verified.output)")
        let merged = try Program.run(["merge", "here", "there", "--out", "all"], in: folder)
        #expect(merged.exitCode == 0, "\(merged.errors)")
      }
    }
  }
#endif
