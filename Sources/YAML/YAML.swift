// The first file of YAML follows in its own commit.
