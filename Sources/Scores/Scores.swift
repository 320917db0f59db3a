// The first file of Scores follows in its own commit.
