// swift-tools-version: 6.1
import PackageDescription

// Set ELISE_CPU to build for another processor, for example `ELISE_CPU=x86-64-v3`
// for a cluster with different nodes. The default is the processor of this machine:
// without a name the compiler uses plain SSE2, where every fused multiply-add is a
// library call.
let processor = Context.environment["ELISE_CPU"] ?? "native"

// Set ELISE_MPI to the pkg-config name of another MPI library than Open MPI, for
// example `ELISE_MPI=mpich`. The libraries of Cray and Intel derive from MPICH.
let mpiLibrary = Context.environment["ELISE_MPI"] ?? "ompi-c"

// Set ELISE_LAPACK to the pkg-config name of another library than OpenBLAS, for example
// `ELISE_LAPACK=mkl-dynamic-lp64-seq`. It must contain both BLAS and LAPACK, and it must
// use one thread: the program sets the number of threads only for OpenBLAS. Its name is
// part of the identity of trials, because only OpenBLAS gives every processor the same bits.
let lapackLibrary = Context.environment["ELISE_LAPACK"] ?? "openblas"

// Optimisation stays within each target. Across targets, results would depend on
// where a function is inlined.
let settings: [SwiftSetting] = [
  .unsafeFlags(["-Xcc", "-march=\(processor)"], .when(configuration: .release))
]

/// The commit of the sources, for the provenance of results.
let commit =
  Context.gitInformation.map { $0.currentCommit + ($0.hasUncommittedChanges ? "+changes" : "") }
  ?? "unknown"

/// A C library that pkg-config finds, with its Debian package.
func cLibrary(_ name: String, _ pkgConfig: String, debian: String) -> Target {
  .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([debian])])
}

func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(
    name: name, dependencies: dependencies + ["TestSupport"], swiftSettings: settings)
}

