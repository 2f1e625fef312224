"""The only door to the database; one public method is one transaction."""
