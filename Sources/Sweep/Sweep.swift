// The first file of Sweep follows in its own commit.