let package = Package(
  name: "elise-sweep",
  products: [
    .library(name: "Bench", targets: ["Bench"]),
    .library(
      name: "Readers",
      targets: ["Experiment", "Journal", "NetworkFiles", "NeuralCore", "SweepPlan"]),
  ],
  targets: [
    cLibrary("CMPI", mpiLibrary, debian: "libopenmpi-dev"),
    cLibrary("CYAML", "yaml-0.1", debian: "libyaml-dev"),
    cLibrary("CNetCDF", "netcdf", debian: "libnetcdf-dev"),
    cLibrary("CXXHash", "libxxhash", debian: "libxxhash-dev"),
    cLibrary("CLAPACK", lapackLibrary, debian: "libopenblas-serial-dev"),

    .target(
      name: "CKernels",
      cSettings: [.define("ELISE_LAPACK", to: "\"\(lapackLibrary)\"")]),
    .systemLibrary(name: "CMalloc"),
    .systemLibrary(name: "CVectors"),
    .target(
      name: "CBuildTarget",
      cSettings: [
        .unsafeFlags(["-march=\(processor)"], .when(configuration: .release))
      ]),
    .target(
      name: "CBuildInfo",
      dependencies: ["CBuildTarget"],
      cSettings: [
        .define("ELISE_COMMIT", to: "\"\(commit)\""),
        .define("ELISE_PROCESSOR", to: "\"\(processor)\""),
      ]),

    module("MPI", ["CMPI"]),
    module("YAML", ["CYAML"]),
    module("NetCDF", ["CNetCDF"]),
    module("LinearAlgebra", ["CKernels", "CLAPACK"]),
    module("NeuralCore", ["CVectors"]),
    module("Parameters"),
    module("Baselines", ["LinearAlgebra", "NeuralCore", "Parameters"]),
    module("Scores", ["LinearAlgebra", "NeuralCore"]),
    module("NetworkFiles", ["NeuralCore", "NetCDF"]),
    module(
      "SweepPlan",
      ["Baselines", "CXXHash", "LinearAlgebra", "NeuralCore", "Parameters", "Scores", "YAML"]),
    module("Experiment", ["NetCDF", "NeuralCore", "Parameters", "Scores", "SweepPlan"]),
    module("Journal", ["CXXHash", "Experiment", "SweepPlan"]),
    module(
      "Runner",
      ["Experiment", "Journal", "MPI", "NeuralCore", "Parameters", "Scores", "SweepPlan"]),
    module(
      "Report",
      [
        "Experiment", "Journal", "NetCDF", "NeuralCore", "Parameters", "Scores", "SweepPlan",
      ]),
    module("Bench", ["LinearAlgebra", "MPI", "NeuralCore", "Runner", "Scores", "SweepPlan"]),
    .executableTarget(
      name: "elise-sweep",
      dependencies: [
        "Bench", "CBuildInfo", "CMalloc", "Experiment", "Journal", "LinearAlgebra", "MPI",
        "NetworkFiles", "NeuralCore", "Parameters", "Report", "Runner", "Scores", "SweepPlan",
      ],
      swiftSettings: settings),

    .target(name: "TestSupport", path: "Tests/TestSupport"),
    .target(
      name: "CommunicatorChecks", dependencies: ["MPI"], path: "Tests/CommunicatorChecks"),
    .executableTarget(
      name: "communicator-checks", dependencies: ["MPI", "CommunicatorChecks"],
      path: "Tests/communicator-checks"),
    tests("ArchitectureTests", []),
    tests("MPITests", ["MPI", "CommunicatorChecks", "communicator-checks"]),
    tests("YAMLTests", ["YAML"]),
    tests("NetCDFTests", ["NetCDF"]),
    tests("LinearAlgebraTests", ["LinearAlgebra"]),
    tests("NeuralCoreTests", ["CMalloc", "NeuralCore"]),
    tests("BaselinesTests", ["Baselines", "LinearAlgebra", "NeuralCore", "Parameters"]),
    tests("ScoresTests", ["Scores", "NeuralCore"]),
    tests("GoldenTests", ["NeuralCore", "NetCDF", "NetworkFiles", "Scores"]),
    tests("NetworkFilesTests", ["NetworkFiles", "NeuralCore", "NetCDF"]),
    tests("BuildInfoTests", ["CBuildInfo", "CBuildTarget"]),
    tests("SweepPlanTests", ["Baselines", "NeuralCore", "Parameters", "Scores", "SweepPlan"]),
    tests(
      "ExperimentTests",
      ["Baselines", "Experiment", "NeuralCore", "Parameters", "Scores", "SweepPlan"]),
    .target(
      name: "JournalSupport", dependencies: ["Experiment", "Journal", "SweepPlan", "TestSupport"],
      path: "Tests/JournalSupport"),
    tests("JournalTests", ["Experiment", "Journal", "JournalSupport", "SweepPlan"]),
    .target(
      name: "RunSupport", dependencies: ["Journal", "MPI", "Runner", "SweepPlan", "TestSupport"],
      path: "Tests/RunSupport"),
    tests(
      "RunnerTests",
      [
        "Experiment", "Journal", "MPI", "NeuralCore", "Parameters", "Runner", "RunSupport",
        "SweepPlan",
      ]),
    tests(
      "SweepRunTests",
      ["Experiment", "Journal", "JournalSupport", "Report", "Runner", "RunSupport", "SweepPlan"]),
    tests(
      "ReportTests",
      [
        "Experiment", "Journal", "NetCDF", "NeuralCore", "Parameters", "Report", "Scores",
        "SweepPlan",
      ]),
    tests("BenchTests", ["Bench", "Journal", "LinearAlgebra", "MPI", "SweepPlan"]),
    tests(
      "EliseSweepTests",
      [
        "elise-sweep", "Baselines", "Experiment", "Journal", "LinearAlgebra", "NetCDF",
        "NeuralCore", "Parameters", "Runner", "SweepPlan",
      ]),
  ],
  swiftLanguageModes: [.v6]
)
