import NeuralCore
import Testing

/// If these fail, the error for an impossible sequence does not say which number to change, and how.
struct SequenceErrorTests {
  @Test(
    "each bound is named, and allowed up to equality",
    arguments: [
      (1, 13, 1, 13, "sequence_length: got 1; expected a whole number from 2 to 100000"),
      (25, 1, 4, 13, "vocabulary: got 1; expected a whole number from 2 to 100000"),
      (25, 13, 0, 13, "order: got 0; expected a whole number from 1 to 100000"),
      (25, 13, 4, 12, "visible: got 12; expected a whole number from 13 to 100000"),
      (
        10_001, 13, 4, 1_000,
        "sequence_length: got 10001; expected a whole number from 2 to 10000"
      ),
      (
        3, 2, 1, 2,
        """
        got sequence_length 3, vocabulary 2 and order 1; no such sequence exists: without \
        immediate repetitions two symbols can only alternate; expected sequence_length 2 and \
        order 1 for vocabulary 2
        """
      ),
      (
        157, 13, 2, 13,
        """
        got sequence_length 157, vocabulary 13 and order 2; no such sequence exists: all windows \
        of order notes must differ, and without immediate repetitions there are vocabulary * \
        (vocabulary - 1)^(order - 1) of them; expected a sequence_length of at most \
        156, or a larger order or vocabulary
        """
      ),
      (
        155, 13, 2, 13,
        """
        got sequence_length 155, vocabulary 13 and order 2; no such sequence exists: it would \
        leave out one window of order notes, and the windows left out must form cycles, which \
        have at least two; expected a sequence_length of 156 or at most 154, or a larger \
        order or vocabulary
        """
      ),
      (
        25, 13, 24, 13,
        """
        got sequence_length 25, vocabulary 13 and order 24; no such sequence exists: a repeated \
        word of order - 1 notes needs a sequence_length of at least order + 2; expected a \
        sequence_length from 26, or a smaller order
        """
      ),
    ])
  func refused(length: Int, vocabulary: Int, order: Int, visible: Int, message: String) {
    let error = #expect(throws: SequenceError.self) {
      try SequenceGenerator(
        length: length, vocabulary: vocabulary, order: order, visible: visible)
    }
    #expect(error?.description == message)
  }

  @Test(
    "the bounds themselves are allowed",
    arguments: [
      (2, 2, 1, 2), (13, 13, 1, 13), (156, 13, 2, 13), (154, 13, 2, 13), (25, 13, 23, 13),
      (10_000, 13, 4, 1_000),
    ])
  func allowed(length: Int, vocabulary: Int, order: Int, visible: Int) throws {
    let generator = try SequenceGenerator(
      length: length, vocabulary: vocabulary, order: order, visible: visible)
    #expect(try generator.pattern(seed: 1).order == order)
  }

  @Test("a search that gave up does not claim that there is nothing")
  func notFound() {
    let error = SequenceError.notFound(length: 25, vocabulary: 13, order: 4, attempts: 800)
    #expect(
      error.description == """
        got sequence_length 25, vocabulary 13 and order 4; no such sequence was found in 800 \
        attempts, though one may exist; try another pattern_seed, a smaller sequence_length, or a \
        larger vocabulary
        """)
  }
}
