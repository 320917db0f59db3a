// A program that the tests start under `mpirun`. Its argument selects what each rank does.

import CommunicatorChecks
import Glibc
import MPI

private struct Provoked: Error, CustomStringConvertible {
  let description: String
}

private func checkAll(_ world: any Communicator) throws {
  for check in CommunicatorCheck.all {
    try check.run(on: world)
    if world.rank == 0 { print("ok \(check)") }
  }
}

/// Prints the part of a core that an idle rank uses [%].
private func measureIdleLoad(_ world: any Communicator) throws {
  try world.barrier()
  let polling = try load(wholeProcess: true) {
    let end = ContinuousClock.now + .milliseconds(1500)
    var backoff = Backoff()
    while ContinuousClock.now < end {
      if try world.receive() != nil { backoff.reset() } else { backoff.pause() }
    }
  }
  try world.barrier()
  // Rank 0 sleeps, and the others wait for it.
  let waiting = try load(wholeProcess: true) {
    if world.rank == 0 { usleep(1_500_000) }
    _ = try world.broadcast([1], from: 0)
  }
  print("load \(world.rank) polling \(100 * polling) waiting \(100 * waiting)")
}

private func failOnLastRank(_ world: any Communicator) throws {
  // A message that has not arrived must not keep the job alive.
  try world.send([UInt8](repeating: 1, count: 5_000_000), to: world.size - 1, tag: 1)
  if world.rank == world.size - 1 {
    print("before the failure", terminator: "")  // Stays in the output buffer.
    throw Provoked(description: "provoked on rank \(world.rank)")
  }
  try world.barrier()
}

/// Makes a mistake that only the MPI library detects.
private func provokeLibraryError(_ world: any Communicator) throws {
  guard let world = world as? MPICommunicator else { throw Provoked(description: "no MPI") }
  do {
    try world.startSending([1], to: world.size + 7, tag: 1)
  } catch {
    print("rank \(world.rank) caught: \(error)")
  }
  try world.barrier()
}

/// Sends messages that no rank receives.
private func leaveMessagesBehind(_ world: any Communicator) throws {
  try world.send([UInt8](repeating: 1, count: 5_000_000), to: world.partner, tag: 1)
  try world.send([1], to: 0, tag: 1)
}

/// Sends a large message and returns; rank 0 receives it only later.
private func sendBeforeEnd(_ world: any Communicator) throws {
  try world.send([UInt8](repeating: 1, count: 5_000_000), to: 0, tag: 1)
  guard world.rank == 0 else { return }
  usleep(300_000)
  for _ in 0..<world.size {
    let message = try world.next()
    print("\(message.bytes.count) bytes came")
  }
}

do {
  switch CommandLine.arguments.dropFirst().first {
  case "all":
    try withWorld(checkAll)
  case "load":
    try withWorld(measureIdleLoad)
  case "fail":
    try withWorld(failOnLastRank)
  case "fail-with-code":
    try withWorld(
      onFailure: { error in
        _ = reportFailure(Provoked(description: "by the program itself: \(error)"))
        return 23
      }, failOnLastRank)
  case "library-error":
    try withWorld(provokeLibraryError)
  case "left-behind":
    try withWorld(leaveMessagesBehind)
  case "send-before-end":
    try withWorld(sendBeforeEnd)
  case "twice":
    try withWorld { try $0.barrier() }
    try withWorld { _ in print("ran twice") }
  case "world":
    let line = try withWorld { "rank \($0.rank) of \($0.size), \(type(of: $0))" }
    print(line)
  case "orphan":
    ParentWatch.start()
    print("ready")
    fflush(nil)
    sleep(60)
  default:
    print("usage: communicator-checks all|load|fail|…")
    exit(2)
  }
} catch {
  exit(reportFailure(error))
}
