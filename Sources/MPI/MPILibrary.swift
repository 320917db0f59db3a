/// The MPI library this program runs with, for the record of how results came
/// about. Can be asked whether or not MPI is started.
public enum MPILibrary {
  /// The library's description of itself, such as
  /// `Open MPI v4.1.4, package: …`; one line.
  public static var version: String {
    RawMPI.libraryVersion()
      .split { $0.isNewline || $0 == "\t" }
      .joined(separator: " ")
  }

  /// The name of the library, without its version.
  public static var name: String {
    let version = version
    // A descendant may name its ancestor too, so it comes first.
    let known = ["Intel(R) MPI", "MVAPICH", "CRAY MPICH", "MPICH", "Open MPI"]
    return known.first { version.contains($0) }
      ?? String(version.prefix { !$0.isWhitespace && $0 != "," })
  }
}
