// The first file of Report follows in its own commit.
