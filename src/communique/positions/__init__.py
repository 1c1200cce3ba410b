"""What two sides say of an issue, in time: their positions, where they contradict each other, where one changes."""
