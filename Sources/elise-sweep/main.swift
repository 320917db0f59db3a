print("elise-sweep")
