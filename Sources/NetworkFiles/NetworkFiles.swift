// The first file of NetworkFiles follows in its own commit.
