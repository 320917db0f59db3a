import MPI

extension CommunicatorCheck {
  /// Small messages, such as jobs and results.
  static let messages: [CommunicatorCheck] = [
    CommunicatorCheck("receiving when nothing was sent returns nil") { world in
      try expect(world.receive() == nil, "there is no message")
    },

    CommunicatorCheck("a rank sends to itself, as rank 0 does to its own threads") { world in
      try world.send([1, 2, 3], to: world.rank, tag: 7)
      try world.flush()
      let message = try world.next()
      try expect(
        message == Message(source: world.rank, tag: 7, bytes: [1, 2, 3]), "\(message) was sent")
      try expect(world.receive() == nil, "it arrived once")
    },

    CommunicatorCheck("a message to each rank returns unchanged") { world in
      for other in 0..<world.size {
        let sent = pattern(100, from: other)
        if world.rank == 0 { try world.send(sent, to: other, tag: other) }
        if world.rank == other {
          let message = try world.next()
          try expect(message.source == 0, "rank 0 sent it, not rank \(message.source)")
          try world.send(message.bytes, to: 0, tag: message.tag)
        }
        if world.rank == 0 {
          let message = try world.next()
          try expect(
            message == Message(source: other, tag: other, bytes: sent),
            "\(message) returned from rank \(other)")
        }
      }
    },

    CommunicatorCheck("an empty message arrives") { world in
      try world.send([], to: world.partner, tag: 0)
      let message = try world.next()
      try expect(
        message == Message(source: world.partner, tag: 0, bytes: []), "\(message) is empty")
    },

    CommunicatorCheck("the greatest tag and every byte value arrive unchanged") { world in
      let bytes = [UInt8](UInt8.min...UInt8.max)
      try world.send(bytes, to: world.partner, tag: Message.tags.upperBound)
      let message = try world.next()
      try expect(message.tag == Message.tags.upperBound, "tag \(message.tag) is the greatest")
      try expect(message.bytes == bytes, "the bytes arrived as sent")
    },

    CommunicatorCheck("messages of one sender arrive in the order sent, whatever their tags") {
      world in
      let count = 300
      for number in 0..<count {
        for other in 0..<world.size {
          try world.send(pattern(number % 50, from: number), to: other, tag: number % 3)
        }
      }
      try expectInOrder(count, on: world) { message, number in
        message.tag == number % 3 && message.bytes == pattern(number % 50, from: number)
      }
    },

    CommunicatorCheck("20000 small messages arrive once each") { world in
      let count = 20_000
      let receiver = (world.rank + 1) % world.size
      for number in 0..<count {
        try world.send(Array("\(number)".utf8), to: receiver, tag: 1)
      }
      try world.flush()
      for number in 0..<count {
        let message = try world.next()
        try expect(message.bytes == Array("\(number)".utf8), "message \(number) arrived in order")
      }
    },

    CommunicatorCheck("rank 0 receives the results of all ranks simultaneously") { world in
      let count = 500
      for number in 0..<count {
        try world.send(pattern(200, from: world.rank, number: number), to: 0, tag: 2)
      }
      guard world.rank == 0 else { return }
      try expectInOrder(count, on: world) { message, number in
        message.bytes == pattern(200, from: message.source, number: number)
      }
    },

    CommunicatorCheck(
      "a rank or tag that does not exist is refused with its value and the allowed range"
    ) {
      world in
      for rank in [-1, world.size] {
        let expected = MPIError.noSuchRank(rank: rank, size: world.size)
        let words = ["\(rank)", "0 to \(world.size - 1)"]
        try expectError(expected, words) { try world.send([1], to: rank, tag: 0) }
        try expectError(expected, words) { _ = try world.broadcast([1], from: rank) }
      }
      for tag in [Message.tags.lowerBound - 1, Message.tags.upperBound + 1] {
        try expectError(.tagOutOfRange(tag: tag), ["\(tag)", "0 to 32767"]) {
          try world.send([1], to: world.rank, tag: tag)
        }
      }
    },
  ]
}

/// Receives as many messages from every rank, each sender's in the order sent.
private func expectInOrder(
  _ count: Int, on world: any Communicator,
  _ isExpected: (_ message: Message, _ number: Int) -> Bool
) throws {
  var next = Array(repeating: 0, count: world.size)
  for _ in 0..<count * world.size {
    let message = try world.next()
    let number = next[message.source]
    next[message.source] += 1
    try expect(
      isExpected(message, number),
      "message \(number) of rank \(message.source) arrived in order and unchanged")
  }
  try expect(next.allSatisfy { $0 == count }, "all messages of each rank arrived: \(next)")
}

/// Expects an error with the given words in its description.
private func expectError(
  _ expected: MPIError, _ words: [String], _ body: () throws -> Void
) throws {
  do {
    try body()
  } catch let error as MPIError {
    try expect(error == expected, "'\(error)' is '\(expected)'")
    try expect(
      words.allSatisfy("\(error)".contains), "'\(error)' contains \(words.joined(separator: ", "))")
    return
  }
  throw CheckFailure("got no error; expected '\(expected)'")
}
