// swift-tools-version: 6.1
import PackageDescription

// Coverage-guided fuzzers for everything that reads a user's files, apart from the tool that users
// build. `make fuzz READER=sweep SECONDS=600` in the folder above builds and runs one.
let package = Package(
  name: "elise-sweep-fuzz",
  dependencies: [.package(name: "elise-sweep", path: "..")],
  targets: [
    .systemLibrary(name: "CFuzzer"),
    .executableTarget(
      name: "fuzz",
      dependencies: ["CFuzzer", .product(name: "Readers", package: "elise-sweep")]),
  ],
  swiftLanguageModes: [.v6]
)
