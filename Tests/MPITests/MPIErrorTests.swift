import MPI
import Testing

/// If this fails, the user cannot tell from the message what to change.
struct MPIErrorTests {
  @Test(
    "messages say what was found and what is allowed",
    arguments: [
      (
        MPIError.noSuchRank(rank: 4, size: 4),
        "there is no rank 4 in a world of 4; allowed are 0 to 3"
      ),
      (.tagOutOfRange(tag: -1), "message tag -1 is out of range; allowed are 0 to 32767"),
      (
        .messageTooLong(length: 3_000_000_000),
        "a message of 3000000000 bytes is too long; MPI carries at most 2147483647 bytes at once"
      ),
      (
        .callFailed(code: 6, call: "MPI_Isend", text: "MPI_ERR_RANK: invalid rank"),
        "MPI_Isend failed with code 6: MPI_ERR_RANK: invalid rank"
      ),
    ])
  func describes(error: MPIError, text: String) {
    #expect(error.description == text)
  }
}
