"""What is true of every workshop, whatever the exercise."""
