// The first test follows in its own commit.
