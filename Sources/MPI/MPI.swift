// The first file of MPI follows in its own commit.
