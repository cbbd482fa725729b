"""What the data is and how a snapshot of it comes to be."""
