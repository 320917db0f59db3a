import Foundation
import MPI
import Testing

/// If these fail, the record of how results came about lacks its library or
/// machine, or asking for them ends a run without MPI.
struct MPILibraryTests {
  @Test("the library names itself before MPI is started, in one line")
  func namesItself() {
    let version = MPILibrary.version
    #expect(!version.isEmpty && version.allSatisfy { !$0.isNewline })
    #expect(version.contains(MPILibrary.name))
    #expect(version.contains { $0.isNumber }, "no version number in '\(version)'")
    #expect(
      ["Open MPI", "MPICH", "Intel(R) MPI", "MVAPICH", "CRAY MPICH"].contains(MPILibrary.name))
  }

  @Test("the host name is the one the machine gives itself")
  func namesTheHost() {
    #expect(hostName() == ProcessInfo.processInfo.hostName)
    #expect(!hostName().isEmpty)
  }
}
